package touchstone.continual.scenario;

import java.nio.file.Files;
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
import touchstone.util.Archive;
import touchstone.util.Seeds;

/** One run of a {@link ContinualTrainer}: what it has seen and counted so far. */
final class Course {
    private static final Logger LOG = LoggerFactory.getLogger(ContinualTrainer.class);

    private final ContinualTrainer trainer;
    private final Network network;
    private final Scenario scenario;
    private final Strategy strategy;
    private final Strategy.Learner learner;
    private final Watch watch;
    private final long of;
    private final List<double[]> evaluations = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();
    private final List<double[]> ends = new ArrayList<>();
    private Cost cost = Cost.nothing();

    Course(ContinualTrainer trainer, Network network, Scenario scenario, Strategy strategy, Watch watch) {
        this.trainer = trainer;
        this.network = network;
        this.scenario = scenario;
        this.strategy = strategy;
        this.watch = watch;
        this.of = trainer.updates(scenario);
        this.learner = strategy.start(Descent.of(network, trainer.optimizer(), trainer.rate(), trainer.seed()));
    }

    ContinualRun all() {
        watch.checkpoint().filter(Files::exists).ifPresent(file -> Archive.load(file, this::persist));
        if (evaluations.isEmpty()) {
            evaluations.add(evaluate());
        }
        while (scores.size() < scenario.tasks()) {
            int k = scores.size();
            task(k);
            scores.add(evaluate());
            evaluations.set(evaluations.size() - 1, scores.get(k)); // with what the end of the task did
            ends.add(new double[] {evaluations.size() - 1});
            watch.checkpoint().ifPresent(file -> Archive.save(file, this::persist));
            LOG.info("task {} of {}: average accuracy {} on those seen", k + 1, scenario.tasks(), seen(k));
        }
        Optional<EvaluationCurves> curves = trainer.everyUpdate()
                ? Optional.of(EvaluationCurves.of(
                        transposed(), ends.stream().mapToInt(e -> (int) e[0]).toArray()))
                : Optional.empty();
        AccuracyMatrix matrix = AccuracyMatrix.of(scores.toArray(double[][]::new));
        return new ContinualRun(matrix, evaluations.get(0), curves, cost);
    }

    /** Tells what the run is, which must be the same, and how far it is. */
    private void persist(Archive archive) {
        archive.demand("trainer", trainer.toString());
        archive.demand("strategy", strategy.toString());
        archive.demand("scenario", scenario + ", " + scenario.fingerprint());
        archive.keepAll("evaluations", evaluations);
        archive.keepAll("scores", scores);
        archive.keepAll("ends", ends);
        cost = cost.persist(archive);
        learner.persist(archive);
    }

    private void task(int k) {
        Labelled train = scenario.phases().get(k).train();
        counted(() -> learner.begin(train), 0);
        for (int epoch = 0; epoch < trainer.epochs(); epoch++) {
            int[] order = Seeds.permutation(
                    train.size(), Seeds.rng(trainer.seed(), "order", (long) k * trainer.epochs() + epoch));
            for (int from = 0; from < order.length; from += trainer.batch()) {
                int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + trainer.batch()));
                counted(() -> step(k, train, rows), 1);
                if (trainer.everyUpdate()) {
                    evaluations.add(evaluate());
                }
            }
        }
        counted(() -> learner.end(train), 0);
    }

    private void step(int k, Labelled train, int[] rows) {
        double loss = learner.step(train, rows);
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss must stay finite, was " + loss + " at update " + cost.updates()
                    + "; lower the learning rate or the strategy's strength");
        }
        watch.listener().accept(new Watch.Step(k, cost.updates() + 1, of, loss));
    }

    private void counted(Runnable work, int updates) {
        long start = System.nanoTime();
        long forward = network.traffic().forward();
        long backward = network.traffic().backward();
        work.run();
        double seconds = (System.nanoTime() - start) * 1e-9;
        cost = cost.plus(
                updates,
                network.traffic().forward() - forward,
                network.traffic().backward() - backward,
                learner.stored(),
                seconds);
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

    private static int best(Tensor logits, int row, int[] classes) {
        int best = classes[0];
        for (int c : classes) {
            if (c < logits.columns() && logits.get(row, c) > logits.get(row, best)) {
                best = c;
            }
        }
        return best;
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

    private double seen(int k) {
        return Arrays.stream(scores.get(k), 0, k + 1).average().orElse(Double.NaN);
    }
}
