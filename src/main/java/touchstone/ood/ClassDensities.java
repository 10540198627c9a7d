package touchstone.ood;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.util.Check;

/**
 * A mixture of Gaussians for each class with the share of each class: a density of features that classifies and scores.
 * Immutable.
 */
public final class ClassDensities {
    private final int[] classes;
    private final double[] logPriors;
    private final List<GaussianMixture> mixtures;

    private ClassDensities(int[] classes, double[] priors, List<GaussianMixture> mixtures) {
        this.classes = classes.clone();
        this.mixtures = List.copyOf(mixtures);
        logPriors = Arrays.stream(priors).map(Math::log).toArray();
    }

    /**
     * Densities of given mixtures.
     *
     * @param classes label of each class, [c]
     * @param priors share of each class, [c], above 0
     * @param mixtures of each class, [c]
     */
    public static ClassDensities of(int[] classes, double[] priors, List<GaussianMixture> mixtures) {
        Check.nonEmpty(classes.length, "classes");
        Check.sameLength(classes.length, "classes", priors.length, "priors");
        Check.sameLength(classes.length, "classes", mixtures.size(), "mixtures");
        for (int k = 0; k < priors.length; k++) {
            Check.positive(priors[k], "priors[" + k + "]");
        }
        return new ClassDensities(classes, priors, mixtures);
    }

    /** The labels of the classes, [c], rising; a copy. */
    public int[] classes() {
        return classes.clone();
    }

    /** The mixture of the class at a place of {@link #classes}. */
    public GaussianMixture mixture(int place) {
        return mixtures.get(place);
    }

    /**
     * The log of each class's share times its density, in nats.
     *
     * @param batch with features, [n, d]
     * @return [n][c], in the order of {@link #classes}
     */
    public double[][] logDensities(Batch batch) {
        double[][] x = features(batch);
        return IntStream.range(0, x.length)
                .parallel()
                .mapToObj(i -> logDensities(x[i]))
                .toArray(double[][]::new);
    }

    /** The label of the class with the largest share times density of each row, [n]; the first of equals. */
    public int[] classify(Batch batch) {
        return Arrays.stream(logDensities(batch))
                .mapToInt(row -> classes[Vectors.argMax(row)])
                .toArray();
    }

    /** The score that a {@link ClassGaussianMixture} of this aggregate gives. */
    public Scorer scorer(ClassGaussianMixture.Aggregate aggregate) {
        return batch -> {
            double[][] x = features(batch);
            return aggregate == ClassGaussianMixture.Aggregate.LOG_DENSITY
                    ? Vectors.each(x.length, i -> -Vectors.logSumExp(logDensities(x[i])))
                    : Vectors.each(x.length, i -> nearest(x[i]));
        };
    }

    private double[][] features(Batch batch) {
        batch.demand(java.util.Set.of(Input.FEATURES), "ClassDensities");
        double[][] x = batch.featureRows();
        Check.sameLength(x[0].length, "a row of features", mixtures.get(0).mean(0).length, "a mean");
        return x;
    }

    private double[] logDensities(double[] x) {
        var terms = new double[classes.length];
        for (int k = 0; k < terms.length; k++) {
            terms[k] = logPriors[k] + mixtures.get(k).logDensity(x);
        }
        return terms;
    }

    private double nearest(double[] x) {
        return mixtures.stream().mapToDouble(m -> m.nearest(x)).min().orElse(Double.POSITIVE_INFINITY);
    }
}
