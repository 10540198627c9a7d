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
 * What a set of preference pairs holds before any model is fitted to it.
 *
 * @param set the pairs described, with what was left out of them
 * @param prompts number of different prompts
 * @param contradictions pairs whose reverse is in the set as well: no model can be right on both
 * @param longer share of pairs whose preferred answer has more characters, among those of unequal length; 95 % Wilson
 * @param equalLengths pairs of equal length, left out of that share
 * @param lengthTest sign test of the lengths, preferred against rejected; the estimate is the mean difference in characters
 */
public record PreferenceReport(
        PreferenceDataset set,
        int prompts,
        int contradictions,
        Interval longer,
        int equalLengths,
        TestResult lengthTest) {
    private static final double LEVEL = 0.95;
    private static final int FEW = 30;

    static PreferenceReport of(PreferenceDataset set) {
        Check.nonEmpty(set.size(), "pairs");
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
        var groups = set.byPrompt();
        int contradictions =
                groups.values().stream().mapToInt(PreferenceReport::reversed).sum();
        return new PreferenceReport(
                set, groups.size(), contradictions, share, equal, PairedTest.sign(chosen, rejected));
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
        int n = set.size();
        if (n < FEW) {
            all.add(n + (n == 1 ? " pair" : " pairs") + ": too few to hold any out; an accuracy means nothing");
        }
        if (lengthTest.pValue() < 0.05) {
            all.add(String.format(
                    Locale.ROOT,
                    "length bias: %s answers were preferred (p = %.2g); compare a model with the length rule",
                    longer.estimate() > 0.5 ? "longer" : "shorter",
                    lengthTest.pValue()));
        }
        if (contradictions > 0) {
            all.add(contradictions + " pairs contradict another pair of the set");
        }
        if (!set.leftOut().isEmpty()) {
            all.add("left out " + set.leftOut().size() + ", the first: "
                    + set.leftOut().get(0));
        }
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return set + "\nprompts " + prompts + ", contradictions " + contradictions + "\nlonger answer preferred "
                + longer + ", " + equalLengths + " of equal length\nlengths: " + lengthTest
                + String.join("", warnings().stream().map(w -> "\n! " + w).toList());
    }
}
