package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
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
public record Ssd(double ridge) implements ExplainingDetector, StreamingDetector {
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
    public ExplainingScorer learn(Batch train) {
        double[][] x = Batches.prepared(train, true);
        double[] mean = Vectors.mean(x);
        double[] deviation = deviation(x, mean);
        return scorer(ScatterMatrix.secondMoments(standardised(x, mean, deviation), ridge), mean, deviation);
    }

    private static ExplainingScorer scorer(double[][] covariance, double[] mean, double[] deviation) {
        return GaussianScorer.of(
                rows -> standardised(Batches.prepared(rows, true), mean, deviation),
                covariance,
                new double[][] {new double[mean.length]},
                -1);
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(this, shape -> ClassSums.gaussian(shape, true, this::scorer));
    }

    private ExplainingScorer scorer(ExactMoments moments) {
        double[][] s = moments.overall(0);
        double[] deviation = Vectors.each(s.length, j -> s[j][j] > 0 ? Math.sqrt(s[j][j]) : 1);
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                s[a][b] = s[a][b] / (deviation[a] * deviation[b]) + (a == b ? ridge : 0);
            }
        }
        return scorer(s, moments.mean(), deviation);
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
