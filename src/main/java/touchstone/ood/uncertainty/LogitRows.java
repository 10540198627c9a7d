package touchstone.ood.uncertainty;

import java.util.Arrays;
import touchstone.util.Check;

/** Rows of logits and of probabilities: checks, softmax, entropy. */
final class LogitRows {
    private LogitRows() {}

    /** Demands finite rows of one width, each with a label in range; returns the width. */
    static int classes(double[][] logits, int[] labels) {
        Check.sameLength(logits.length, "logits", labels.length, "labels");
        int classes = classes(logits, "logits");
        for (int i = 0; i < labels.length; i++) {
            Check.index(labels[i], classes, "labels[" + i + "]");
        }
        return classes;
    }

    /** Demands finite rows of one width, at least one; returns the width. */
    static int classes(double[][] logits, String name) {
        Check.nonEmpty(logits.length, name);
        int classes = Check.atLeast(logits[0].length, 1, "columns of " + name);
        for (int i = 0; i < logits.length; i++) {
            Check.sameLength(logits[i].length, name + "[" + i + "]", classes, name + "[0]");
            Check.allFinite(logits[i], name + "[" + i + "]");
        }
        return classes;
    }

    /** {@code softmax(z)}, [c]. */
    static double[] softmax(double[] z) {
        double most = Arrays.stream(z).max().orElse(0);
        double[] p = Arrays.stream(z).map(v -> Math.exp(v - most)).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(v -> v / sum).toArray();
    }

    /** {@code softmax} of every row, [n, c]. */
    static double[][] softmax(double[][] rows) {
        return Arrays.stream(rows).map(LogitRows::softmax).toArray(double[][]::new);
    }

    /** {@code log sum exp(z)}. */
    static double logSumExp(double[] z) {
        double most = Arrays.stream(z).max().orElse(0);
        return most + Math.log(Arrays.stream(z).map(v -> Math.exp(v - most)).sum());
    }

    /** {@code -sum p log p}, in nats. */
    static double entropy(double[] p) {
        double sum = 0;
        for (double v : p) {
            sum -= v > 0 ? v * Math.log(v) : 0;
        }
        return sum;
    }

    /** The place of the largest element, the first of equals. */
    static int argMax(double[] p) {
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        return best;
    }
}
