package touchstone.ood;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The options of PALM: several prototypes a class on the unit sphere, to which the embeddings of the class are drawn.
 *
 * @param prototypes a class, 1 or more
 * @param nearest prototypes that an example is assigned to, at most the prototypes of its class; 0 for all of them
 * @param momentum share of its old place that a prototype keeps at each step, in [0, 1)
 * @param temperature of the likelihood, in units of cosine, above 0
 * @param contrast weight of the contrastive loss between prototypes, 0 or more
 * @param smoothing entropic regularisation of the assignment, in units of cosine, above 0
 */
@Reference("lu2024palm")
public record Palm(
        int prototypes, int nearest, double momentum, double temperature, double contrast, double smoothing) {
    /** Rounds of the Sinkhorn algorithm, as in the paper's code. */
    static final int ROUNDS = 3;

    /** Temperature of the contrastive loss between prototypes, as in the paper's code. */
    static final double CONTRAST_TEMPERATURE = 0.5;

    public Palm {
        Check.atLeast(prototypes, 1, "prototypes");
        Check.atLeast(nearest, 0, "nearest");
        if (nearest > prototypes) {
            throw new IllegalArgumentException(
                    "nearest must be at most the prototypes a class, was " + nearest + " of " + prototypes);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must lie in [0, 1), was " + momentum);
        }
        Check.positive(temperature, "temperature");
        Check.notNegative(contrast, "contrast");
        Check.positive(smoothing, "smoothing");
    }

    /** The paper's: 6 prototypes a class of which 5 are assigned, momentum 0.999, temperature 0.1, contrast 1, smoothing 0.05. */
    public static Palm defaults() {
        return new Palm(6, 5, 0.999, 0.1, 1, 0.05);
    }

    /** With so many prototypes a class; at most as many are assigned. */
    public Palm withPrototypes(int count) {
        return new Palm(count, Math.min(nearest, count), momentum, temperature, contrast, smoothing);
    }

    public Palm withNearest(int k) {
        return new Palm(prototypes, k, momentum, temperature, contrast, smoothing);
    }

    public Palm withMomentum(double m) {
        return new Palm(prototypes, nearest, m, temperature, contrast, smoothing);
    }

    public Palm withContrast(double weight) {
        return new Palm(prototypes, nearest, momentum, temperature, weight, smoothing);
    }
}
