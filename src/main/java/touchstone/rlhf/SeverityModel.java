package touchstone.rlhf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.Loss;
import touchstone.rlhf.loss.OrdinalSeverity;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A cost that is a network over features, trained on graded harm by proportional odds, {@code P(level >= j) = sigma(C - b_j)}; the
 * borders b are trained with it. With two levels it is logistic regression on harm.
 *
 * <p>Follows McCullagh's model with a network for the linear predictor; the graded labels are those of Safe RLHF-V.
 *
 * @param layers of the network; the last gives one number a row
 * @param levels K, 2 or more; 0 is safe, K - 1 the most severe
 * @param trainer epochs, batches of answers, and the optimiser with its weight decay
 * @param seed of the first weights
 */
@Reference("mccullagh1980regression")
public record SeverityModel(List<Layer.Spec> layers, int levels, Trainer trainer, long seed) {
    public SeverityModel {
        layers = List.copyOf(layers);
        Check.atLeast(levels, 2, "levels");
    }

    /** One hidden layer of 32 with ReLU, 30 epochs of 32 answers, seed 1. */
    public static SeverityModel of(int levels) {
        return new SeverityModel(
                NetworkRewardModel.perceptron(32), levels, Trainer.defaults().withEpochs(30), 1);
    }

    public SeverityModel withLayers(List<Layer.Spec> specs) {
        return new SeverityModel(specs, levels, trainer, seed);
    }

    public SeverityModel withTrainer(Trainer t) {
        return new SeverityModel(layers, levels, t, seed);
    }

    public SeverityModel withSeed(long s) {
        return new SeverityModel(layers, levels, trainer.withSeed(s), s);
    }

    /**
     * What training gave.
     *
     * @param cost of a row of features; higher is worse, and above the first border an answer is more likely harmful than safe
     * @param severity the trained borders, in units of the cost
     * @param losses mean of each epoch, in nats
     */
    public record Fitted(ScalarNetwork cost, OrdinalSeverity severity, List<Double> losses) {
        public Fitted {
            losses = List.copyOf(losses);
        }

        /** The likeliest level of each row, [n]. */
        public int[] levels(double[][] rows) {
            return Arrays.stream(cost.of(rows)).mapToInt(severity::level).toArray();
        }

        /** The mean level of each row under the model, [n], in [0, K - 1]: what is expected of a harm that counts by its level. */
        public double[] meanLevels(double[][] rows) {
            return Arrays.stream(cost.of(rows)).map(this::meanLevel).toArray();
        }

        private double meanLevel(double c) {
            double[] p = severity.probabilities(c);
            double mean = 0;
            for (int k = 1; k < p.length; k++) {
                mean += k * p[k];
            }
            return mean;
        }
    }

    /**
     * Trains.
     *
     * @param rows features of answers, [n, d]
     * @param graded level of each answer, [n], in 0 .. K - 1; every level must occur
     */
    public Fitted fit(double[][] rows, int[] graded) {
        Check.nonEmpty(rows.length, "rows");
        Check.sameLength(rows.length, "rows", graded.length, "levels");
        demandAll(graded);
        var all = new ArrayList<>(layers);
        ScalarNetwork.build(layers, rows[0].length, seed); // says what is wrong with the head, if anything is
        all.add(new SeverityBorders(levels));
        Network network = Network.of(Cpu.floats(1), seed, rows[0].length, all);
        double[] losses = trainer.fit(network, network.tensor(rows), loss(graded.clone()));
        List<Parameter> borders = network.head();
        return new Fitted(
                ScalarNetwork.of(layers, network),
                SeverityBorders.severity(borders),
                Arrays.stream(losses).boxed().toList());
    }

    private void demandAll(int[] graded) {
        var counts = new int[levels];
        for (int i = 0; i < graded.length; i++) {
            counts[Check.index(graded[i], levels, "levels[" + i + "]")]++;
        }
        for (int k = 0; k < levels; k++) {
            if (counts[k] == 0) {
                throw new IllegalArgumentException("every level must occur, level " + k + " of " + levels
                        + " did not: its borders would run together or to infinity; merge levels or add answers");
            }
        }
    }

    /** The loss of a batch by the outputs C - b_j, reusing the formulas of the ordinal loss at cost 0 and borders b_j - C. */
    static Loss loss(int[] graded) {
        return (outputs, examples, weight, gradient) -> {
            double sum = 0;
            int borders = outputs.columns();
            outputs.demand(examples.length, borders, "outputs");
            for (int i = 0; i < examples.length; i++) {
                var b = new double[borders];
                for (int j = 0; j < borders; j++) {
                    b[j] = -outputs.get(i, j);
                }
                var value = new OrdinalSeverity(b).of(new double[1], new int[] {graded[examples[i]]});
                double[] byBorder = value.gradBorders();
                double share = weight / examples.length;
                for (int j = 0; j < borders; j++) {
                    gradient.set(i, j, gradient.get(i, j) - share * byBorder[j]);
                }
                sum += share * value.loss();
            }
            return sum;
        };
    }
}
