package touchstone.rlhf.safety;

import java.util.List;
import java.util.Locale;
import touchstone.stats.MeanBound;

/**
 * What a safety test found.
 *
 * @param outcome PASS when the bound is at most the threshold
 * @param bound how the bound was made
 * @param n held-out costs
 * @param mean of the costs
 * @param upperBound of the expected cost at level 1 - delta; infinite when there are too few costs for one
 * @param delta the probability with which a policy above the threshold may pass
 * @param threshold the largest expected cost allowed
 * @param warnings why the guarantee may not hold, in sentences; empty when nothing speaks against it
 */
public record SafetyVerdict(
        Outcome outcome,
        MeanBound bound,
        int n,
        double mean,
        double upperBound,
        double delta,
        double threshold,
        List<String> warnings) {
    /** Pass, or no policy to give out: never "unsafe", which the test does not show. */
    public enum Outcome {
        PASS,
        NO_SOLUTION
    }

    public SafetyVerdict {
        warnings = List.copyOf(warnings);
    }

    public boolean passed() {
        return outcome == Outcome.PASS;
    }

    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT,
                "%s: expected cost %.4g, at most %.4g with probability %s (%s, n = %d), threshold %s",
                outcome,
                mean,
                upperBound,
                1 - delta,
                bound,
                n,
                threshold);
        return warnings.isEmpty() ? line : line + "\n  " + String.join("\n  ", warnings);
    }
}
