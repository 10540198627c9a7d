package touchstone.unlearn.report;

import java.util.OptionalDouble;
import touchstone.util.Check;

/**
 * An unlearned model beside one retrained without the forget set. No number of an unlearned model means anything alone: a classifier
 * that never saw an example may still get it right.
 *
 * @param method its name
 * @param unlearned what the probes found in the unlearned model
 * @param retrained the same in the retrained one
 * @param seconds wall time of unlearning, 0 or more
 * @param retrainSeconds wall time of retraining, 0 or more
 */
public record UnlearnReport(
        String method, ModelProbes unlearned, ModelProbes retrained, double seconds, double retrainSeconds) {
    public UnlearnReport {
        Check.notNegative(seconds, "seconds");
        Check.notNegative(retrainSeconds, "retrainSeconds");
    }

    /** Tug of war, in [0, 1]; 1 is best. */
    public double tugOfWar() {
        return unlearned.accuracies().tugOfWar(retrained.accuracies());
    }

    /** Mean distance of the three accuracies from retraining, in [0, 1]; 0 is best. */
    public double gap() {
        return unlearned.accuracies().gap(retrained.accuracies());
    }

    /** Accuracy on the forget set less that of retraining, in [-1, 1]; 0 is best, above 0 it is not forgotten. */
    public double forgetGap() {
        return unlearned.accuracies().forget() - retrained.accuracies().forget();
    }

    /** Accuracy on the retained twins lost against retraining, in [-1, 1]; 0 is best. */
    public double twinDamage() {
        return retrained.twins() - unlearned.twins();
    }

    /** Privacy leakage of the loss attack, percent; 0 is best. */
    public double privacyLeakage() {
        return unlearned.attack().privacyLeakage(retrained.attack().auc());
    }

    /** Mean accuracy over the relearning curve less that of retraining, in [-1, 1]; above 0 it comes back sooner. */
    public double relearningLead() {
        return unlearned.relearning().mean() - retrained.relearning().mean();
    }

    /** The best layer's linear probe less that of retraining, in [-1, 1]; above 0 more can be read than was learnt elsewhere. */
    public double probeLead() {
        return unlearned.bestLayer() - retrained.bestLayer();
    }

    /** Time over that of retraining; empty where retraining took no time that the clock could tell. */
    public OptionalDouble relativeTime() {
        return retrainSeconds > 0 ? OptionalDouble.of(seconds / retrainSeconds) : OptionalDouble.empty();
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: ToW %.3f, forget gap %+.3f, twin damage %+.3f, relearning lead %+.3f, probe lead %+.3f",
                method,
                tugOfWar(),
                forgetGap(),
                twinDamage(),
                relearningLead(),
                probeLead());
    }
}
