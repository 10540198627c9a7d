package touchstone.ood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.stats.Interval;
import touchstone.util.Check;

/**
 * Chooses a detector without out-of-distribution data: each class in turn plays what the others have never seen, and the detector
 * whose AUROC is best on the mean over these trials is the choice.
 *
 * <p>The stand-ins are near (classes of the same data), and a network that was trained on all classes has seen them: the expected
 * AUROC is of that game, not of what will come. It is the order that is asked for.
 *
 * @param detectors to choose from, two or more
 */
public record DetectorAdvisor(List<Detector> detectors) {
    private static final String KIND = "class left out";

    public DetectorAdvisor {
        detectors = List.copyOf(detectors);
        Check.atLeast(detectors.size(), 2, "number of detectors");
    }

    /** All of {@link Detectors#ALL}. */
    public static DetectorAdvisor defaults() {
        return new DetectorAdvisor(Detectors.ALL);
    }

    /**
     * The advice.
     *
     * @param choice best mean AUROC; of equals the first
     * @param expected Student's 95 % interval of its mean AUROC over the classes
     * @param table of all detectors that could be fitted
     */
    public record Advice(Detector choice, Interval expected, BenchmarkTable table) {}

    /**
     * Advice from batches of one network: a class is left out by dropping its rows, its logit and its row of the head. Detectors that
     * need the network itself (its gradient) are left out.
     *
     * @param train with labels of three classes or more
     * @param held rows of the same classes that the network was not trained on, with labels
     * @throws IllegalArgumentException if a class has no row in either
     */
    public Advice advise(Batch train, Batch held) {
        int classes = classes(train);
        var trials = new ArrayList<Trial>();
        for (int c = 0; c < classes; c++) {
            trials.add(Trial.of(
                    without(train, c, false, "train"),
                    without(held, c, false, "held"),
                    KIND,
                    without(held, c, true, "held")));
        }
        return advise(trials);
    }

    /**
     * Advice from trials in which a class was left out of the training of the network too, which is dearer and fairer.
     *
     * @param trials two or more, of one kind
     */
    public Advice advise(List<Trial> trials) {
        Check.atLeast(trials.size(), 2, "number of trials");
        BenchmarkTable table = new Benchmark(detectors).run(trials);
        String kind = table.kinds().get(0);
        Detector best = detectors.stream()
                .filter(d -> table.detectors().contains(d.name()))
                .max(Comparator.comparingDouble(d -> mean(table.auroc(d.name(), kind))))
                .orElseThrow();
        return new Advice(best, table.interval(best.name(), kind), table);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static int classes(Batch train) {
        int[] labels = train.labels();
        Check.nonEmpty(labels.length, "labels of train");
        int classes = Arrays.stream(labels).max().orElseThrow() + 1;
        return Check.atLeast(classes, 3, "number of classes");
    }

    private static Batch without(Batch batch, int c, boolean only, String name) {
        int[] labels = batch.labels();
        Check.nonEmpty(labels.length, "labels of " + name);
        int[] rows = IntStream.range(0, labels.length)
                .filter(i -> (labels[i] == c) == only)
                .toArray();
        Check.nonEmpty(rows.length, "rows of class " + c + " in " + name);
        return batch.select(rows).withoutClass(c);
    }
}
