package touchstone.continual.scenario;

import touchstone.continual.strategy.Strategy;
import touchstone.nn.Network;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Sgd;
import touchstone.util.Check;

/**
 * Takes a strategy through the tasks of a scenario.
 *
 * @param optimizer how gradients change parameters; it remembers across tasks
 * @param rate constant learning rate
 * @param epochs passes over each task's examples, 1 or more; 1 is online learning
 * @param batch examples a step, 1 or more; a task shorter than that is one step
 * @param everyUpdate whether all tasks are evaluated after every update, which gives curves and costs time
 * @param seed of orders, dropout and what strategies draw
 */
public record ContinualTrainer(
        Optimizer optimizer, double rate, int epochs, int batch, boolean everyUpdate, long seed) {
    public ContinualTrainer {
        Check.positive(rate, "rate");
        Check.atLeast(epochs, 1, "epochs");
        Check.atLeast(batch, 1, "batch");
    }

    /** Plain descent at 0.1, 5 epochs of batches of 10, evaluation at task ends, seed 1. */
    public static ContinualTrainer defaults() {
        return new ContinualTrainer(new Sgd(0, 0), 0.1, 5, 10, false, 1);
    }

    public ContinualTrainer withRate(double r) {
        return new ContinualTrainer(optimizer, r, epochs, batch, everyUpdate, seed);
    }

    public ContinualTrainer withEpochs(int e) {
        return new ContinualTrainer(optimizer, rate, e, batch, everyUpdate, seed);
    }

    public ContinualTrainer withBatch(int b) {
        return new ContinualTrainer(optimizer, rate, epochs, b, everyUpdate, seed);
    }

    public ContinualTrainer withEveryUpdate(boolean every) {
        return new ContinualTrainer(optimizer, rate, epochs, batch, every, seed);
    }

    public ContinualTrainer withSeed(long s) {
        return new ContinualTrainer(optimizer, rate, epochs, batch, everyUpdate, s);
    }

    /** Trains the network in place, task after task. */
    public ContinualRun run(Network network, Scenario scenario, Strategy strategy) {
        return run(network, scenario, strategy, Watch.none());
    }

    /**
     * The same, watched: with a checkpoint it goes on from where an earlier run of the same trainer, network, scenario and strategy
     * was cut off, and ends with the same bits; all but the seconds are those of a run that was not cut off.
     *
     * @throws IllegalArgumentException when the checkpoint is of another run; the message says in what
     * @throws java.io.UncheckedIOException when the checkpoint cannot be read or written, or is damaged
     */
    public ContinualRun run(Network network, Scenario scenario, Strategy strategy, Watch watch) {
        if (network.outputs() < scenario.classes()) {
            throw new IllegalArgumentException("the network must have an output for each of the " + scenario.classes()
                    + " classes, had " + network.outputs());
        }
        return new Course(this, network, scenario, strategy, watch).all();
    }

    /** Updates that a scenario takes. */
    public long updates(Scenario scenario) {
        return scenario.phases().stream()
                .mapToLong(p -> (long) epochs * ((p.train().size() + batch - 1) / batch))
                .sum();
    }
}
