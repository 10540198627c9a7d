package touchstone.rlhf;

import java.util.Arrays;
import java.util.List;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.rlhf.loss.BradleyTerry;
import touchstone.rlhf.loss.PairLoss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A reward that is a network over features, trained on batches of preference pairs by the Bradley-Terry loss; both answers of a pair
 * pass through the same network in the same batch.
 *
 * <p>Follows the papers but for the features, which are given instead of a language model's.
 *
 * @param layers of the network; the last gives one number a row
 * @param loss with its centring and label smoothing
 * @param trainer epochs, batches of pairs, and the optimiser with its weight decay
 * @param seed of the first weights
 */
@Reference({"bradley1952rank", "ouyang2022training", "touvron2023llama2"})
public record NetworkRewardModel(List<Layer.Spec> layers, BradleyTerry loss, Trainer trainer, long seed) {
    public NetworkRewardModel {
        layers = List.copyOf(layers);
    }

    /** One hidden layer of 32 with ReLU, no centring or smoothing, 30 epochs of 32 pairs, seed 1. */
    public static NetworkRewardModel defaults() {
        return new NetworkRewardModel(
                perceptron(32), BradleyTerry.defaults(), Trainer.defaults().withEpochs(30), 1);
    }

    static List<Layer.Spec> perceptron(int hidden) {
        return List.of(Dense.of(hidden).withGain(Math.sqrt(2)), Activate.relu(), Dense.of(1));
    }

    public NetworkRewardModel withLayers(List<Layer.Spec> specs) {
        return new NetworkRewardModel(specs, loss, trainer, seed);
    }

    public NetworkRewardModel withLoss(BradleyTerry l) {
        return new NetworkRewardModel(layers, l, trainer, seed);
    }

    public NetworkRewardModel withTrainer(Trainer t) {
        return new NetworkRewardModel(layers, loss, t, seed);
    }

    public NetworkRewardModel withSeed(long s) {
        return new NetworkRewardModel(layers, loss, trainer.withSeed(s), s);
    }

    /**
     * What training gave.
     *
     * @param reward of a row of features; higher is better
     * @param losses mean of each epoch, in nats, margins and centring included
     * @param training agreement with the pairs it was trained on
     * @param verdict what a reader should know of the fit, in a sentence
     */
    public record Fitted(ScalarNetwork reward, List<Double> losses, Agreement training, String verdict) {
        public Fitted {
            losses = List.copyOf(losses);
        }
    }

    /** Trains on the features of the preferred and of the other answers, [n, d] each, n of 2 or more. */
    public Fitted fit(double[][] chosen, double[][] rejected) {
        return fit(chosen, rejected, new double[chosen.length]);
    }

    /** As {@link #fit(double[][], double[][])}, with the lead in reward units that each pair should have, [n]. */
    public Fitted fit(double[][] chosen, double[][] rejected, double[] margin) {
        Check.sameLength(chosen.length, "chosen", margin.length, "margin");
        Check.allFinite(margin, "margin");
        double[][] rows = ScalarNetwork.interleaved(chosen, "chosen", rejected, "rejected");
        Network network = ScalarNetwork.build(layers, rows[0].length, seed);
        double[] losses = trainer.fit(network, network.tensor(rows), pairs(margin.clone()), 2);
        ScalarNetwork reward = ScalarNetwork.of(layers, network);
        Agreement training = Agreement.of(reward.margins(chosen, rejected));
        return new Fitted(reward, Arrays.stream(losses).boxed().toList(), training, verdict(training, trainer));
    }

    /** The loss of a batch of interleaved pairs. */
    Loss pairs(double[] margin) {
        return (outputs, examples, weight, gradient) -> {
            outputs.demand(2 * examples.length, 1, "outputs");
            var chosen = new double[examples.length];
            var rejected = new double[examples.length];
            var leads = new double[examples.length];
            for (int i = 0; i < examples.length; i++) {
                chosen[i] = outputs.get(2 * i, 0);
                rejected[i] = outputs.get(2 * i + 1, 0);
                leads[i] = margin[examples[i]];
            }
            PairLoss value = loss.of(chosen, rejected, leads);
            Sides.add(weight, value.gradChosen(), value.gradRejected(), gradient);
            return weight * value.loss();
        };
    }

    static String verdict(Agreement training, Trainer trainer) {
        boolean apart = training.accuracy().estimate() == 1;
        boolean decays = trainer.optimizer() instanceof AdamW adam && adam.decay() > 0;
        if (apart && !decays) {
            return "all " + training.pairs()
                    + " training pairs are in order and there is no weight decay: the optimum is at"
                    + " infinity, and the scale of the rewards is that of the number of steps";
        }
        return apart
                ? "all " + training.pairs()
                        + " training pairs are in order: held-out pairs must tell how much of it is learnt"
                : "in order on " + Math.round(training.accuracy().estimate() * training.pairs()) + " of "
                        + training.pairs() + " training pairs";
    }
}
