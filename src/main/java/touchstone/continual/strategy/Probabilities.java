package touchstone.continual.strategy;

import touchstone.nn.Tensor;

/** Softmax of a row of logits. */
final class Probabilities {
    private Probabilities() {}

    /** Probabilities of row i, [classes]. */
    static double[] of(Tensor logits, int i) {
        return of(logits, i, 1);
    }

    /** Probabilities of row i at a temperature. */
    static double[] of(Tensor logits, int i, double temperature) {
        var p = new double[logits.columns()];
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < p.length; j++) {
            p[j] = logits.get(i, j) / temperature;
            most = Math.max(most, p[j]);
        }
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = Math.exp(p[j] - most);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        return p;
    }

    /** Index of the largest; the first of equals. */
    static int largest(double[] p) {
        int best = 0;
        for (int j = 1; j < p.length; j++) {
            if (p[j] > p[best]) {
                best = j;
            }
        }
        return best;
    }
}
