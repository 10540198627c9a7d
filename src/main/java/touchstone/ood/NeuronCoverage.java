package touchstone.ood;

import java.util.Set;
import java.util.stream.IntStream;
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
        LinearHead head = train.head();
        double[] edges = edges();
        var counts = new double[head.width()][edges.length];
        for (int i = 0; i < train.size(); i++) {
            double[] s = states(head, train.featureRows()[i], train.logitRows()[i]);
            for (int j = 0; j < s.length; j++) {
                counts[j][bin(edges, s[j])]++;
            }
        }
        return batch -> Vectors.each(batch.size(), i -> {
            double[] s = states(head, batch.featureRows()[i], batch.logitRows()[i]);
            double covered = IntStream.range(0, s.length)
                    .mapToDouble(j -> Math.min(counts[j][bin(edges, s[j])], enough))
                    .sum(); // of whole numbers where enough is one: equal coverages tie
            return -covered / (enough * s.length);
        });
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

    private static int bin(double[] edges, double state) {
        int m = 0;
        while (m + 1 < edges.length && state >= edges[m + 1]) {
            m++;
        }
        return m;
    }

    /** The state of each neuron of one row, [d]. */
    double[] states(LinearHead head, double[] f, double[] z) {
        double[] p = Vectors.softmax(z, 1);
        var s = new double[f.length];
        for (int c = 0; c < p.length; c++) {
            for (int j = 0; j < s.length; j++) {
                s[j] += head.row(c)[j] * (p[c] - 1.0 / p.length);
            }
        }
        for (int j = 0; j < s.length; j++) {
            s[j] = 1 / (1 + Math.exp(-alpha * f[j] * s[j]));
        }
        return s;
    }
}
