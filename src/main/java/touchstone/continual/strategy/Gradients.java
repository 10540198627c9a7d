package touchstone.continual.strategy;

import java.util.stream.IntStream;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;

/** Gradients by all trained parameters as one vector. */
final class Gradients {
    private Gradients() {}

    /** Gradient of a loss over rows, without dropout; the network's own gradients are cleared before and after. */
    static double[] of(Network network, Tensor x, Loss loss) {
        network.clearGradients();
        network.accumulate(x, IntStream.range(0, x.rows()).toArray(), loss, Pass.evaluation());
        var all = new double[network.trainedSize()];
        int at = 0;
        for (Parameter p : network.parameters()) {
            if (p.trained()) {
                p.gradient().copyTo(all, at);
                at += p.gradient().size();
            }
        }
        network.clearGradients();
        return all;
    }

    /** {@code sum += weight g^2}. */
    static void addSquared(double[] sum, double[] g, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * g[i] * g[i];
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
