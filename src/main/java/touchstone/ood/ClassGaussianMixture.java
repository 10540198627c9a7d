package touchstone.ood;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
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
 * together. The least distance stands for its aggregated Mahalanobis metrics, of which there is no public code. Means start
 * at rows chosen far apart (k-means++), covariances at the class's own.
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
        double[] mean = Vectors.mean(rows);
        double[][] centred =
                Arrays.stream(rows).map(row -> Vectors.minus(row, mean)).toArray(double[][]::new);
        double[][] own = ScatterMatrix.secondMoments(centred, 0);
        GaussianMixture.regularise(own, ridge, covariance);
        var weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        var covariances = new double[components][][];
        Arrays.fill(covariances, own);
        double[][] starts = components == 1 ? new double[][] {mean} : starts(rows, Seeds.rng(seed, "mixture", k));
        GaussianMixture mixture = GaussianMixture.of(weights, starts, covariances);
        for (int step = 0; step < iterations; step++) {
            mixture = mixture.step(rows, ridge, covariance);
        }
        return mixture;
    }

    /** Rows far apart: each is drawn with a chance in proportion to its squared distance from those before. */
    private double[][] starts(double[][] rows, RandomGenerator rng) {
        var starts = new double[components][];
        var gaps = new double[rows.length];
        Arrays.fill(gaps, 1);
        for (int k = 0; k < components; k++) {
            double at = rng.nextDouble() * Vectors.sum(gaps);
            int chosen = 0;
            while (chosen + 1 < rows.length && at >= gaps[chosen]) {
                at -= gaps[chosen++];
            }
            starts[k] = rows[chosen].clone();
            for (int i = 0; i < rows.length; i++) {
                double[] gap = Vectors.minus(rows[i], starts[k]);
                double squared = Vectors.dot(gap, gap);
                gaps[i] = k == 0 ? squared : Math.min(gaps[i], squared);
            }
        }
        return starts;
    }
}
