package touchstone.rlhf.preference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import touchstone.stats.Interval;
import touchstone.stats.PairedTest;
import touchstone.stats.Proportion;
import touchstone.stats.TestResult;
import touchstone.util.Check;

/**
 * What a set of preference pairs holds before any model is fitted to it; no text of it.
 *
 * @param source where the pairs come from, in words
 * @param pairs number of pairs kept
 * @param prompts number of different prompts
 * @param contradictions pairs whose reverse is in the set as well: no model can be right on both
 * @param lengths how preference goes with length
 * @param leftOut every line or pair that was not kept, with its number and the reason
 */
public record PreferenceReport(
        String source, int pairs, int prompts, int contradictions, Lengths lengths, List<LeftOut> leftOut) {
    /**
     * How preference goes with length in characters.
     *
     * @param longer share of pairs whose preferred answer is the longer, among those of unequal length; 95 % Wilson
     * @param equal pairs of equal length, left out of that share
     * @param test sign test of the lengths, preferred against rejected; the estimate is the mean difference in characters
     */
    public record Lengths(Interval longer, int equal, TestResult test) {}

    private static final double LEVEL = 0.95;
    private static final int FEW = 30;

    public PreferenceReport {
        leftOut = List.copyOf(leftOut);
    }

    static PreferenceReport of(PreferenceDataset set) {
        Check.nonEmpty(set.size(), "pairs");
        var groups = set.byPrompt();
        return new PreferenceReport(
                set.source(),
                set.size(),
                groups.size(),
                groups.values().stream().mapToInt(PreferenceReport::reversed).sum(),
                lengths(set),
                set.leftOut());
    }

    private static Lengths lengths(PreferenceDataset set) {
        double[] chosen =
                set.pairs().stream().mapToDouble(p -> p.chosen().length()).toArray();
        double[] rejected =
                set.pairs().stream().mapToDouble(p -> p.rejected().length()).toArray();
        int longer = 0;
        int equal = 0;
        for (int i = 0; i < chosen.length; i++) {
            longer += chosen[i] > rejected[i] ? 1 : 0;
            equal += chosen[i] == rejected[i] ? 1 : 0;
        }
        Interval share = equal == chosen.length
                ? new Interval(0.5, 0, 1, LEVEL, "no pair of unequal length")
                : Proportion.wilson(longer, chosen.length - equal, LEVEL);
        return new Lengths(share, equal, PairedTest.sign(chosen, rejected));
    }

    /** Pairs of one prompt whose reverse is there too. */
    private static int reversed(List<PreferencePair> pairs) {
        int count = 0;
        for (PreferencePair p : pairs) {
            count += pairs.stream()
                            .anyMatch(q -> q.chosen().equals(p.rejected())
                                    && q.rejected().equals(p.chosen()))
                    ? 1
                    : 0;
        }
        return count;
    }

    /** What a reader should know before fitting, a sentence each; empty when there is nothing. */
    public List<String> warnings() {
        var all = new ArrayList<String>();
        if (pairs < FEW) {
            all.add(pairs + (pairs == 1 ? " pair" : " pairs") + ": too few to hold any out; an accuracy means nothing");
        }
        if (lengths.test.pValue() < 0.05) {
            all.add(String.format(
                    Locale.ROOT,
                    "length bias: %s answers were preferred (p = %.2g); compare a model with the length rule",
                    lengths.longer.estimate() > 0.5 ? "longer" : "shorter",
                    lengths.test.pValue()));
        }
        if (contradictions > 0) {
            all.add(contradictions + " pairs contradict another pair of the set");
        }
        if (!leftOut.isEmpty()) {
            all.add("left out " + leftOut.size() + ", the first: " + leftOut.get(0));
        }
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return pairs + " pairs: " + source + "; left out: " + PreferenceDataset.summary(leftOut) + "\nprompts "
                + prompts
                + ", contradictions " + contradictions + "\nlonger answer preferred " + lengths.longer + ", "
                + lengths.equal + " of equal length\nlengths: " + lengths.test
                + String.join("", warnings().stream().map(w -> "\n! " + w).toList());
    }
}
