package touchstone.rlhf.policy;

import java.util.List;
import java.util.Locale;
import touchstone.stats.Interval;

/**
 * Whether a trained policy keeps a limit, from fresh episodes.
 *
 * @param outcome what can be said
 * @param cost mean cost of a fresh episode, as the constraint measures it, with its interval
 * @param limit the largest allowed
 * @param least smallest mean cost of a batch in training
 * @param updates of the multiplier
 * @param warnings why the limit may not mean what was meant, in sentences
 */
public record ConstraintVerdict(
        Outcome outcome, Interval cost, double limit, double least, int updates, List<String> warnings) {
    /** What can be said about the limit. */
    public enum Outcome {
        /** The whole interval lies at or below the limit. */
        MET,
        /** The limit lies inside the interval. */
        UNDECIDED,
        /** The whole interval lies above the limit. */
        NOT_MET,
        /** Training was given up: the largest multiplier was reached and the cost stayed above the limit all the same. */
        NO_POLICY_FOUND
    }

    public ConstraintVerdict {
        warnings = List.copyOf(warnings);
    }

    public boolean met() {
        return outcome == Outcome.MET;
    }

    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT,
                "%s: mean cost %.4g [%.4g, %.4g] against a limit of %s",
                outcome,
                cost.estimate(),
                cost.lower(),
                cost.upper(),
                limit);
        if (outcome == Outcome.NO_POLICY_FOUND) {
            line += String.format(
                    Locale.ROOT,
                    "; given up after %d updates with the multiplier at its cap, the least mean cost of a batch was %.4g",
                    updates,
                    least);
        }
        return warnings.isEmpty() ? line : line + "\n  " + String.join("\n  ", warnings);
    }
}
