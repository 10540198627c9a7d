package touchstone.continual.l2m;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningLogTest {
    private static final String HEADER =
            "block_num\texp_num\tworker_id\tblock_type\tblock_subtype\ttask_name\texp_status\treward\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeInfo() throws IOException {
        Files.writeString(folder.resolve("logger_info.json"), "{\"metrics_columns\": [\"reward\"]}");
        Files.createDirectory(folder.resolve("0"));
    }

    private void write(String lines) throws IOException {
        Files.writeString(folder.resolve("0/data-log.tsv"), lines);
    }

    private String failure() {
        return assertThrows(IllegalArgumentException.class, () -> LearningLog.read(folder, "reward"))
                .getMessage()
                .replace(folder.toString(), "RUN");
    }

    @Test
    void incompleteAndUnloggedExperiencesAreCounted() throws IOException {
        write(HEADER + "0\t0\tw\ttrain\twake\ta\tcomplete\t1.5\n0\t1\tw\ttrain\twake\ta\tincomplete\t2\n"
                + "0\t2\tw\ttrain\twake\ta\tcomplete\t\n");
        var log = LearningLog.read(folder, "reward");
        assertEquals(2, log.leftOut());
        assertEquals(
                new Experience(0, true, "wake", "a", 0, 1.5), log.experiences().get(0));
        assertEquals(1, log.experiences().size());
    }

    @Test
    void partsAreReadByTheirNumber() throws IOException {
        Files.createDirectory(folder.resolve("10"));
        Files.createDirectory(folder.resolve("9"));
        write(HEADER + "0\t0\tw\ttrain\twake\ta\tcomplete\t1\n");
        Files.writeString(folder.resolve("10/data-log.tsv"), HEADER + "10\t2\tw\ttrain\twake\ta\tcomplete\t3\n");
        Files.writeString(folder.resolve("9/data-log.tsv"), HEADER + "9\t1\tw\ttrain\twake\ta\tcomplete\t2\n");
        double[] rewards = LearningLog.read(folder, "reward").experiences().stream()
                .mapToDouble(Experience::performance)
                .toArray();
        assertArrayEquals(new double[] {1, 2, 3}, rewards);
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertEquals("no data-log.tsv below RUN; name the folder of one run", failure());
        write("block_num\texp_num\n");
        assertEquals("RUN/0/data-log.tsv must have a column block_type, had [block_num, exp_num]", failure());
        write(HEADER + "0\t0\tw\ttrain\twake\ta\tcomplete\n");
        assertEquals("line 2 of RUN/0/data-log.tsv must have 8 columns, had 7", failure());
        write(HEADER + "0\t0\tw\tnap\twake\ta\tcomplete\t1\n");
        assertEquals("line 2 of RUN/0/data-log.tsv: block_type must be train or test, was nap", failure());
        write(HEADER + "x\t0\tw\ttrain\twake\ta\tcomplete\t1\n");
        assertEquals("line 2 of RUN/0/data-log.tsv: For input string: \"x\"", failure());
        Files.writeString(folder.resolve("logger_info.json"), "{\"metrics_columns\": [\"score\"]}");
        assertEquals("measure must be one of [score], which RUN/logger_info.json names; was reward", failure());
        Files.writeString(folder.resolve("logger_info.json"), "{}");
        assertEquals("RUN/logger_info.json must be a JSON object with a list \"metrics_columns\"", failure());
    }
}
