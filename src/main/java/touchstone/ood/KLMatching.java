package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
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
        return new Templates(templates)::score;
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

    /** The logarithms of the templates, minus infinity where one is 0. */
    private static final class Templates {
        private static final double SLACK = 1e-12; // relative; a sum of some thousand terms rounds to less
        private final double[][] logs;
        private final boolean[] zeros;
        private final double steepest;
        private final Algebra.Product product;

        Templates(double[][] templates) {
            logs = Arrays.stream(templates)
                    .map(d -> Arrays.stream(d).map(Math::log).toArray())
                    .toArray(double[][]::new);
            zeros = new boolean[logs.length];
            var finite = new double[logs.length][];
            double most = 0;
            for (int k = 0; k < logs.length; k++) {
                finite[k] = logs[k].clone();
                for (int c = 0; c < finite[k].length; c++) {
                    if (Double.isInfinite(finite[k][c])) {
                        zeros[k] = true;
                        finite[k][c] = 0;
                    }
                    most = Math.max(most, -finite[k][c]);
                }
            }
            steepest = most;
            product = Batches.algebra().times(finite);
        }

        double[] score(Batch batch) {
            return Batches.inBlocks(batch.logitRows(), block -> {
                double[][] own = Arrays.stream(block)
                        .parallel()
                        .map(Templates::logSoftmax)
                        .toArray(double[][]::new);
                double[][] p = Arrays.stream(own)
                        .parallel()
                        .map(Templates::exponentials)
                        .toArray(double[][]::new);
                double[][] crossed = product.of(p);
                return Vectors.each(block.length, i -> nearest(p[i], own[i], crossed[i]));
            });
        }

        private static double[] logSoftmax(double[] z) {
            double sum = Vectors.logSumExp(z);
            var out = new double[z.length];
            for (int c = 0; c < z.length; c++) {
                out[c] = z[c] - sum;
            }
            return out;
        }

        private static double[] exponentials(double[] x) {
            var out = new double[x.length];
            for (int c = 0; c < x.length; c++) {
                out[c] = Math.exp(x[c]);
            }
            return out;
        }

        /** The least divergence: the product {@code sum p log d} finds what may be nearest, the sum itself decides. */
        private double nearest(double[] p, double[] own, double[] crossed) {
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < crossed.length; k++) {
                most = zeros[k] ? most : Math.max(most, crossed[k]);
            }
            double bar = most - SLACK * (1 + steepest);
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < crossed.length; k++) {
                if (zeros[k] || crossed[k] >= bar) {
                    least = Math.min(least, Math.max(0, divergence(p, own, logs[k])));
                }
            }
            return least;
        }

        private static double divergence(double[] p, double[] own, double[] log) {
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                sum += p[c] > 0 ? p[c] * (own[c] - log[c]) : 0;
            }
            return sum;
        }
    }
}
