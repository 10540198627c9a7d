package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Squared Mahalanobis distance to one Gaussian over normalised, then standardised embeddings; 0 or more, no unit. Labels are
 * not used. It is the score of PALM, whose training puts several prototypes a class on the sphere.
 *
 * <p>Differs from the papers: the covariance is over n. Columns without variance are left as they are and do not count,
 * unless the ridge makes them.
 *
 * @param ridge added to the diagonal of the covariance of standardised embeddings, 0 or more
 */
@Reference({"sehwag2021ssd", "lu2024palm"})
public record Ssd(double ridge) implements Detector {
    public Ssd {
        Check.notNegative(ridge, "ridge");
    }

    /** No ridge. */
    public static Ssd defaults() {
        return new Ssd(0);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES);
    }

    @Override
    public Scorer learn(Batch train) {
        double[][] x = Batches.prepared(train, true);
        double[] mean = Vectors.mean(x);
        double[] deviation = deviation(x, mean);
        double[][] standard = standardised(x, mean, deviation);
        Algebra.Product whitening =
                Batches.ALGEBRA.times(ScatterMatrix.whitening(ScatterMatrix.secondMoments(standard, ridge)));
        return batch -> Batches.inBlocks(Batches.prepared(batch, true), block -> {
            double[][] z = whitening.of(standardised(block, mean, deviation));
            return Vectors.each(z.length, i -> Vectors.dot(z[i], z[i]));
        });
    }

    private static double[] deviation(double[][] x, double[] mean) {
        var squares = new double[mean.length];
        for (double[] row : x) {
            for (int j = 0; j < mean.length; j++) {
                squares[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / x.length;
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).map(s -> s > 0 ? s : 1).toArray();
    }

    private static double[][] standardised(double[][] x, double[] mean, double[] deviation) {
        return Arrays.stream(x)
                .map(row -> Vectors.minus(row, mean))
                .map(row -> {
                    for (int j = 0; j < row.length; j++) {
                        row[j] /= deviation[j];
                    }
                    return row;
                })
                .toArray(double[][]::new);
    }
}
