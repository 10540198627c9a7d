package touchstone.unlearn.loss;

import touchstone.nn.Tensor;

/** Logarithms of softmax, in double. */
public final class LogSoftmax {
    private LogSoftmax() {}

    /** Of a row of logits over a temperature, [c]; nats, 0 or less. */
    public static double[] of(Tensor logits, int row, double temperature) {
        var z = new double[logits.columns()];
        for (int j = 0; j < z.length; j++) {
            z[j] = logits.get(row, j) / temperature;
        }
        return of(z);
    }

    /** Of logits, [c]; nats, 0 or less. */
    public static double[] of(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double z : logits) {
            most = Math.max(most, z);
        }
        double sum = 0;
        for (double z : logits) {
            sum += Math.exp(z - most);
        }
        double log = most + Math.log(sum);
        var out = new double[logits.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = logits[j] - log;
        }
        return out;
    }

    /** Adds {@code factor (p - onehot(label))}, the gradient of {@code -factor log p(label)}, to a row; p from its logarithms. */
    static void addSlope(Tensor gradient, int row, double[] logP, int label, double factor) {
        for (int j = 0; j < logP.length; j++) {
            double slope = Math.exp(logP[j]) - (j == label ? 1 : 0);
            gradient.set(row, j, gradient.get(row, j) + factor * slope);
        }
    }
}
