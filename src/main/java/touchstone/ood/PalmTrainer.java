package touchstone.ood;

import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Trains a network so that the directions of its outputs, the embeddings, lie close around several prototypes a class.
 *
 * <p>Differs from the paper: one view of each example, no augmentation (the paper has two); prototypes start evenly on the sphere,
 * the paper's code starts them in its positive orthant. With all labels 0 it is the paper's form for unlabelled data.
 *
 * @param palm the losses and the prototypes
 * @param trainer optimiser, epochs, batches; its seed also draws the first prototypes
 */
@Reference("lu2024palm")
public record PalmTrainer(Palm palm, Trainer trainer) {
    /** The paper's losses and the default trainer. */
    public static PalmTrainer defaults() {
        return new PalmTrainer(Palm.defaults(), Trainer.defaults());
    }

    public PalmTrainer withPalm(Palm p) {
        return new PalmTrainer(p, trainer);
    }

    public PalmTrainer withTrainer(Trainer t) {
        return new PalmTrainer(palm, t);
    }

    /**
     * Trains the network in place. Equal networks, examples and options give equal bits.
     *
     * @param network whose outputs are embeddings; their lengths do not matter
     * @param x examples, [n][inputs]; not modified
     * @param labels class of each, [n], 0 or more
     * @return the prototypes after the last step
     */
    public PrototypeMixture fit(Network network, double[][] x, int... labels) {
        Check.nonEmpty(x.length, "x");
        Check.sameLength(x.length, "x", labels.length, "labels");
        var loss = new PalmLoss(palm, network.outputs(), trainer.seed(), labels);
        trainer.fit(network, network.tensor(x), loss);
        return loss.prototypes();
    }
}
