package touchstone.nn;

import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Clip;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Training by batches: every epoch goes once over the examples in a new random order.
 *
 * @param optimizer how gradients change parameters
 * @param schedule learning rate of each step
 * @param epochs passes over the examples, 1 or more
 * @param batch examples a step, 1 or more; the last batch of an epoch may be smaller
 * @param clip largest norm of all gradients together, above 0; infinite for none
 * @param seed of the order and of dropout
 */
public record Trainer(Optimizer optimizer, Schedule schedule, int epochs, int batch, double clip, long seed) {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    public Trainer {
        Check.atLeast(epochs, 1, "epochs");
        Check.atLeast(batch, 1, "batch");
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, was " + clip);
        }
    }

    /** AdamW at a constant 1e-3, 20 epochs of batches of 32, no clipping, seed 1. */
    public static Trainer defaults() {
        return new Trainer(AdamW.defaults(), Schedule.constant(1e-3), 20, 32, Double.POSITIVE_INFINITY, 1);
    }

    public Trainer withOptimizer(Optimizer o, Schedule rates) {
        return new Trainer(o, rates, epochs, batch, clip, seed);
    }

    public Trainer withEpochs(int count) {
        return new Trainer(optimizer, schedule, count, batch, clip, seed);
    }

    public Trainer withBatch(int size) {
        return new Trainer(optimizer, schedule, epochs, size, clip, seed);
    }

    public Trainer withClip(double most) {
        return new Trainer(optimizer, schedule, epochs, batch, most, seed);
    }

    public Trainer withSeed(long s) {
        return new Trainer(optimizer, schedule, epochs, batch, clip, s);
    }

    /**
     * Trains a network in place.
     *
     * @param x inputs of all examples, [n, inputs]; not modified
     * @return mean loss of each epoch's batches while training, [epochs], weighted by their sizes
     * @throws ArithmeticException when the loss stops being finite
     */
    public double[] fit(Network network, Tensor x, Loss loss) {
        return fit(network, x, loss, 1);
    }

    /**
     * Trains a network in place on examples of several rows each, such as pairs: rows {@code i rowsEach .. (i + 1) rowsEach - 1} of x
     * are example i, stay together in a batch, and the loss is asked for examples.
     *
     * @param x inputs of all examples, [n * rowsEach, inputs]; not modified
     * @param rowsEach rows an example, 1 or more
     * @return as {@link #fit(Network, Tensor, Loss)}
     */
    public double[] fit(Network network, Tensor x, Loss loss, int rowsEach) {
        Check.nonEmpty(x.rows(), "x");
        Check.atLeast(rowsEach, 1, "rowsEach");
        if (x.rows() % rowsEach != 0) {
            throw new IllegalArgumentException(
                    "x must have a multiple of " + rowsEach + " rows, so many an example, had " + x.rows());
        }
        int n = x.rows() / rowsEach;
        Backend backend = network.backend();
        List<Parameter> parameters = network.parameters();
        Optimizer.Stepper stepper = optimizer.start(backend, parameters);
        Tensor rows = backend.zeros(Math.min(batch, n) * rowsEach, x.columns());
        long perEpoch = ((long) n + batch - 1) / batch;
        long step = 0;
        var losses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = Seeds.permutation(n, Seeds.rng(seed, "epoch", epoch));
            for (int from = 0; from < order.length; from += batch, step++) {
                int[] examples = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
                Tensor inputs = rows.head(examples.length * rowsEach);
                backend.selectRows(x, rowsOf(examples, rowsEach), inputs);
                parameters.forEach(p -> backend.fill(p.gradient(), 0));
                double value = network.accumulate(inputs, examples, loss, Pass.training(seed, step));
                demandFinite(value, epoch, step);
                losses[epoch] += value * examples.length / order.length;
                if (clip < Double.POSITIVE_INFINITY) {
                    Clip.norm(backend, parameters, clip);
                }
                stepper.step(schedule.at(step, perEpoch * epochs));
            }
            LOG.info("epoch {} of {}: loss {}", epoch + 1, epochs, losses[epoch]);
        }
        return losses;
    }

    private static int[] rowsOf(int[] examples, int each) {
        var rows = new int[examples.length * each];
        Arrays.setAll(rows, r -> examples[r / each] * each + r % each);
        return rows;
    }

    private static void demandFinite(double loss, int epoch, long step) {
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss must stay finite, was " + loss + " at step " + step + " (epoch "
                    + epoch + "); lower the learning rate, clip gradients or scale the inputs");
        }
    }
}
