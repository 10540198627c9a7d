package touchstone.ood.uncertainty;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A deep ensemble: networks that were trained alike from different first weights and in different orders.
 *
 * <p>Differs from the paper: no adversarial training.
 *
 * @param members the networks, 1 or more, of equal inputs and outputs; as they hold buffers, use from one thread at a time
 */
@Reference("lakshminarayanan2017simple")
public record DeepEnsemble(List<Network> members) {
    public DeepEnsemble {
        members = List.copyOf(members);
        Check.nonEmpty(members.size(), "members");
        for (int s = 1; s < members.size(); s++) {
            String name = " of members[" + s + "]";
            same(members.get(s).inputs(), members.get(0).inputs(), "inputs" + name);
            same(members.get(s).outputs(), members.get(0).outputs(), "outputs" + name);
        }
    }

    private static void same(int value, int demanded, String name) {
        if (value != demanded) {
            throw new IllegalArgumentException(name + " must be " + demanded + " as of members[0], were " + value);
        }
    }

    /**
     * Trains networks one after the other.
     *
     * @param size number of members, 1 or more
     * @param build a network from a seed of first weights; member s gets the trainer's seed plus s
     * @param trainer how to train; member s takes its seed plus s for order and dropout
     * @param x inputs, [n, inputs]
     * @param loss over the rows of x
     */
    public static DeepEnsemble train(int size, LongFunction<Network> build, Trainer trainer, double[][] x, Loss loss) {
        Check.atLeast(size, 1, "size");
        return new DeepEnsemble(LongStream.range(trainer.seed(), trainer.seed() + size)
                .mapToObj(seed -> {
                    Network network = build.apply(seed);
                    trainer.withSeed(seed).fit(network, network.tensor(x), loss);
                    return network;
                })
                .toList());
    }

    /** What the members say of rows [n, inputs], by the softmax of their outputs. */
    public EnsembleUncertainty predict(double[][] rows) {
        Check.nonEmpty(rows.length, "rows");
        var logits = new double[members.size()][][];
        for (int s = 0; s < logits.length; s++) {
            Network network = members.get(s);
            Tensor x = network.tensor(rows);
            logits[s] = network.logits(x).toMatrix();
        }
        return EnsembleUncertainty.ofLogits(logits);
    }
}
