package touchstone.continual.strategy;

import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Check;

/**
 * A network, how its gradients change it, and its parameters as one flat vector: weights and biases in the network's order,
 * row by row. Serves one thread.
 */
public final class Descent {
    private final Network network;
    private final List<Parameter> trained;
    private final Optimizer optimizer;
    private final double rate;
    private final long seed;
    private Optimizer.Stepper stepper;
    private long steps;

    private Descent(Network network, Optimizer optimizer, double rate, long seed) {
        this.network = network;
        this.trained = network.parameters().stream().filter(Parameter::trained).toList();
        this.optimizer = optimizer;
        this.rate = Check.positive(rate, "rate");
        this.seed = seed;
        this.stepper = optimizer.start(network.backend(), network.parameters());
    }

    /** A descent at a constant rate; the seed is that of dropout and of what strategies draw. */
    public static Descent of(Network network, Optimizer optimizer, double rate, long seed) {
        return new Descent(network, optimizer, rate, seed);
    }

    public Network network() {
        return network;
    }

    public double rate() {
        return rate;
    }

    public long seed() {
        return seed;
    }

    /** Updates so far. */
    public long steps() {
        return steps;
    }

    /** Number of trained numbers. */
    public int size() {
        return network.trainedSize();
    }

    /** Copies rows of a tensor, in the given order, into a new tensor. */
    Tensor rows(Tensor x, int[] rows) {
        Tensor out = network.backend().zeros(rows.length, x.columns());
        network.backend().selectRows(x, rows, out);
        return out;
    }

    /** Adds the gradient of a loss over a batch to the parameters'; returns the loss. */
    double accumulate(Tensor x, int[] examples, Loss loss) {
        return network.accumulate(x, examples, loss, Pass.training(seed, steps));
    }

    /** Adds the gradient of the mean cross-entropy over rows of a task. */
    double crossEntropy(Labelled data, int[] rows) {
        return accumulate(rows(data.x(), rows), rows, CrossEntropy.of(data.labels()));
    }

    void clear() {
        network.clearGradients();
    }

    /** One step of the optimiser along the gradients. */
    void step() {
        stepper.step(rate);
        steps++;
    }

    /** The optimiser without what it remembers. */
    void restart() {
        stepper = optimizer.start(network.backend(), network.parameters());
    }

    /** The parameters, [size]. */
    double[] values() {
        return flat(false);
    }

    /** The gradients, [size]. */
    double[] gradients() {
        return flat(true);
    }

    private double[] flat(boolean gradient) {
        var out = new double[size()];
        int at = 0;
        for (Parameter p : trained) {
            Tensor t = gradient ? p.gradient() : p.value();
            for (int i = 0; i < t.rows(); i++) {
                for (int j = 0; j < t.columns(); j++) {
                    out[at++] = t.get(i, j);
                }
            }
        }
        return out;
    }

    /** Sets the parameters, [size]. */
    void setValues(double[] values) {
        set(values, false);
    }

    /** Sets the gradients, [size]. */
    void setGradients(double[] gradients) {
        set(gradients, true);
    }

    private void set(double[] from, boolean gradient) {
        int at = 0;
        for (Parameter p : trained) {
            Tensor t = gradient ? p.gradient() : p.value();
            for (int i = 0; i < t.rows(); i++) {
                for (int j = 0; j < t.columns(); j++) {
                    t.set(i, j, from[at++]);
                }
            }
        }
    }

    Tensor logits(Tensor x) {
        return network.logits(x);
    }

    Backend backend() {
        return network.backend();
    }
}
