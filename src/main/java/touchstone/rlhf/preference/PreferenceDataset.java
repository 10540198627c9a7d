package touchstone.rlhf.preference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Table;
import touchstone.data.DataRegistry;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Preference pairs with where they come from and what was left out.
 *
 * @param pairs the pairs kept: no empty sides, no ties, no duplicates, in the source's order
 * @param source the source in words; of a generated set it says that it is generated
 * @param generated whether a program made the pairs up
 * @param leftOut every line or pair that was not kept, with its number and the reason
 */
@Reference("bai2022training")
public record PreferenceDataset(List<PreferencePair> pairs, String source, boolean generated, List<LeftOut> leftOut) {
    /**
     * Two parts of one set; pairs with the same prompt are in the same part.
     *
     * @param train the larger part, as a rule
     * @param test the rest
     */
    public record Split(PreferenceDataset train, PreferenceDataset test) {}

    /** A pair and the number of its line. */
    record Numbered(int line, PreferencePair pair) {}

    public PreferenceDataset {
        pairs = List.copyOf(pairs);
        leftOut = List.copyOf(leftOut);
    }

    /** Leaves empty sides, ties and duplicates out of pairs, and names them by their place, from 1. */
    public static PreferenceDataset of(List<PreferencePair> all, String source, boolean generated) {
        var numbered = new ArrayList<Numbered>();
        for (PreferencePair pair : all) {
            numbered.add(new Numbered(numbered.size() + 1, pair));
        }
        return of(numbered, source, generated, List.of());
    }

    /** Sorts pairs into those kept and those left out; {@code unread} are lines that gave no pair. */
    static PreferenceDataset of(List<Numbered> all, String source, boolean generated, List<LeftOut> unread) {
        var firstLine = new HashMap<PreferencePair, Integer>();
        var kept = new ArrayList<PreferencePair>();
        var leftOut = new ArrayList<>(unread);
        for (Numbered n : all) {
            PreferencePair pair = n.pair;
            if (pair.hasEmptySide()) {
                String side = pair.chosen().isBlank() ? "chosen" : "rejected";
                leftOut.add(new LeftOut(n.line, LeftOut.Reason.EMPTY_SIDE, "the " + side + " answer is empty"));
            } else if (pair.isTie()) {
                leftOut.add(new LeftOut(n.line, LeftOut.Reason.TIE, "both answers are the same"));
            } else {
                Integer before = firstLine.putIfAbsent(pair, n.line);
                if (before == null) {
                    kept.add(pair);
                } else {
                    leftOut.add(new LeftOut(n.line, LeftOut.Reason.DUPLICATE, "the same pair as line " + before));
                }
            }
        }
        leftOut.sort(Comparator.comparingInt(LeftOut::line));
        return new PreferenceDataset(kept, source, generated, leftOut);
    }

    /**
     * Reads JSON lines with the texts {@code chosen} and {@code rejected}, as hh-rlhf has them; gzip when the name ends in
     * {@code .gz}. With the text {@code prompt} the two are answers, without it whole dialogues. The number {@code margin} and
     * the truth values {@code chosen_safe} and {@code rejected_safe} are read where they are. A line that cannot be read is left
     * out and named in {@link #leftOut}; a file of which no line can be read throws one sentence with the first trouble.
     */
    public static PreferenceDataset read(Path file) {
        return PreferenceFiles.read(file, file.getFileName() + "");
    }

    /** From a table with the columns of {@link #table}, of which only chosen and rejected must be there. */
    public static PreferenceDataset of(Table table) {
        return PreferenceFiles.of(table);
    }

    /** The human preferences of hh-rlhf (harmless-base, test part) from the data folder, verified. */
    public static PreferenceDataset hhRlhf(DataRegistry registry) {
        return PreferenceFiles.read(registry.path("hh-rlhf"), "hh-rlhf, harmless-base, test part (human preferences)");
    }

    /** The human preferences of hh-rlhf if the data folder has them, else {@code n} generated pairs; see the source. */
    public static PreferenceDataset hhRlhfOrGenerated(int n, long seed) {
        DataRegistry registry = DataRegistry.load();
        return registry.has("hh-rlhf") ? hhRlhf(registry) : GeneratedPreferences.pairs(n, seed);
    }

    /** Number of pairs kept. */
    public int size() {
        return pairs.size();
    }

    /** How many were left out for a reason. */
    public int count(LeftOut.Reason reason) {
        return (int) leftOut.stream().filter(l -> l.reason() == reason).count();
    }

    /**
     * Splits by the content of the prompt, so that a pair falls on the same side whatever else is in the set and however it is
     * ordered. Sizes vary around the fraction as those of a draw do.
     *
     * @param fraction share of prompts that go to the training part, in (0, 1)
     */
    public Split splitByContent(double fraction) {
        return split(fraction, p -> place(p.prompt()));
    }

    /** As {@link #splitByContent(double)}, another split for each seed. */
    public Split splitByContent(double fraction, long seed) {
        return split(fraction, p -> place(seed + ":" + p.prompt()));
    }

    /** 53 bits of a hash as a number in [0, 1). */
    private static double place(String text) {
        return (Seeds.hash(text) >>> 11) * 0x1p-53;
    }

    private Split split(double fraction, ToDoubleFunction<PreferencePair> place) {
        Check.insideUnit(fraction, "fraction");
        var train = new ArrayList<PreferencePair>();
        var test = new ArrayList<PreferencePair>();
        for (PreferencePair pair : pairs) {
            (place.applyAsDouble(pair) < fraction ? train : test).add(pair);
        }
        return new Split(
                new PreferenceDataset(train, source + ", training part", generated, List.of()),
                new PreferenceDataset(test, source + ", held-out part", generated, List.of()));
    }

    /** The pairs as a table with the columns prompt, chosen, rejected, margin, chosen_safe and rejected_safe. */
    public Table table() {
        return PreferenceFiles.table(this);
    }

    /** What the set holds, what was left out and how preference goes with length. */
    public PreferenceReport report() {
        return PreferenceReport.of(this);
    }

    @Override
    public String toString() {
        return size() + " preference pairs: " + source + "; left out: " + summary(leftOut);
    }

    /** Counts by reason with the first lines of each. */
    static String summary(List<LeftOut> leftOut) {
        if (leftOut.isEmpty()) {
            return "none";
        }
        var parts = new ArrayList<String>();
        for (LeftOut.Reason reason : LeftOut.Reason.values()) {
            List<String> lines = leftOut.stream()
                    .filter(l -> l.reason() == reason)
                    .map(l -> String.valueOf(l.line()))
                    .toList();
            if (!lines.isEmpty()) {
                String named = String.join(", ", lines.subList(0, Math.min(5, lines.size())));
                parts.add(lines.size() + " " + reason.words() + " (line " + named + (lines.size() > 5 ? ", ..." : "")
                        + ")");
            }
        }
        return String.join(", ", parts);
    }

    /** The pairs of each prompt, in order. */
    Map<String, List<PreferencePair>> byPrompt() {
        var groups = new HashMap<String, List<PreferencePair>>();
        pairs.forEach(p ->
                groups.computeIfAbsent(p.prompt(), unused -> new ArrayList<>()).add(p));
        return groups;
    }
}
