package touchstone.continual.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.continual.AccuracyMatrix;
import touchstone.continual.EvaluationCurves;
import touchstone.continual.Labelled;
import touchstone.continual.strategy.Descent;
import touchstone.continual.strategy.Strategy;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.optim.Optimizer;
import touchstone.nn.optim.Sgd;
import touchstone.util.Check;
import touchstone.util.Seeds;

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
    private static final Logger LOG = LoggerFactory.getLogger(ContinualTrainer.class);

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
        if (network.outputs() < scenario.classes()) {
            throw new IllegalArgumentException("the network must have an output for each of the " + scenario.classes()
                    + " classes, had " + network.outputs());
        }
        return new Run(network, scenario, strategy).all();
    }

    private final class Run {
        private final Scenario scenario;
        private final Strategy.Learner learner;
        private final Network network;
        private final List<double[]> evaluations = new ArrayList<>();
        private long updates;
        private long nanos;

        Run(Network network, Scenario scenario, Strategy strategy) {
            this.network = network;
            this.scenario = scenario;
            this.learner = strategy.start(Descent.of(network, optimizer, rate, seed));
        }

        ContinualRun all() {
            int tasks = scenario.tasks();
            double[] untrained = evaluate();
            evaluations.add(untrained);
            var scores = new double[tasks][];
            var ends = new int[tasks];
            for (int k = 0; k < tasks; k++) {
                task(k);
                scores[k] = evaluate();
                evaluations.set(evaluations.size() - 1, scores[k]); // with what the end of the task did
                ends[k] = evaluations.size() - 1;
                LOG.info("task {} of {}: average accuracy {} on those seen", k + 1, tasks, mean(scores[k], k + 1));
            }
            Optional<EvaluationCurves> curves =
                    everyUpdate ? Optional.of(EvaluationCurves.of(transposed(), ends)) : Optional.empty();
            return new ContinualRun(
                    AccuracyMatrix.of(scores), untrained, curves, updates, learner.stored(), nanos * 1e-9);
        }

        private void task(int k) {
            Labelled train = scenario.phases().get(k).train();
            timed(() -> learner.begin(train));
            for (int epoch = 0; epoch < epochs; epoch++) {
                int[] order = Seeds.permutation(train.size(), Seeds.rng(seed, "order", (long) k * epochs + epoch));
                for (int from = 0; from < order.length; from += batch) {
                    int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
                    timed(() -> demandFinite(learner.step(train, rows)));
                    updates++;
                    if (everyUpdate) {
                        evaluations.add(evaluate());
                    }
                }
            }
            timed(() -> learner.end(train));
        }

        private void timed(Runnable work) {
            long start = System.nanoTime();
            work.run();
            nanos += System.nanoTime() - start;
        }

        private void demandFinite(double loss) {
            if (!Double.isFinite(loss)) {
                throw new ArithmeticException("the loss must stay finite, was " + loss + " at update " + updates
                        + "; lower the learning rate or the strategy's strength");
            }
        }

        /** Accuracy on each task; tasks that share their test examples are evaluated once. */
        private double[] evaluate() {
            var known = new IdentityHashMap<Labelled, Double>();
            return scenario.phases().stream()
                    .mapToDouble(p -> known.computeIfAbsent(p.test(), this::accuracy))
                    .toArray();
        }

        private double accuracy(Labelled test) {
            if (test.size() == 0) {
                return Double.NaN;
            }
            Tensor logits = learner.logits(test.x());
            int[] classes = scenario.kind() == Scenario.Kind.TASK_INCREMENTAL ? test.classes() : allClasses();
            int right = 0;
            for (int i = 0; i < test.size(); i++) {
                right += best(logits, i, classes) == test.label(i) ? 1 : 0;
            }
            return (double) right / test.size();
        }

        private int[] allClasses() {
            var all = new int[network.outputs()];
            Arrays.setAll(all, c -> c);
            return all;
        }

        private double[][] transposed() {
            var accuracy = new double[scenario.tasks()][evaluations.size()];
            for (int j = 0; j < accuracy.length; j++) {
                for (int n = 0; n < evaluations.size(); n++) {
                    accuracy[j][n] = evaluations.get(n)[j];
                }
            }
            return accuracy;
        }
    }

    private static double mean(double[] x, int n) {
        return Arrays.stream(x, 0, n).average().orElse(Double.NaN);
    }

    private static int best(Tensor logits, int row, int[] classes) {
        int best = classes[0];
        for (int c : classes) {
            if (c < logits.columns() && logits.get(row, c) > logits.get(row, best)) {
                best = c;
            }
        }
        return best;
    }
}
