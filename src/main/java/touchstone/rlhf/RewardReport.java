package touchstone.rlhf;

import java.util.List;
import java.util.function.ToDoubleFunction;
import touchstone.data.PreferencePair;
import touchstone.data.PreferencePairs;
import touchstone.stats.Interval;
import touchstone.stats.PairedTest;
import touchstone.stats.Proportion;
import touchstone.stats.TestResult;
import touchstone.util.Check;

/**
 * How often a reward model agrees with preferences it has not seen, beside two rules that know nothing of the words.
 *
 * @param source where the pairs come from, in words
 * @param pairs number of held-out pairs
 * @param model share of pairs where the model gives the chosen answer more, with Wilson's 95 % interval; a tie is wrong
 * @param length the same of the rule "longer is better", or "shorter", whichever agreed more with the training pairs; answers
 *     of equal length are wrong
 * @param majority the same of the rule "the second answer", or "the first", where each pair is shown in an order drawn from
 *     its content: what a rule scores that always takes the side more common in training
 * @param modelAgainstLength sign test of the model against the length rule over the pairs
 */
public record RewardReport(
        String source, int pairs, Interval model, Interval length, Interval majority, TestResult modelAgainstLength) {
    private static final double LEVEL = 0.95;

    /** Compares on held-out pairs; the direction of each rule comes from the training pairs. */
    public static RewardReport of(TextReward reward, PreferencePairs train, PreferencePairs test) {
        Check.nonEmpty(train.size(), "training pairs");
        Check.nonEmpty(test.size(), "held-out pairs");
        double[] byModel = hits(test.pairs(), reward::margin);
        double[] byLength =
                rule(train, test, p -> p.chosen().length() - p.rejected().length());
        double[] bySide = rule(train, test, RewardReport::side);
        return new RewardReport(
                test.source(),
                test.size(),
                interval(byModel),
                interval(byLength),
                interval(bySide),
                PairedTest.sign(byModel, byLength));
    }

    /** Hits of a rule on the test pairs, turned round if it was wrong on more than half of the training pairs. */
    private static double[] rule(PreferencePairs train, PreferencePairs test, ToDoubleFunction<PreferencePair> margin) {
        double ahead = 0;
        for (PreferencePair p : train.pairs()) {
            ahead += Math.signum(margin.applyAsDouble(p));
        }
        double sign = ahead < 0 ? -1 : 1;
        return hits(test.pairs(), p -> sign * margin.applyAsDouble(p));
    }

    /** +1 when the chosen answer is shown second, else -1; decided by the texts alone, so that neither side is favoured. */
    private static double side(PreferencePair p) {
        long a = touchstone.util.Seeds.hash(p.prompt() + p.chosen());
        long b = touchstone.util.Seeds.hash(p.prompt() + p.rejected());
        return Long.compare(a, b) < 0 ? -1 : 1;
    }

    private static double[] hits(List<PreferencePair> pairs, ToDoubleFunction<PreferencePair> margin) {
        return pairs.stream()
                .mapToDouble(p -> margin.applyAsDouble(p) > 0 ? 1 : 0)
                .toArray();
    }

    private static Interval interval(double[] hits) {
        int right = 0;
        for (double hit : hits) {
            right += hit > 0 ? 1 : 0;
        }
        return Proportion.wilson(right, hits.length, LEVEL);
    }

    @Override
    public String toString() {
        return "agreement on " + pairs + " pairs of " + source + "\nmodel    " + model + "\nlength   " + length
                + "\nmajority " + majority;
    }
}
