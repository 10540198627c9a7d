package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class DigitsTest {
    private static final Digits DIGITS = Digits.load();

    /** Counts of the datasheet and the first row of scikit-learn's load_digits. */
    @Test
    void holdsTheFiguresOfTheSource() {
        assertEquals(1797, DIGITS.size());
        var counts = new int[10];
        Arrays.stream(DIGITS.labels()).forEach(label -> counts[label]++);
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
        assertArrayEquals(new double[] {0, 0, 5, 13, 9, 1, 0, 0}, DIGITS.image(0)[0]);
        assertArrayEquals(new double[] {0, 0, 6, 13, 10, 0, 0, 0}, DIGITS.image(0)[7]);
        double[][] all = DIGITS.matrix();
        assertEquals(561718, Arrays.stream(all).flatMapToDouble(Arrays::stream).sum()); // numpy: digits.sum()
    }

    @Test
    void arrayTableAndImageAgree() {
        var pixels = DIGITS.pixels();
        assertArrayEquals(new long[] {1797, 64}, pixels.shape());
        assertEquals(DataType.DOUBLE, pixels.dataType());
        var table = DIGITS.table();
        assertEquals("1797 rows X 65 cols", table.shape().replaceFirst("^.*: ", ""));
        for (int i = 0; i < 1797; i += 97) {
            for (int p = 0; p < 64; p++) {
                double value = DIGITS.image(i)[p / 8][p % 8];
                assertEquals(value, pixels.getDouble(i, p));
                assertEquals(value, table.intColumn(p + 1).getInt(i));
            }
            assertEquals(DIGITS.labels()[i], table.intColumn("digit").getInt(i));
        }
    }

    @Test
    void splitsAreSeededDisjointAndStratified() {
        var split = DIGITS.split(0.7, 4);
        assertEquals(1797, split.train().size() + split.test().size());
        for (int digit = 0; digit < 10; digit++) {
            int all = DIGITS.only(digit).size();
            assertEquals(Math.round(0.7 * all), split.train().only(digit).size());
        }
        assertArrayEquals(split.train().labels(), DIGITS.split(0.7, 4).train().labels());
        assertNotEquals(
                Arrays.deepToString(split.test().matrix()),
                Arrays.deepToString(DIGITS.split(0.7, 5).test().matrix()));
        var rows = new java.util.HashSet<String>();
        for (Digits part : new Digits[] {split.train(), split.test()}) {
            Arrays.stream(part.matrix()).map(Arrays::toString).forEach(rows::add);
        }
        assertEquals(1797, rows.size()); // no two rows of the set are equal, so none is in both parts
    }

    @Test
    void heldOutClassesAreTheRest() {
        assertEquals(901, DIGITS.only(0, 1, 2, 3, 4).size());
        assertEquals(896, DIGITS.without(0, 1, 2, 3, 4).size());
        assertTrue(IntStream.of(DIGITS.without(3).labels()).noneMatch(label -> label == 3));
        assertEquals(
                "a digit must lie in [0, 10), was 10",
                assertThrows(IllegalArgumentException.class, () -> DIGITS.only(10))
                        .getMessage());
        assertEquals(
                "fraction must lie in (0, 1), was 1.0",
                assertThrows(IllegalArgumentException.class, () -> DIGITS.split(1, 0))
                        .getMessage());
    }

    @Test
    void theCallersArraysAreCopies() {
        DIGITS.labels()[0] = 7;
        DIGITS.matrix()[0][2] = 99;
        DIGITS.pixels().addi(1);
        assertEquals(0, DIGITS.labels()[0]);
        assertEquals(5, DIGITS.image(0)[0][2]);
    }

    @Test
    void aBadLineIsNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("d.csv");
        Files.writeString(file, "0,".repeat(64) + "3\n" + "17,".repeat(64) + "3\n");
        assertEquals(
                "java.io.IOException: " + file + ", line 2: column 1 must be a whole number from 0 to 16, was '17'",
                assertThrows(UncheckedIOException.class, () -> Digits.read(file))
                        .getMessage());
        Files.writeString(file, "1,2\n");
        assertEquals(
                "java.io.IOException: " + file + ", line 1: needs 64 pixels and a digit, has 2 columns",
                assertThrows(UncheckedIOException.class, () -> Digits.read(file))
                        .getMessage());
    }
}
