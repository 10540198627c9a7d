package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.testing.SharedData;

class PreferencePairsTest {
    private static final String GOOD = "{\"chosen\":\"\\n\\nHuman: a?\\n\\nAssistant: yes\",\"rejected\":"
            + "\"\\n\\nHuman: a?\\n\\nAssistant: yellow\"}";

    private static Path zip(Path folder, String text) throws IOException {
        Path file = folder.resolve("p.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String failure(Path file) {
        return String.valueOf(assertThrows(UncheckedIOException.class, () -> PreferencePairs.read(file))
                .getCause());
    }

    @Test
    void thePromptEndsWhereTheAssistantsTurnStarts(@TempDir Path folder) throws IOException {
        var set = PreferencePairs.read(zip(folder, GOOD + "\n\n"));
        assertEquals(List.of(new PreferencePair("\n\nHuman: a?\n\nAssistant:", " yes", " yellow")), set.pairs());
        assertEquals("p.jsonl.gz", set.source());
        assertEquals(new PreferencePair("", "abc", "abd"), PreferencePair.ofDialogues("abc", "abd"));
    }

    @Test
    void tiesAndDuplicatesAreLeftOutAndCounted(@TempDir Path folder) throws IOException {
        String tie = "{\"chosen\":\"x\",\"rejected\":\"x\"}";
        var set = PreferencePairs.read(zip(folder, String.join("\n", GOOD, tie, GOOD, GOOD)));
        assertEquals("1 preference pairs: p.jsonl.gz; left out: 1 ties, 2 duplicates", set.toString());
    }

    @Test
    void damageIsToldWithFileAndLine(@TempDir Path folder) throws IOException {
        Path bad = zip(folder, GOOD + "\n{\"chosen\": \"x\",");
        assertEquals("java.io.IOException: " + bad + ", line 2: not a JSON object", failure(bad));
        bad = zip(folder, GOOD + "\n{\"chosen\":\"x\"}\n");
        assertEquals("java.io.IOException: " + bad + ", line 2: needs the text \"rejected\", has none", failure(bad));
        bad = zip(folder, "[1]\n");
        assertEquals("java.io.IOException: " + bad + ", line 1: not a JSON object", failure(bad));
        Path whole = zip(folder, (GOOD + "\n").repeat(50));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length - 20));
        assertTrue(failure(whole).startsWith("java.io.IOException: " + whole + " is damaged after line "));
        Files.writeString(whole, GOOD);
        assertEquals(
                "java.io.IOException: " + whole + " is damaged after line 0: ZipException: Not in GZIP format",
                failure(whole));
        Path missing = folder.resolve("none.jsonl.gz");
        assertTrue(failure(missing).startsWith("java.io.IOException: cannot open " + missing));
    }

    @Test
    void splitByContentDoesNotDependOnTheOrder() {
        var set = GeneratedPreferences.pairs(500, 3);
        var split = set.splitByContent(0.8);
        assertEquals(set.size(), split.train().size() + split.test().size());
        assertEquals(0.8, (double) split.train().size() / set.size(), 0.06); // 3.3 standard errors of 500
        var reversed = new java.util.ArrayList<>(set.pairs());
        java.util.Collections.reverse(reversed);
        var other = PreferencePairs.of(reversed, "reversed", true).splitByContent(0.8);
        assertEquals(
                new HashSet<>(split.test().pairs()), new HashSet<>(other.test().pairs()));
    }

    @Test
    void generatedPairsFollowBradleyTerry() {
        var set = GeneratedPreferences.pairs(4000, 11);
        assertTrue(set.generated() && set.source().contains("generated"));
        assertEquals(set, GeneratedPreferences.pairs(4000, 11));
        assertNotEquals(set, GeneratedPreferences.pairs(4000, 12));
        double expected = 0;
        double variance = 0;
        for (var p : set.pairs()) {
            double q = 1
                    / (1
                            + Math.exp(-Math.abs(GeneratedPreferences.trueReward(p.chosen())
                                    - GeneratedPreferences.trueReward(p.rejected()))));
            expected += q / set.size();
            variance += q * (1 - q) / set.size() / set.size();
        }
        // the share of pairs in the order of the true reward, within 3.3 standard errors of its expectation
        assertEquals(expected, GeneratedPreferences.bestAccuracy(set), 3.3 * Math.sqrt(variance));
    }

    @Test
    void readsTheHumanPreferences() {
        var set = PreferencePairs.hhRlhf(SharedData.registryWith("hh-rlhf"));
        assertEquals(2312, set.size() + set.ties() + set.duplicates());
        assertTrue(set.pairs().stream().allMatch(p -> p.prompt().endsWith("\n\nAssistant:")));
        assertTrue(set.pairs().get(0).prompt().startsWith("\n\nHuman: what are some pranks with a pen"));
        assertEquals(
                "pairs must be a generated set, was " + set.source(),
                assertThrows(IllegalArgumentException.class, () -> GeneratedPreferences.bestAccuracy(set))
                        .getMessage());
    }
}
