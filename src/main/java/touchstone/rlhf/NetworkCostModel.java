package touchstone.rlhf;

import java.util.Arrays;
import java.util.List;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.loss.Loss;
import touchstone.rlhf.loss.CostLoss;
import touchstone.stats.Interval;
import touchstone.stats.Proportion;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A cost that is a network over features, trained on pairs of which one answer is the safer and on a label of harm for each answer:
 * the sign terms make 0 the border between safe and harmful. Higher is worse.
 *
 * <p>Follows the paper but for the features, which are given instead of a language model's.
 *
 * @param layers of the network; the last gives one number a row
 * @param loss with its penalty and the weight of its sign terms
 * @param trainer epochs, batches of pairs, and the optimiser with its weight decay
 * @param seed of the first weights
 */
@Reference("dai2024safe")
public record NetworkCostModel(List<Layer.Spec> layers, CostLoss loss, Trainer trainer, long seed) {
    public NetworkCostModel {
        layers = List.copyOf(layers);
    }

    /** One hidden layer of 32 with ReLU, full sign terms, no penalty, 30 epochs of 32 pairs, seed 1. */
    public static NetworkCostModel defaults() {
        return new NetworkCostModel(
                NetworkRewardModel.perceptron(32),
                CostLoss.defaults(),
                Trainer.defaults().withEpochs(30),
                1);
    }

    public NetworkCostModel withLayers(List<Layer.Spec> specs) {
        return new NetworkCostModel(specs, loss, trainer, seed);
    }

    public NetworkCostModel withLoss(CostLoss l) {
        return new NetworkCostModel(layers, l, trainer, seed);
    }

    public NetworkCostModel withTrainer(Trainer t) {
        return new NetworkCostModel(layers, loss, t, seed);
    }

    public NetworkCostModel withSeed(long s) {
        return new NetworkCostModel(layers, loss, trainer.withSeed(s), s);
    }

    /**
     * What training gave.
     *
     * @param cost of a row of features; above 0 is harmful, if the sign terms had a weight
     * @param losses mean of each epoch, in nats
     * @param ranking agreement with the training pairs: the less safe answer costs more
     * @param signs share of the training answers on the right side of 0, with Wilson's 95 % interval; 0 itself is wrong
     * @param verdict what a reader should know of the fit, in a sentence
     */
    public record Fitted(ScalarNetwork cost, List<Double> losses, Agreement ranking, Interval signs, String verdict) {
        public Fitted {
            losses = List.copyOf(losses);
        }
    }

    /**
     * Trains.
     *
     * @param lower features of the safer answers, [n, d], n of 2 or more
     * @param higher features of the less safe answers, [n, d]
     * @param lowerHarmful whether the safer answer is harmful all the same, [n]
     * @param higherHarmful whether the less safe answer is harmful, [n]
     * @throws IllegalArgumentException if the sign terms have a weight and all labels are the same: then 0 is no border
     */
    public Fitted fit(double[][] lower, double[][] higher, boolean[] lowerHarmful, boolean[] higherHarmful) {
        Check.sameLength(lower.length, "lower", lowerHarmful.length, "lowerHarmful");
        Check.sameLength(lower.length, "lower", higherHarmful.length, "higherHarmful");
        double[][] rows = ScalarNetwork.interleaved(lower, "lower", higher, "higher");
        if (loss.signs() > 0) {
            demandBoth(lowerHarmful, higherHarmful);
        }
        Network network = ScalarNetwork.build(layers, rows[0].length, seed);
        double[] losses =
                trainer.fit(network, network.tensor(rows), pairs(lowerHarmful.clone(), higherHarmful.clone()), 2);
        ScalarNetwork cost = ScalarNetwork.of(layers, network);
        Agreement ranking = Agreement.of(cost.margins(higher, lower));
        Interval signs = signs(cost.of(rows), interleaved(lowerHarmful, higherHarmful));
        String border = loss.signs() > 0
                ? "; " + Math.round(signs.estimate() * rows.length) + " of " + rows.length
                        + " answers on the right side of 0"
                : "; without sign terms 0 is no border of safety";
        return new Fitted(
                cost,
                Arrays.stream(losses).boxed().toList(),
                ranking,
                signs,
                NetworkRewardModel.verdict(ranking, trainer) + border);
    }

    /** Share of costs on the right side of 0 with Wilson's 95 % interval; a cost of 0 is wrong. [n] each. */
    public static Interval signs(double[] costs, boolean[] harmful) {
        double share = CostLoss.signAccuracy(costs, harmful);
        return Proportion.wilson((int) Math.round(share * costs.length), costs.length, 0.95);
    }

    private static void demandBoth(boolean[] lower, boolean[] higher) {
        int harmful = 0;
        for (int i = 0; i < lower.length; i++) {
            harmful += (lower[i] ? 1 : 0) + (higher[i] ? 1 : 0);
        }
        int answers = 2 * lower.length;
        if (harmful == 0 || harmful == answers) {
            throw new IllegalArgumentException(
                    "the labels must hold safe and harmful answers, all " + answers + " were "
                            + (harmful == 0 ? "safe" : "harmful")
                            + ": with one kind the sign terms push every cost to the same side and 0 is no border; add the other"
                            + " kind, or set the weight of the sign terms to 0");
        }
    }

    private static boolean[] interleaved(boolean[] first, boolean[] second) {
        var both = new boolean[2 * first.length];
        for (int i = 0; i < first.length; i++) {
            both[2 * i] = first[i];
            both[2 * i + 1] = second[i];
        }
        return both;
    }

    /** The loss of a batch of interleaved pairs. */
    Loss pairs(boolean[] lowerHarmful, boolean[] higherHarmful) {
        return (outputs, examples, weight, gradient) -> {
            outputs.demand(2 * examples.length, 1, "outputs");
            int n = examples.length;
            var lower = new double[n];
            var higher = new double[n];
            var sLow = new boolean[n];
            var sHigh = new boolean[n];
            for (int i = 0; i < n; i++) {
                lower[i] = outputs.get(2 * i, 0);
                higher[i] = outputs.get(2 * i + 1, 0);
                sLow[i] = lowerHarmful[examples[i]];
                sHigh[i] = higherHarmful[examples[i]];
            }
            CostLoss.Result value = loss.of(lower, higher, sLow, sHigh);
            Sides.add(weight, value.gradLower(), value.gradHigher(), gradient);
            return weight * value.loss();
        };
    }
}
