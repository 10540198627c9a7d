package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.testing.SharedData;

class DataRegistryTest {
    private static String failure(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(UncheckedIOException.class, call).getCause());
    }

    @Test
    void everyLineIsWhole() {
        var registry = DataRegistry.load();
        var names = new HashSet<String>();
        for (var e : registry.entries()) {
            assertTrue(names.add(e.name()), e.name());
            assertTrue(e.sha256().matches("[0-9a-f]{64}"), e.name());
            assertTrue(e.address().startsWith("https://"), e.name());
            assertTrue(e.bytes() > 0, e.name());
            assertFalse(e.licence().isBlank()
                    || e.description().isBlank()
                    || Path.of(e.file()).isAbsolute());
        }
        assertEquals(names.size(), registry.table().rowCount());
    }

    @Test
    void aMissingFileSaysHowToGetIt(@TempDir Path folder) {
        var registry = DataRegistry.load().withFolder(folder);
        Path path = folder.resolve("hh-rlhf/harmless-base-test.jsonl.gz");
        assertFalse(registry.has("hh-rlhf"));
        assertEquals(
                "java.io.IOException: data set hh-rlhf is not at " + path
                        + ": fetch it from https://github.com/anthropics/hh-rlhf and put it there",
                failure(() -> registry.path("hh-rlhf")));
        String unknown = String.valueOf(assertThrows(IllegalArgumentException.class, () -> registry.entry("nope"))
                .getMessage());
        assertTrue(unknown.endsWith("was nope"), unknown);
        assertTrue(unknown.contains("hh-rlhf"), unknown);
    }

    /** sha256 of "abc" is the first test vector of FIPS 180-2. */
    @Test
    void aCorruptFileIsRefusedWithBothHashes(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("hh-rlhf/harmless-base-test.jsonl.gz");
        Files.createDirectories(folder.resolve("hh-rlhf"));
        Files.writeString(path, "abc");
        var registry = DataRegistry.load().withFolder(folder);
        String message = failure(() -> registry.path("hh-rlhf"));
        assertTrue(message.contains("must be " + registry.entry("hh-rlhf").sha256()), message);
        assertTrue(message.contains("was ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), message);
    }

    @Test
    void theSystemPropertyNamesTheFolder(@TempDir Path folder) throws IOException {
        String before = System.getProperty("touchstone.data");
        try {
            System.setProperty("touchstone.data", folder.toString());
            Files.createDirectories(folder.resolve("rep-eng"));
            Files.writeString(folder.resolve("rep-eng/facts_true_false.csv"), "x");
            assertTrue(DataRegistry.load().has("facts"));
            assertFalse(DataRegistry.load().has("hh-rlhf"));
            System.setProperty("touchstone.data", " ");
            String message = failure(() -> DataRegistry.load().path("facts"));
            assertTrue(message.contains("name that folder in TOUCHSTONE_DATA"), message);
        } finally {
            if (before == null) {
                System.clearProperty("touchstone.data");
            } else {
                System.setProperty("touchstone.data", before);
            }
        }
    }

    @Test
    void theDownloadedFilesAreTheOnesRegistered() throws IOException {
        var registry = SharedData.registry();
        for (var e : registry.entries()) {
            if (registry.has(e.name())) {
                assertEquals(e.bytes(), Files.size(registry.path(e.name())), e.name());
            }
        }
    }
}
