package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Importance of parameters by how much the outputs depend on them, as memory-aware synapses take it. */
@Reference("aljundi2018memory")
public final class Importance {
    private Importance() {}

    /** {@code mean_n |d ||z_n||^2 / d theta|} over examples, [parameters]; zeros when there are none. */
    public static double[] memoryAware(Network network, Labelled data) {
        return memoryAware(network, data, 1);
    }

    /** The same with gradients of batch means, which lets signs cancel (Avalanche); batch 1 is the definition. */
    public static double[] memoryAware(Network network, Labelled data, int batch) {
        Check.atLeast(batch, 1, "batch");
        var sum = new double[network.trainedSize()];
        int batches = (data.size() + batch - 1) / batch;
        for (int from = 0; from < data.size(); from += batch) {
            int n = Math.min(batch, data.size() - from);
            double[] g =
                    Gradients.of(network, data.x().block(from, n, 0, data.x().columns()), SQUARED_NORM);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Math.abs(g[i]) / batches;
            }
        }
        return sum;
    }

    /** Mean over rows of the squared norm of the outputs. */
    private static final Loss SQUARED_NORM = (Tensor z, int[] examples, double weight, Tensor gradient) -> {
        double sum = 0;
        double share = weight / z.rows();
        for (int i = 0; i < z.rows(); i++) {
            for (int j = 0; j < z.columns(); j++) {
                double v = z.get(i, j);
                sum += v * v;
                gradient.set(i, j, gradient.get(i, j) + share * 2 * v);
            }
        }
        return share * sum;
    };
}
