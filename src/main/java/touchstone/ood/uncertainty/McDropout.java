package touchstone.ood.uncertainty;

import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Monte Carlo dropout: the passes of one network with its dropout left on, each with masks of its own, as members of an
 * ensemble. Batch norm keeps its running moments and the network is not changed. Equal seeds give equal bits; the masks of a
 * row depend on its place in the batch.
 *
 * <p>Follows the paper; a network without dropout gives S equal members.
 *
 * @param passes S, 1 or more
 * @param seed of the masks
 */
@Reference("gal2016dropout")
public record McDropout(int passes, long seed) {
    public McDropout {
        Check.atLeast(passes, 1, "passes");
    }

    /** 50 passes, seed 1. */
    public static McDropout defaults() {
        return new McDropout(50, 1);
    }

    public McDropout withPasses(int count) {
        return new McDropout(count, seed);
    }

    public McDropout withSeed(long s) {
        return new McDropout(passes, s);
    }

    /** What the passes say of rows [n, inputs], by the softmax of the network's outputs. */
    public EnsembleUncertainty predict(Network network, double[][] rows) {
        Check.nonEmpty(rows.length, "rows");
        Tensor x = network.tensor(rows);
        var logits = new double[passes][][];
        for (int s = 0; s < passes; s++) {
            logits[s] = network.forward(x, Pass.sampling(seed, s)).toMatrix();
        }
        return EnsembleUncertainty.ofLogits(logits);
    }
}
