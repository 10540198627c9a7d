package touchstone.ood;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A mixture of Gaussians for each class, fitted by expectation maximisation; scores are the least squared Mahalanobis
 * distance to a component, 0 or more and no unit, or minus the log density under all classes, in nats, any real value.
 * {@link #densities} gives the fitted densities themselves, which also classify.
 *
 * <p>Differs from the paper (HVCM): the densities alone, on features that are given; the paper learns features and densities
 * together. The least distance stands for its aggregated Mahalanobis metrics, of which there is no public code. Expectation
 * maximisation starts at the groups of k-means, as in scikit-learn.
 *
 * @param components Gaussians a class, 1 or more, at most the rows of each class
 * @param covariance what the covariances of a class's components may be
 * @param ridge added to the diagonals, in squared feature units, above 0
 * @param iterations of expectation maximisation, 0 or more
 * @param aggregate what the score is
 * @param seed of the starts
 */
@Reference("li2024hierarchical")
public record ClassGaussianMixture(
        int components, Covariance covariance, double ridge, int iterations, Aggregate aggregate, long seed)
        implements Detector {
    /** What the score is. */
    public enum Aggregate {
        /** The least squared Mahalanobis distance to a component of any class. */
        MIN_MAHALANOBIS,
        /** Minus the log of the density of all classes, each weighed by its share of the training rows. */
        LOG_DENSITY
    }

    public ClassGaussianMixture {
        Check.atLeast(components, 1, "components");
        Check.positive(ridge, "ridge");
        Check.atLeast(iterations, 0, "iterations");
    }

    /** Two full Gaussians a class, ridge 1e-3, 50 iterations, the least Mahalanobis distance, seed 1. */
    public static ClassGaussianMixture defaults() {
        return new ClassGaussianMixture(2, Covariance.FULL, 1e-3, 50, Aggregate.MIN_MAHALANOBIS, 1);
    }

    public ClassGaussianMixture withComponents(int k) {
        return new ClassGaussianMixture(k, covariance, ridge, iterations, aggregate, seed);
    }

    public ClassGaussianMixture withCovariance(Covariance kind) {
        return new ClassGaussianMixture(components, kind, ridge, iterations, aggregate, seed);
    }

    public ClassGaussianMixture withAggregate(Aggregate a) {
        return new ClassGaussianMixture(components, covariance, ridge, iterations, a, seed);
    }

    public ClassGaussianMixture withSeed(long s) {
        return new ClassGaussianMixture(components, covariance, ridge, iterations, aggregate, s);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LABELS);
    }

    @Override
    public Scorer learn(Batch train) {
        return densities(train).scorer(aggregate);
    }

    /** Fits the densities: what scores and classifies. The training batch must hold features and labels. */
    public ClassDensities densities(Batch train) {
        train.demand(requires(), name());
        double[][] x = train.featureRows();
        int[] labels = train.labels();
        int[] counts = ScatterMatrix.counts(labels, Batches.classes(x, labels));
        int[] present =
                IntStream.range(0, counts.length).filter(k -> counts[k] > 0).toArray();
        double[] priors = IntStream.of(present)
                .mapToDouble(k -> (double) counts[k] / x.length)
                .toArray();
        List<GaussianMixture> mixtures = IntStream.of(present)
                .mapToObj(k -> mixture(
                        IntStream.range(0, x.length)
                                .filter(i -> labels[i] == k)
                                .mapToObj(i -> x[i])
                                .toArray(double[][]::new),
                        k))
                .toList();
        return ClassDensities.of(present, priors, mixtures);
    }

    private GaussianMixture mixture(double[][] rows, int k) {
        if (rows.length < components) {
            throw new IllegalArgumentException("components must be at most the rows of each class, was " + components
                    + ", class " + k + " had " + rows.length);
        }
        int[] groups = KMeans.groups(rows, components, Seeds.rng(seed, "mixture", k));
        var shares = new double[rows.length][components];
        for (int i = 0; i < rows.length; i++) {
            shares[i][groups[i]] = 1;
        }
        GaussianMixture mixture = GaussianMixture.of(rows, shares, ridge, covariance);
        for (int step = 0; step < iterations; step++) {
            mixture = mixture.step(rows, ridge, covariance);
        }
        return mixture;
    }
}
