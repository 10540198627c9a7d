package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Reference;

/**
 * Least Kullback-Leibler divergence of the softmax from a class template, {@code min_k KL(p || d_k)}, in nats, 0 or more.
 * The template d_k is the mean softmax of the training rows that the model predicts as k; of a class never predicted, the
 * unit vector.
 *
 * <p>Follows the paper: labels are not used. A unit vector gives an infinite divergence to any other row.
 */
@Reference("hendrycks2022scaling")
public record KLMatching() implements StreamingDetector {
    /** There is nothing to choose. */
    public static KLMatching defaults() {
        return new KLMatching();
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return scorer(templates(train.logitRows()));
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(
                this,
                shape -> new ClassSums(
                        shape.logits(),
                        rows -> Arrays.stream(rows.logitRows())
                                .map(z -> Vectors.softmax(z, 1))
                                .toArray(double[][]::new),
                        (rows, i) -> Vectors.argMax(rows.logitRows()[i]),
                        moments -> scorer(IntStream.range(0, shape.logits())
                                .mapToObj(k -> moments.count(k) > 0
                                        ? moments.mean(k)
                                        : Vectors.each(shape.logits(), c -> c == k ? 1 : 0))
                                .toArray(double[][]::new))));
    }

    private static Scorer scorer(double[]... templates) {
        double[][] logs = Arrays.stream(templates)
                .map(d -> Arrays.stream(d).map(Math::log).toArray())
                .toArray(double[][]::new);
        return batch -> Vectors.each(batch.size(), i -> nearest(logs, batch.logitRows()[i]));
    }

    private static double[][] templates(double[][] logits) {
        int classes = logits[0].length;
        var sums = new double[classes][classes];
        var counts = new int[classes];
        for (double[] z : logits) {
            int k = Vectors.argMax(z);
            double[] p = Vectors.softmax(z, 1);
            counts[k]++;
            for (int c = 0; c < classes; c++) {
                sums[k][c] += p[c];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int c = 0; c < classes; c++) {
                sums[k][c] = counts[k] > 0 ? sums[k][c] / counts[k] : (c == k ? 1 : 0);
            }
        }
        return sums;
    }

    private static double nearest(double[][] logs, double[] z) {
        double[] p = Vectors.softmax(z, 1);
        double[] own = Arrays.stream(p).map(Math::log).toArray();
        double least = Double.POSITIVE_INFINITY;
        for (double[] log : logs) {
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                sum += p[c] > 0 ? p[c] * (own[c] - log[c]) : 0;
            }
            least = Math.min(least, Math.max(0, sum));
        }
        return least;
    }
}
