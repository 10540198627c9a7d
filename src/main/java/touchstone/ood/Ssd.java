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
        return scorer(ScatterMatrix.about(mean, x), mean);
    }

    /** From the covariance of the rows, which is divided by the deviations in place. */
    private ExplainingScorer scorer(double[][] s, double[] mean) {
        double[] deviation = Vectors.each(s.length, j -> s[j][j] > 0 ? Math.sqrt(s[j][j]) : 1);
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                s[a][b] = s[a][b] / (deviation[a] * deviation[b]) + (a == b ? ridge : 0);
            }
        }
        return scorer(s, mean, deviation);
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
        return ExactFit.of(
                this, shape -> ClassSums.gaussian(shape, true, moments -> scorer(moments.overall(0), moments.mean())));
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
