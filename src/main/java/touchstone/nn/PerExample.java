package touchstone.nn;

import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * Gradients of each example by itself, without dropout and with running moments, as influence functions, Fisher information and
 * gradient-based detectors need them. Exact for every layer: one backward pass an example.
 */
public final class PerExample {
    private PerExample() {}

    /**
     * The gradient of each example's loss by all trained parameters, in their order, row by row; the parameters' own gradients are
     * cleared.
     *
     * @param x inputs, [n, inputs]; not modified
     * @param examples numbers of the rows in the loss's data set, [n]
     * @return [n, trained numbers]
     */
    public static double[][] gradients(Network network, Tensor x, int[] examples, Loss loss) {
        Check.sameLength(x.rows(), "x", examples.length, "examples");
        var out = new double[x.rows()][];
        for (int i = 0; i < out.length; i++) {
            network.clearGradients();
            Tensor row = x.block(i, 1, 0, x.columns());
            network.accumulate(row, new int[] {examples[i]}, loss, Pass.evaluation());
            out[i] = flat(network);
        }
        network.clearGradients();
        return out;
    }

    /**
     * Sum over rows of the squares of each row's own gradient by all trained parameters, in their order: of many rows at once where the
     * layers allow it, else one by one; the parameters' own gradients are cleared.
     *
     * @param x inputs, [n, inputs]; not modified
     * @param examples numbers of the rows in the loss's data set, [n]
     * @param loss whose gradient by a row of the outputs depends on that row alone, not on how many there are
     * @return [trained numbers], 0 or more
     */
    public static double[] sumOfSquares(Network network, Tensor x, int[] examples, Loss loss) {
        Check.sameLength(x.rows(), "x", examples.length, "examples");
        if (network.rowByRow()) {
            network.clearGradients();
            network.accumulateSquares(x, examples, loss);
            double[] sum = flat(network);
            network.clearGradients();
            return sum;
        }
        var sum = new double[network.trainedSize()];
        for (double[] row : gradients(network, x, examples, loss)) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i] * row[i];
            }
        }
        return sum;
    }

    private static double[] flat(Network network) {
        var all = new double[network.trainedSize()];
        int at = 0;
        for (Parameter p : network.parameters()) {
            if (p.trained()) {
                p.gradient().copyTo(all, at);
                at += p.gradient().size();
            }
        }
        return all;
    }
}
