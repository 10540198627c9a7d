package touchstone.continual.perceptron;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A factorised posterior over the binary weights of a perceptron, {@code q(w) = prod_i (1 + m_i w_i) / 2} with
 * {@code m_i = tanh(theta_i)}: learning moves the fields theta, never the weights. Immutable; {@link #learn} gives a new one whose
 * prior is this one.
 *
 * <p>Of n examples x with labels y of -1 or 1 it minimises the free energy
 *
 * <pre>
 * F = -sum log Phi(y mu / sqrt(v)) + c KL(q, prior)    mu = sum_i m_i x_i / sqrt(d)    v = sum_i (1 - m_i^2) x_i^2 / d + floor
 * </pre>
 *
 * with Phi the normal distribution function: the field of a random w is nearly Gaussian. c is {@link Options#prior()}.
 *
 * <p>Differs from the paper: a single layer and plain gradient steps on the mean over a batch; the floor of 1e-3 keeps v above 0 when
 * all weights are settled.
 */
@Reference("li2023statistical")
public final class VariationalPerceptron {
    static final double FLOOR = 1e-3;
    private final double[] fields;

    private VariationalPerceptron(double[] fields) {
        this.fields = fields;
    }

    /**
     * How to learn one task.
     *
     * @param epochs passes over the examples, 1 or more
     * @param batch examples a step, 1 or more
     * @param rate of the steps on the fields, above 0
     * @param prior weight c of the divergence from the prior, 0 or more; 1 is Bayes' rule, 0 forgets the prior
     * @param seed of the order
     */
    public record Options(int epochs, int batch, double rate, double prior, long seed) {
        public Options {
            Check.atLeast(epochs, 1, "epochs");
            Check.atLeast(batch, 1, "batch");
            Check.positive(rate, "rate");
            Check.notNegative(prior, "prior");
        }

        /** 30 epochs of batches of 20 at a rate of 2, the whole prior, seed 1. */
        public static Options defaults() {
            return new Options(30, 20, 2, 1, 1);
        }

        public Options withPrior(double weight) {
            return new Options(epochs, batch, rate, weight, seed);
        }

        public Options withEpochs(int count) {
            return new Options(count, batch, rate, prior, seed);
        }

        public Options withBatch(int examples) {
            return new Options(epochs, examples, rate, prior, seed);
        }

        public Options withRate(double r) {
            return new Options(epochs, batch, r, prior, seed);
        }

        public Options withSeed(long s) {
            return new Options(epochs, batch, rate, prior, s);
        }
    }

    /** All weights undecided: every field is 0. */
    public static VariationalPerceptron flat(int inputs) {
        return new VariationalPerceptron(new double[Check.atLeast(inputs, 1, "inputs")]);
    }

    /** A posterior of given finite fields, [inputs]. */
    public static VariationalPerceptron of(double[] fields) {
        Check.nonEmpty(fields.length, "fields");
        Check.allFinite(fields, "fields");
        return new VariationalPerceptron(fields.clone());
    }

    /** The fields theta, [inputs]. */
    public double[] fields() {
        return fields.clone();
    }

    /** The means m of the weights, [inputs], in [-1, 1]. */
    public double[] magnetisations() {
        return Arrays.stream(fields).map(Math::tanh).toArray();
    }

    /** The label of a row [inputs] by the mean weights: -1 or 1. */
    public int label(double[] row) {
        Check.sameLength(row.length, "row", fields.length, "fields");
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += Math.tanh(fields[i]) * row[i];
        }
        return sum < 0 ? -1 : 1;
    }

    /** The posterior after a task, with this one as its prior and as its start. Rows [n, inputs], labels [n] of -1 or 1. */
    public VariationalPerceptron learn(double[][] rows, int[] labels, Options options) {
        demand(rows, labels);
        double[] theta = fields.clone();
        for (int epoch = 0; epoch < options.epochs; epoch++) {
            int[] order = Seeds.permutation(rows.length, Seeds.rng(options.seed, "perceptron epoch", epoch));
            for (int from = 0; from < order.length; from += options.batch) {
                int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batch));
                double[] slope = slope(theta, rows, labels, batch, options.prior / rows.length);
                for (int i = 0; i < theta.length; i++) {
                    theta[i] -= options.rate * slope[i];
                }
            }
        }
        return new VariationalPerceptron(theta);
    }

    /**
     * The free energy F of a candidate posterior with this one as its prior.
     *
     * @param prior weight c of the divergence, 0 or more
     */
    public double freeEnergy(VariationalPerceptron candidate, double[][] rows, int[] labels, double prior) {
        demand(rows, labels);
        Check.sameLength(candidate.fields.length, "fields of the candidate", fields.length, "fields");
        double sum = 0;
        double[] m = candidate.magnetisations();
        for (int n = 0; n < rows.length; n++) {
            double[] moments = moments(m, rows[n]);
            sum -= logNormal(labels[n] * moments[0] / Math.sqrt(moments[1]));
        }
        return sum + Check.notNegative(prior, "prior") * divergence(candidate.fields);
    }

    /** Gradient of F by the fields, [inputs], for a candidate with this one as its prior. */
    public double[] gradient(VariationalPerceptron candidate, double[][] rows, int[] labels, double prior) {
        demand(rows, labels);
        Check.sameLength(candidate.fields.length, "fields of the candidate", fields.length, "fields");
        int[] all = java.util.stream.IntStream.range(0, rows.length).toArray();
        double[] mean = slope(candidate.fields, rows, labels, all, prior / rows.length);
        return Arrays.stream(mean).map(g -> rows.length * g).toArray();
    }

    /** KL(q_theta, q_prior) in nats, summed over weights. */
    private double divergence(double[] theta) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            // log 2 cosh(prior) - log 2 cosh(theta) + m (theta - prior)
            sum += logCosh(fields[i]) - logCosh(theta[i]) + Math.tanh(theta[i]) * (theta[i] - fields[i]);
        }
        return sum;
    }

    private double[] slope(double[] theta, double[][] rows, int[] labels, int[] batch, double prior) {
        int d = theta.length;
        double[] m = Arrays.stream(theta).map(Math::tanh).toArray();
        var byMean = new double[d];
        for (int n : batch) {
            double[] x = rows[n];
            double[] moments = moments(m, x);
            double deviation = Math.sqrt(moments[1]);
            double z = labels[n] * moments[0] / deviation;
            double ratio = -hazard(z) / batch.length;
            double byMu = ratio * labels[n] / (Math.sqrt(d) * deviation);
            double byVariance = ratio * z / (d * moments[1]);
            for (int i = 0; i < d; i++) {
                byMean[i] += byMu * x[i] + byVariance * m[i] * x[i] * x[i];
            }
        }
        for (int i = 0; i < d; i++) {
            byMean[i] = (1 - m[i] * m[i]) * (byMean[i] + prior * (theta[i] - fields[i]));
        }
        return byMean;
    }

    private static double[] moments(double[] m, double[] x) {
        double mu = 0;
        double v = 0;
        for (int i = 0; i < m.length; i++) {
            mu += m[i] * x[i];
            v += (1 - m[i] * m[i]) * x[i] * x[i];
        }
        return new double[] {mu / Math.sqrt(m.length), v / m.length + FLOOR};
    }

    /** log Phi(z); by its asymptotic series far below, where Phi leaves the range of doubles. */
    static double logNormal(double z) {
        return z > -25
                ? Math.log(0.5 * Erf.erfc(-z / Math.sqrt(2)))
                : -0.5 * z * z - Math.log(-z) - 0.5 * Math.log(2 * Math.PI) + Math.log1p(-1 / (z * z));
    }

    /** phi(z) / Phi(z), the slope of log Phi. */
    static double hazard(double z) {
        return Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - logNormal(z));
    }

    static double logCosh(double x) {
        double a = Math.abs(x);
        return a + Math.log1p(Math.exp(-2 * a)) - Math.log(2);
    }

    private void demand(double[][] rows, int[] labels) {
        demand(rows, labels, fields.length, "fields");
    }

    /** Demands finite rows [n, width], n of 1 or more, and as many labels of -1 or 1. */
    static void demand(double[][] rows, int[] labels, int width, String ofWidth) {
        Check.nonEmpty(rows.length, "rows");
        Check.sameLength(labels.length, "labels", rows.length, "rows");
        for (int n = 0; n < rows.length; n++) {
            Check.sameLength(rows[n].length, "rows[" + n + "]", width, ofWidth);
            Check.allFinite(rows[n], "rows[" + n + "]");
            if (labels[n] != 1 && labels[n] != -1) {
                throw new IllegalArgumentException("labels[" + n + "] must be -1 or 1, was " + labels[n]);
            }
        }
    }
}
