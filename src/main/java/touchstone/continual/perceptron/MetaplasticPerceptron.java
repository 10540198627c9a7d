package touchstone.continual.perceptron;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A perceptron of binary weights {@code w = sign h} that learns by its hidden weights h, which are the more reluctant to change
 * sign the larger they are. Immutable; {@link #learn} gives a new one.
 *
 * <p>A step of plain descent on the mean of {@code log(1 + exp(-2 y u))}, {@code u = w . x / sqrt(d)}, asks for a change D of each
 * hidden weight, as if w were h. Where D would bring h nearer to 0 it is weakened:
 *
 * <pre>
 * h = h + D                            if D h &gt;= 0
 * h = h + D (1 - tanh(strength h)^2)   if D h &lt; 0
 * </pre>
 *
 * <p>Differs from the paper: one layer, plain descent instead of Adam, no batch norm.
 */
@Reference("laborieux2021synaptic")
public final class MetaplasticPerceptron {
    private final double[] hidden;

    private MetaplasticPerceptron(double[] hidden) {
        this.hidden = hidden;
    }

    /**
     * How to learn one task.
     *
     * @param strength of the metaplasticity, 0 or more; 0 is a binary perceptron without it
     * @param rate of the steps, above 0
     * @param epochs passes over the examples, 1 or more
     * @param batch examples a step, 1 or more
     * @param seed of the order
     */
    public record Options(double strength, double rate, int epochs, int batch, long seed) {
        public Options {
            Check.notNegative(strength, "strength");
            Check.positive(rate, "rate");
            Check.atLeast(epochs, 1, "epochs");
            Check.atLeast(batch, 1, "batch");
        }

        /** Strength 1, 100 epochs of batches of 20 at rate 1, seed 1. */
        public static Options defaults() {
            return new Options(1, 1, 100, 20, 1);
        }

        public Options withStrength(double s) {
            return new Options(s, rate, epochs, batch, seed);
        }

        public Options withRate(double r) {
            return new Options(strength, r, epochs, batch, seed);
        }

        public Options withEpochs(int count) {
            return new Options(strength, rate, count, batch, seed);
        }

        public Options withSeed(long s) {
            return new Options(strength, rate, epochs, batch, s);
        }
    }

    /** Hidden weights drawn evenly from [-0.1, 0.1]. */
    public static MetaplasticPerceptron draw(int inputs, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "hidden weights");
        return new MetaplasticPerceptron(rng.doubles(Check.atLeast(inputs, 1, "inputs"))
                .map(v -> 0.1 * (2 * v - 1))
                .toArray());
    }

    /** A perceptron of given finite hidden weights, [inputs]. */
    public static MetaplasticPerceptron of(double[] hidden) {
        Check.nonEmpty(hidden.length, "hidden");
        Check.allFinite(hidden, "hidden");
        return new MetaplasticPerceptron(hidden.clone());
    }

    /** The hidden weights, [inputs]. */
    public double[] hidden() {
        return hidden.clone();
    }

    /** The weights, each -1 or 1, [inputs]; 1 where the hidden weight is 0. */
    public double[] weights() {
        return signs(hidden);
    }

    /** The label of a row [inputs]: -1 or 1. */
    public int label(double[] row) {
        Check.sameLength(row.length, "row", hidden.length, "hidden");
        return field(weights(), row) < 0 ? -1 : 1;
    }

    /** The perceptron after a task: rows [n, inputs], labels [n] of -1 or 1. */
    public MetaplasticPerceptron learn(double[][] rows, int[] labels, Options options) {
        VariationalPerceptron.demand(rows, labels, hidden.length, "hidden");
        double[] h = hidden.clone();
        for (int epoch = 0; epoch < options.epochs; epoch++) {
            int[] order = Seeds.permutation(rows.length, Seeds.rng(options.seed, "metaplastic epoch", epoch));
            for (int from = 0; from < order.length; from += options.batch) {
                int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batch));
                double[] change = change(h, rows, labels, batch, options.rate);
                for (int i = 0; i < h.length; i++) {
                    double hold = change[i] * h[i] < 0 ? Math.tanh(options.strength * h[i]) : 0;
                    h[i] += change[i] * (1 - hold * hold);
                }
            }
        }
        return new MetaplasticPerceptron(h);
    }

    /** The step that plain descent asks for. */
    private static double[] change(double[] h, double[][] rows, int[] labels, int[] batch, double rate) {
        var change = new double[h.length];
        double scale = Math.sqrt(h.length);
        double[] w = signs(h);
        for (int n : batch) {
            double u = field(w, rows[n]) / scale;
            double push = 2 * labels[n] / (1 + Math.exp(2 * labels[n] * u)) / scale * rate / batch.length;
            for (int i = 0; i < h.length; i++) {
                change[i] += push * rows[n][i];
            }
        }
        return change;
    }

    private static double field(double[] w, double[] row) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += w[i] * row[i];
        }
        return sum;
    }

    private static double[] signs(double[] h) {
        return Arrays.stream(h).map(v -> v < 0 ? -1 : 1).toArray();
    }
}
