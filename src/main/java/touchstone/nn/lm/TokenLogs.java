package touchstone.nn.lm;

import touchstone.nn.Tensor;

/** Log-probabilities of the targets of a batch, in nats, and their gradients by the logits. */
public final class TokenLogs {
    private TokenLogs() {}

    /** {@code log p(target t of sample i | tokens before)}, 0 or less: [size][targets]. */
    public static double[][] of(Tensor logits, Batch batch) {
        logits.demand(batch.size() * batch.steps(), logits.columns(), "logits");
        var logs = new double[batch.size()][];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = new double[batch.targets(i)];
            for (int t = 0; t < logs[i].length; t++) {
                double[] z = row(logits, batch.row(i, t));
                logs[i][t] = z[batch.target(i, t)] - logSum(z);
            }
        }
        return logs;
    }

    /** The log-probabilities of all tokens in one row, [vocabulary]. */
    public static double[] row(Tensor logits, Batch batch, int i, int t) {
        double[] z = row(logits, batch.row(i, t));
        double sum = logSum(z);
        for (int j = 0; j < z.length; j++) {
            z[j] -= sum;
        }
        return z;
    }

    /**
     * Adds the gradient by the logits of {@code sum factors[i][t] log p(target t of sample i)}.
     *
     * @param factors [size][targets]
     * @param gradient of the logits' shape; added to
     */
    public static void addGradient(Tensor logits, Batch batch, double[][] factors, Tensor gradient) {
        gradient.demand(logits.rows(), logits.columns(), "gradient");
        var shares = new double[logits.rows()];
        for (int i = 0; i < batch.size(); i++) {
            for (int t = 0; t < batch.targets(i); t++) {
                shares[batch.row(i, t)] = -factors[i][t];
            }
        }
        addCrossEntropy(logits, batch, shares, gradient);
    }

    /** {@code -sum shares[row] log p(target)} over the rows of the targets; its gradient is added. */
    static double addCrossEntropy(Tensor logits, Batch batch, double[] shares, Tensor gradient) {
        var targets = new int[logits.rows()];
        for (int i = 0; i < batch.size(); i++) {
            for (int t = 0; t < batch.targets(i); t++) {
                targets[batch.row(i, t)] = batch.target(i, t);
            }
        }
        return logits.addCrossEntropy(targets, shares, gradient);
    }

    private static double[] row(Tensor logits, int at) {
        var z = new double[logits.columns()];
        logits.block(at, 1, 0, z.length).copyTo(z, 0);
        return z;
    }

    private static double largest(double[] z) {
        double most = Double.NEGATIVE_INFINITY;
        for (double v : z) {
            most = Math.max(most, v);
        }
        return most;
    }

    private static double logSum(double[] z) {
        double most = largest(z);
        double sum = 0;
        for (double v : z) {
            sum += Math.exp(v - most);
        }
        return most + Math.log(sum);
    }
}
