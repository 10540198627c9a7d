package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Neuron activation coverage (NAC-UE) of the penultimate layer: minus the mean over neurons of
 * {@code min(count / enough, 1)}, in [-1, 0]. A neuron's state is {@code sigmoid(alpha f_j g_j)} with g the gradient of
 * {@code KL(uniform || p)} in the features, {@code W^T (p - 1/C)}; count is how many training rows had a state in the same
 * bin.
 *
 * <p>Differs from the paper: one layer. Bins as in its code, narrow around 0.5.
 *
 * @param bins number of bin edges, even, 4 or more
 * @param enough how many training rows cover a bin fully, above 0
 * @param alpha steepness of the sigmoid, above 0
 */
@Reference("liu2024neuron")
public record NeuronCoverage(int bins, double enough, double alpha) implements Detector {
    private static final int BLOCK = 1024; // rows whose states are held at once
    private static final double BASE = 1000; // of the logarithmic spacing in the paper's code

    public NeuronCoverage {
        Check.atLeast(bins, 4, "bins");
        if (bins % 2 != 0) {
            throw new IllegalArgumentException("bins must be even, was " + bins);
        }
        Check.positive(enough, "enough");
        Check.positive(alpha, "alpha");
    }

    /** The paper's choice for CIFAR-10: 50 edges, 50 rows, alpha 100. */
    public static NeuronCoverage defaults() {
        return new NeuronCoverage(50, 50, 100);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        Algebra.Product byClass = Batches.algebra().times(transpose(train.head()));
        double[] edges = slopes(edges());
        var counts = new double[train.head().width()][edges.length];
        for (int from = 0; from < train.size(); from += BLOCK) {
            for (int[] row : bins(byClass, edges, train, from)) {
                for (int j = 0; j < row.length; j++) {
                    counts[j][row[j]]++;
                }
            }
        }
        return batch -> {
            var scores = new double[batch.size()];
            for (int from = 0; from < scores.length; from += BLOCK) {
                int[][] rows = bins(byClass, edges, batch, from);
                for (int i = 0; i < rows.length; i++) {
                    scores[from + i] = -covered(counts, rows[i]);
                }
            }
            return scores;
        };
    }

    private double covered(double[][] counts, int[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += Math.min(counts[j][row[j]], enough); // whole numbers where enough is one: equal coverages tie
        }
        return sum / (enough * row.length);
    }

    private static double[][] transpose(LinearHead head) {
        var out = new double[head.width()][head.classes()];
        for (int c = 0; c < head.classes(); c++) {
            for (int j = 0; j < out.length; j++) {
                out[j][c] = head.row(c)[j];
            }
        }
        return out;
    }

    /** Edges of the bins, from 0: {@code log_base} of equal steps up to 0.5, then mirrored. */
    double[] edges() {
        int half = bins / 2;
        var edges = new double[bins];
        for (int m = 0; m < half; m++) {
            double at = 1 + (Math.sqrt(BASE) - 1) * m / (half - 1);
            edges[m] = Math.log(at) / Math.log(BASE);
            edges[2 * half - 2 - m] = 1 - edges[m];
        }
        edges[bins - 2] += 0.01;
        edges[bins - 1] = 1.2;
        return edges;
    }

    /** Where {@code 1 / (1 + exp(-u))} passes the edges: that of u; minus and plus infinity where it never does. */
    private static double[] slopes(double[] edges) {
        return Arrays.stream(edges)
                .map(e -> e <= 0 ? Double.NEGATIVE_INFINITY : e >= 1 ? Double.POSITIVE_INFINITY : Math.log(e / (1 - e)))
                .toArray();
    }

    /** The bins of the states of some rows from one on, [rows][d]. */
    private int[][] bins(Algebra.Product byClass, double[] slopes, Batch batch, int from) {
        int to = Math.min(batch.size(), from + BLOCK);
        double[][] excess = IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> excess(batch.logitRows()[i]))
                .toArray(double[][]::new);
        double[][] gradients = byClass.of(excess);
        return IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> bins(slopes, batch.featureRows()[i], gradients[i - from]))
                .toArray(int[][]::new);
    }

    private static double[] excess(double[] z) {
        double[] p = Vectors.softmax(z, 1);
        for (int c = 0; c < p.length; c++) {
            p[c] -= 1.0 / p.length;
        }
        return p;
    }

    private int[] bins(double[] slopes, double[] f, double[] gradient) {
        var row = new int[f.length];
        for (int j = 0; j < row.length; j++) {
            int at = Arrays.binarySearch(slopes, 1, slopes.length, alpha * f[j] * gradient[j] + 0.0); // no -0.0
            row[j] = at >= 0 ? at : -at - 2;
        }
        return row;
    }
}
