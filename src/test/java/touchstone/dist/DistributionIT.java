package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import touchstone.dist.Shell.Ended;

/** The folder that packaging assembles is whole, and its command line works from it. */
class DistributionIT {
    private static final Path DIST = Path.of(System.getProperty("touchstone.dist"));

    private static List<String> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(DIST.resolve(folder))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Group and version are not in a file name; artifact and classifier tell two copies of a library well enough. */
    private static String artifact(String jar) {
        return jar.replaceFirst("-[0-9].*?(-linux|-macosx|-windows|\\.jar$)", "$1");
    }

    @Test
    void noLibraryLiesThereTwice() throws IOException {
        Map<String, String> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (String folder : List.of("lib/kernel", "lib/library")) {
            for (String jar : jars(folder)) {
                String before = seen.put(artifact(jar), folder + "/" + jar);
                // ND4J shades its own copies of these under their old names
                if (before != null && !jar.contains("1.0.0-M2.1") && !before.contains("1.0.0-M2.1")) {
                    twice.add(before + " and " + folder + "/" + jar);
                }
            }
        }
        assertEquals(List.of(), twice, "exclude them from the copy in src/pom.xml");
    }

    @Test
    void bothModulesAreThereInTheSameVersion() throws IOException {
        String version = Files.readString(DIST.resolve("VERSION")).strip();
        assertTrue(
                jars("lib/kernel").contains("touchstone-kernel-" + version + ".jar"),
                jars("lib/kernel").toString());
        assertTrue(
                jars("lib/library").contains("touchstone-" + version + ".jar"),
                jars("lib/library").toString());
    }

    @Test
    void theKernelsFolderHoldsNothingOfTheLibrary() throws IOException {
        assertEquals(
                List.of(),
                jars("lib/kernel").stream()
                        .filter(jar -> jar.matches("(nd4j|tablesaw|xchart|javacpp|openblas|commons-math).*"))
                        .toList());
    }

    @Test
    void theLogosHaveTheSizesOfTheirNames() throws IOException {
        for (int size : new int[] {32, 64}) {
            Path file = DIST.resolve("kernelspec/logo-" + size + "x" + size + ".png");
            var image = ImageIO.read(file.toFile());
            assertEquals(size, image.getWidth());
            assertEquals(size, image.getHeight());
        }
        assertTrue(Files.readString(DIST.resolve("kernelspec/logo-svg.svg")).startsWith("<svg"));
    }

    @Test
    void theCommandTellsItsVersion() throws Exception {
        Ended ended = Shell.run(DIST, Shell.environment(), 60, List.of(DIST + "/bin/touchstone", "--version"));
        assertEquals(
                "touchstone " + Files.readString(DIST.resolve("VERSION")).strip(),
                ended.out().strip());
        assertEquals("", ended.err());
    }

    /** Loads the real native code in the doctor's own JVM. */
    @Test
    void theDoctorFindsAWorkingBackend() throws Exception {
        Ended ended = Shell.run(DIST, Shell.environment(), 240, List.of(DIST + "/bin/touchstone", "doctor", "--json"));
        JsonObject report = JsonParser.parseString(ended.out()).getAsJsonObject();
        List<String> fine = new ArrayList<>();
        for (JsonElement finding : report.getAsJsonArray("findings")) {
            if (finding.getAsJsonObject().get("level").getAsString().equals("OK")) {
                fine.add(finding.getAsJsonObject().get("topic").getAsString());
            }
        }
        assertTrue(fine.containsAll(List.of("jdk", "backend", "blas", "fonts")), ended.out());
        assertEquals(report.get("ok").getAsBoolean() ? 0 : 4, ended.exitCode());
    }
}
