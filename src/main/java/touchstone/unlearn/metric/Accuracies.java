package touchstone.unlearn.metric;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Accuracies of one model, in [0, 1], and its distance from a retrained one.
 *
 * @param forget on the examples to forget
 * @param retain on the examples kept
 * @param test on examples never trained on
 */
public record Accuracies(double forget, double retain, double test) {
    public Accuracies {
        Check.probability(forget, "forget");
        Check.probability(retain, "retain");
        Check.probability(test, "test");
    }

    /** Tug of war: the product over the three sets of {@code 1 - |accuracy - retrained accuracy|}; in [0, 1], 1 is best. */
    @Reference("zhao2024makes")
    public double tugOfWar(Accuracies retrained) {
        return (1 - Math.abs(forget - retrained.forget))
                * (1 - Math.abs(retain - retrained.retain))
                * (1 - Math.abs(test - retrained.test));
    }

    /** Mean distance from the retrained model over the three sets, in [0, 1]; 0 is best. */
    public double gap(Accuracies retrained) {
        double sum = Math.abs(forget - retrained.forget) + Math.abs(retain - retrained.retain);
        return (sum + Math.abs(test - retrained.test)) / 3;
    }
}
