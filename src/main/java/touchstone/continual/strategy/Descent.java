package touchstone.continual.strategy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.continual.Labelled;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.Weights;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Archive;
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
    private final boolean local;
    private Optimizer.Stepper stepper;
    private long steps;
    private @Nullable Labelled lossOf; // steps ask for the loss of one task again and again
    private Loss loss = CrossEntropy.of();

    private Descent(Network network, Optimizer optimizer, double rate, long seed, boolean local) {
        this.network = network;
        this.trained = network.parameters().stream().filter(Parameter::trained).toList();
        this.optimizer = optimizer;
        this.rate = Check.positive(rate, "rate");
        this.seed = seed;
        this.local = local;
        this.stepper = optimizer.start(network.backend(), network.parameters());
    }

    /** A descent at a constant rate; the seed is that of dropout and of what strategies draw. */
    public static Descent of(Network network, Optimizer optimizer, double rate, long seed) {
        return new Descent(network, optimizer, rate, seed, false);
    }

    /** A descent of the same network from its start, in whose cross-entropies only the classes of the task compete. */
    Descent withLocalSoftmax() {
        return new Descent(network, optimizer, rate, seed, true);
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

    /** Numbers of each trained tensor, in the order of the flat vector. */
    int[] sizes() {
        return trained.stream().mapToInt(p -> p.value().size()).toArray();
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
        return accumulate(rows(data.x(), rows), rows, crossEntropy(data));
    }

    /** The cross-entropy of a task, of all classes or of those of the task. */
    @SuppressWarnings("ReferenceEquality") // comparing all rows would cost more than the loss
    Loss crossEntropy(Labelled data) {
        if (data != lossOf) {
            loss = local ? new LocalCrossEntropy(data.labels(), data.classes()) : CrossEntropy.of(data.labels());
            lossOf = data;
        }
        return loss;
    }

    /** Adds the gradient of a loss of the features, which the last layer's parameters have no part in; returns the loss. */
    double accumulateFeatures(Tensor x, Loss loss) {
        return network.accumulateFeatures(x, Rehearsal.count(x.rows()), loss, Pass.training(seed, steps));
    }

    /** Tells parameters, moments and steps. */
    void persist(Archive archive) {
        Weights.persist(network, archive);
        stepper.persist(archive);
        steps = archive.keep("steps", steps);
    }

    /** Tells a frozen network: this descent's own, which stands for none, or a copy of it, changed or not. */
    Network persist(String name, Network frozen, Archive archive) {
        if (!archive.keep(name, frozen != network)) {
            return network;
        }
        Network copy = frozen == network ? network.copy() : frozen;
        Weights.persist(copy, archive);
        return copy;
    }

    void clear() {
        network.clearGradients();
    }

    /** One step of the optimiser along the gradients. */
    void step() {
        stepper.step(rate);
        steps++;
    }

    /** An optimiser of this kind for another network beside this one. */
    Optimizer.Stepper stepper(Network other) {
        return optimizer.start(other.backend(), other.parameters());
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
            t.copyTo(out, at);
            at += t.size();
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
            t.copyFrom(from, at);
            at += t.size();
        }
    }

    Tensor logits(Tensor x) {
        return network.logits(x);
    }

    Backend backend() {
        return network.backend();
    }
}
