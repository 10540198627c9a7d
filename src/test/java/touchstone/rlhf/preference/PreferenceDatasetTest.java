package touchstone.rlhf.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.rlhf.preference.PreferencePair.Safety;
import touchstone.testing.SharedData;

class PreferenceDatasetTest {
    private static final String GOOD = "{\"chosen\":\"\\n\\nHuman: a?\\n\\nAssistant: yes\",\"rejected\":"
            + "\"\\n\\nHuman: a?\\n\\nAssistant: yellow\"}";
    private static final PreferencePair PAIR = new PreferencePair("\n\nHuman: a?\n\nAssistant:", " yes", " yellow");

    private static Path zip(Path folder, String text) throws IOException {
        Path file = folder.resolve("p.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String failure(Path file) {
        return String.valueOf(assertThrows(UncheckedIOException.class, () -> PreferenceDataset.read(file))
                .getCause());
    }

    @Test
    void thePromptEndsWhereTheAssistantsTurnStarts(@TempDir Path folder) throws IOException {
        var set = PreferenceDataset.read(zip(folder, GOOD + "\r\n\n"));
        assertEquals(List.of(PAIR), set.pairs());
        assertEquals("p.jsonl.gz", set.source());
        assertEquals(new PreferencePair("", "abc", "abd"), PreferencePair.ofDialogues("abc", "abd"));
        Path plain = folder.resolve("p.jsonl");
        Files.writeString(plain, '\uFEFF' + GOOD); // a byte order mark belongs to no line
        assertEquals(List.of(PAIR), PreferenceDataset.read(plain).pairs());
    }

    @Test
    void dialoguesAreTurns() {
        Dialogue d = PAIR.chosenDialogue();
        assertEquals(
                List.of(
                        new Dialogue.Turn(Dialogue.Speaker.HUMAN, "a?"),
                        new Dialogue.Turn(Dialogue.Speaker.ASSISTANT, "yes")),
                d.turns());
        assertEquals("yellow", PAIR.rejectedDialogue().lastTurn());
        assertEquals(1, d.count(Dialogue.Speaker.HUMAN));
        Dialogue odd = Dialogue.parse("Preamble\n\nHuman: \n\nAssistant: b\n\nnot a turn");
        assertEquals(
                List.of(
                        new Dialogue.Turn(Dialogue.Speaker.UNKNOWN, "Preamble"),
                        new Dialogue.Turn(Dialogue.Speaker.HUMAN, ""),
                        new Dialogue.Turn(Dialogue.Speaker.ASSISTANT, "b\n\nnot a turn")),
                odd.turns());
        assertEquals("", Dialogue.parse("").lastTurn());
    }

    /** Each kind of trouble on a line of its own, between two good lines. */
    @Test
    void whatIsLeftOutIsCountedAndNamedByLine(@TempDir Path folder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        String other = "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\",\"margin\":2.5,\"chosen_safe\":true}";
        for (String line : List.of(
                GOOD,
                "{\"chosen\": \"x\",",
                "{\"chosen\":\"x\"}",
                "[1]",
                "{\"chosen\":\"x\",\"rejected\":7}",
                "{\"chosen\":\"same\",\"rejected\":\"same \"}",
                "{\"prompt\":\"q\",\"chosen\":\"  \",\"rejected\":\"r\"}",
                GOOD,
                "{\"chosen\":\"\\ud83d half\",\"rejected\":\"r\"}",
                "{\"chosen\":\"a\",\"rejected\":\"b\",\"margin\":\"big\"}",
                "{\"chosen\":\"a\",\"rejected\":\"b\",\"chosen_safe\":1}")) {
            bytes.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        bytes.write("{\"chosen\":\"caf\u00e9\",\"rejected\":\"r\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(other.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("mixed.jsonl");
        Files.write(file, bytes.toByteArray());

        var set = PreferenceDataset.read(file);
        var labelled = new PreferencePair("p", "c", "r", 2.5, Safety.SAFE, Safety.UNKNOWN);
        assertEquals(List.of(PAIR, labelled), set.pairs());
        assertEquals(
                """
                line 2: not a JSON object
                line 3: needs the text "rejected", has none
                line 4: not a JSON object
                line 5: needs the text "rejected", has another type
                line 6: both answers are the same
                line 7: the chosen answer is empty
                line 8: the same pair as line 1
                line 9: "chosen" has half a surrogate pair at character 1
                line 10: needs the number "margin", has another type
                line 11: needs the truth value "chosen_safe", has another type
                line 12: not UTF-8 at byte 15""",
                set.leftOut().stream().map(LeftOut::toString).collect(Collectors.joining("\n")));
        assertEquals(6, set.count(LeftOut.Reason.BROKEN));
        assertEquals(
                "2 preference pairs: mixed.jsonl; left out: 2 in a broken encoding (line 9, 12), 6 broken (line 2, 3, 4, 5,"
                        + " 10, ...), 1 with an empty side (line 7), 1 with identical sides (line 6), 1 duplicate (line 8)",
                set.toString());
        assertEquals(13, set.size() + set.leftOut().size());
    }

    @Test
    void aFileThatHoldsNoPairIsRefused(@TempDir Path folder) throws IOException {
        Path whole = zip(folder, "{\"chosen\":1}\n[]");
        assertEquals(
                "java.io.IOException: " + whole
                        + " holds no preference pair: the first trouble is line 1: needs the text \"chosen\", has another"
                        + " type; a line must be a JSON object with the texts \"chosen\" and \"rejected\"",
                failure(whole));
        assertTrue(failure(zip(folder, "\n")).contains("holds no preference pair: it is empty"));
        whole = zip(folder, (GOOD + "\n").repeat(50));
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
    void aTableGoesOutAndIn() {
        var set = PreferenceDataset.of(
                List.of(PAIR.withMargin(1.5).withSafety(Safety.SAFE, Safety.HARMFUL), new PreferencePair("", "x", "y")),
                "two",
                false);
        assertEquals(set, PreferenceDataset.of(set.table()));
        Table bare = Table.create(
                "bare",
                StringColumn.create("chosen", "a", "", "b"),
                StringColumn.create("rejected", "b", "b", "b"),
                StringColumn.create("rejected_safe", "false", "", ""));
        var read = PreferenceDataset.of(bare);
        assertEquals(
                List.of(new PreferencePair("", "a", "b").withSafety(Safety.UNKNOWN, Safety.HARMFUL)), read.pairs());
        assertEquals(
                "bare, 2 left out, rows 2 and 3",
                read.source() + ", " + read.leftOut().size() + " left out, rows "
                        + read.leftOut().get(0).line() + " and "
                        + read.leftOut().get(1).line());
        assertEquals(
                "table must have the column rejected, had [chosen]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PreferenceDataset.of(Table.create(StringColumn.create("chosen", "a"))))
                        .getMessage());
    }

    @Test
    void splitByContentDoesNotDependOnTheOrder() {
        var set = GeneratedPreferences.pairs(500, 3);
        var reversed = new ArrayList<>(set.pairs());
        Collections.reverse(reversed);
        var other = PreferenceDataset.of(reversed, "reversed", true);
        var split = set.splitByContent(0.8);
        assertEquals(set.size(), split.train().size() + split.test().size());
        assertEquals(0.8, (double) split.train().size() / set.size(), 0.06); // 3.3 standard errors of 500
        assertEquals(
                new HashSet<>(split.test().pairs()),
                new HashSet<>(other.splitByContent(0.8).test().pairs()));
        var seeded = set.splitByContent(0.8, 1).test();
        assertEquals(
                new HashSet<>(seeded.pairs()),
                new HashSet<>(other.splitByContent(0.8, 1).test().pairs()));
        assertNotEquals(seeded.pairs(), set.splitByContent(0.8, 2).test().pairs());
    }

    @Test
    void theReportSaysWhatTheSetHolds() {
        var pairs = new ArrayList<PreferencePair>();
        for (int i = 0; i < 40; i++) {
            pairs.add(new PreferencePair("p" + i, "long answer", "short"));
        }
        pairs.add(new PreferencePair("p0", "short", "long answer"));
        pairs.add(new PreferencePair("q", "same", "size"));
        pairs.add(new PreferencePair("q", "", "size"));
        PreferenceReport report = PreferenceDataset.of(pairs, "made", true).report();
        assertEquals(41, report.prompts());
        assertEquals(2, report.contradictions());
        assertEquals(1, report.lengths().equal());
        assertEquals(40.0 / 41, report.lengths().longer().estimate(), 1e-15);
        assertEquals((40 * 6 - 6) / 42.0, report.lengths().test().estimate(), 1e-12);
        // two-sided binomial: 2 (1 + 41) / 2^41
        assertEquals(84 / Math.pow(2, 41), report.lengths().test().pValue(), 1e-18);
        assertEquals(3, report.warnings().size(), report.toString());
        assertTrue(report.toString().contains("! 2 pairs contradict another pair of the set"));
        assertTrue(report.toString().contains("line 43: the chosen answer is empty"));
        PreferenceReport one = PreferenceDataset.of(List.of(PAIR), "one", true).report();
        assertEquals(
                "1 pair: too few to hold any out; an accuracy means nothing",
                one.warnings().get(0));
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
        var set = PreferenceDataset.hhRlhf(SharedData.registryWith("hh-rlhf"));
        assertEquals(2312, set.size() + set.leftOut().size());
        assertEquals(4, set.count(LeftOut.Reason.EMPTY_SIDE)); // counted by a script of our own over the file
        assertEquals(4, set.leftOut().size());
        assertTrue(set.pairs().stream().allMatch(p -> p.prompt().endsWith("\n\nAssistant:")));
        assertTrue(set.pairs().get(0).prompt().startsWith("\n\nHuman: what are some pranks with a pen"));
        assertEquals(
                "pairs must be a generated set, was " + set.source(),
                assertThrows(IllegalArgumentException.class, () -> GeneratedPreferences.bestAccuracy(set))
                        .getMessage());
    }
}
