package touchstone.continual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Accuracy of every task through training, evaluated before the first update (n = 0) and after updates n = 1 .. N, and the
 * worst-case metrics that an evaluation at task ends cannot see. A task is seen from the first update of its own training on,
 * the first task from n = 0; what an unseen task scored plays no part, and NaN says that an evaluation was left out.
 *
 * @param accuracy [T][N + 1]; higher is better
 * @param taskEnds last update of each task, rising, [T]; the last is N
 */
@Reference("delange2023continual")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record EvaluationCurves(double[][] accuracy, int[] taskEnds) {
    private static final int WINDOW = 10;

    public EvaluationCurves {
        Check.nonEmpty(accuracy.length, "accuracy");
        Check.sameLength(accuracy.length, "accuracy", taskEnds.length, "taskEnds");
        int before = 0;
        for (int k = 0; k < taskEnds.length; k++) {
            if (taskEnds[k] <= before) {
                throw new IllegalArgumentException("taskEnds must rise from above 0, had " + Arrays.toString(taskEnds));
            }
            before = taskEnds[k];
        }
        for (int j = 0; j < accuracy.length; j++) {
            if (accuracy[j].length != before + 1) {
                throw new IllegalArgumentException("accuracy must hold evaluations 0 .. " + before
                        + " of each task as taskEnds says, so " + (before + 1) + "; task " + j + " had "
                        + accuracy[j].length);
            }
        }
        accuracy = Arrays.stream(accuracy).map(double[]::clone).toArray(double[][]::new);
        taskEnds = taskEnds.clone();
    }

    /** The curves; see the class. */
    public static EvaluationCurves of(double[][] accuracy, int... taskEnds) {
        return new EvaluationCurves(accuracy, taskEnds);
    }

    /** Number of tasks, T. */
    public int tasks() {
        return taskEnds.length;
    }

    private int updates() {
        return taskEnds[taskEnds.length - 1];
    }

    private int firstSeen(int j) {
        return j == 0 ? 0 : taskEnds[j - 1] + 1;
    }

    /** Mean over the tasks seen at evaluation n. */
    private double seenAccuracy(int n) {
        return Means.over(0, tasks(), j -> n >= firstSeen(j) ? accuracy[j][n] : Double.NaN);
    }

    /** Anytime average accuracy: mean over all evaluations, the one before training included, of the mean over seen tasks. */
    public double anytimeAverageAccuracy() {
        return Means.over(0, updates() + 1, this::seenAccuracy);
    }

    /** As {@link #anytimeAverageAccuracy()}, without the evaluation before training. */
    public double anytimeAverageAccuracyAfterUpdates() {
        return Means.over(1, updates() + 1, this::seenAccuracy);
    }

    /** Lowest accuracy of each task but the last after its own training ended, [T-1]. */
    public double[] minimumAccuracyPerTask() {
        var result = new double[tasks() - 1];
        Arrays.setAll(result, j -> Means.smallest(taskEnds[j] + 1, updates() + 1, n -> accuracy[j][n]));
        return result;
    }

    /** min-ACC, the mean of {@link #minimumAccuracyPerTask()}; NaN for one task. */
    public double averageMinimumAccuracy() {
        return Means.of(minimumAccuracyPerTask());
    }

    /** WC-ACC, {@code A_T / T + (1 - 1/T) min-ACC} with A_T the final accuracy of the last task. */
    public double worstCaseAccuracy() {
        int t = tasks();
        double[] seen = evaluated(t - 1);
        double current = seen.length == 0 ? Double.NaN : seen[seen.length - 1];
        return t == 1 ? current : current / t + (1 - 1.0 / t) * averageMinimumAccuracy();
    }

    /** WF of each task, [T]: its largest drop within a window of evaluations, 0 or more. */
    public double[] windowedForgettingPerTask(int window) {
        return perTask(window, -1);
    }

    /** WF, the mean over tasks of the largest drop within {@code window} evaluations; lower is better. */
    public double windowedForgetting(int window) {
        return Means.of(windowedForgettingPerTask(window));
    }

    /** WP of each task, [T]: its largest rise within a window of evaluations, 0 or more. */
    public double[] windowedPlasticityPerTask(int window) {
        return perTask(window, 1);
    }

    /** WP, the mean over tasks of the largest rise within {@code window} evaluations; higher is better. */
    public double windowedPlasticity(int window) {
        return Means.of(windowedPlasticityPerTask(window));
    }

    private double[] perTask(int window, int sign) {
        Check.atLeast(window, 2, "window");
        var result = new double[tasks()];
        Arrays.setAll(result, j -> largestChange(evaluated(j), window, sign));
        return result;
    }

    /** What was evaluated of task j since it was seen; left-out evaluations do not count into a window. */
    private double[] evaluated(int j) {
        return Arrays.stream(accuracy[j], firstSeen(j), updates() + 1)
                .filter(x -> !Double.isNaN(x))
                .toArray();
    }

    private static double largestChange(double[] a, int window, int sign) {
        if (a.length == 0) {
            return Double.NaN;
        }
        double largest = 0;
        for (int n = 1; n < a.length; n++) {
            for (int m = Math.max(0, n - window + 1); m < n; m++) {
                largest = Math.max(largest, sign * (a[n] - a[m]));
            }
        }
        return largest;
    }

    /** Mean over tasks of the mean of the first {@code beta} accuracies of a task's own training: how fast it is learned. */
    @Reference("chaudhry2019efficient")
    public double learningCurveArea(int beta) {
        Check.atLeast(beta, 1, "beta");
        return Means.over(0, tasks(), j -> {
            int from = j == 0 ? 1 : firstSeen(j);
            return Means.over(from, Math.min(from + beta, taskEnds[j] + 1), n -> accuracy[j][n]);
        });
    }

    /** What each later phase did to each earlier task, by phase, then by task; pairs that were not evaluated are left out. */
    public List<StabilityGap> gaps() {
        var gaps = new ArrayList<StabilityGap>();
        for (int k = 1; k < tasks(); k++) {
            for (int j = 0; j < k; j++) {
                StabilityGap.of(accuracy[j], j, k, taskEnds[k - 1], taskEnds[k]).ifPresent(gaps::add);
            }
        }
        return gaps;
    }

    /** Mean depth of {@link #gaps()}; NaN for one task. */
    public double meanGapDepth() {
        return Means.of(gaps().stream().mapToDouble(StabilityGap::depth).toArray());
    }

    /** Mean transient part of {@link #gaps()}; NaN for one task. */
    public double meanGapTransient() {
        return Means.of(gaps().stream().mapToDouble(StabilityGap::transientPart).toArray());
    }

    /** Every figure of the curves by name, in the order of this class; windows and beginnings of 10 evaluations. */
    public Summary summary() {
        var all = new LinkedHashMap<String, Double>();
        all.put("anytime average accuracy", anytimeAverageAccuracy());
        all.put("min-ACC", averageMinimumAccuracy());
        all.put("WC-ACC", worstCaseAccuracy());
        all.put("windowed forgetting", windowedForgetting(WINDOW));
        all.put("windowed plasticity", windowedPlasticity(WINDOW));
        all.put("learning curve area", learningCurveArea(WINDOW));
        all.put("mean gap depth", meanGapDepth());
        all.put("mean gap, transient part", meanGapTransient());
        return new Summary("evaluation curves", all);
    }

    /** A row a gap: task, phase, before, minimum, after, depth, transient and permanent part, updates to both. */
    public Table gapTable() {
        List<StabilityGap> gaps = gaps();
        return Table.create(
                "stability gaps",
                IntColumn.create("task", gaps.stream().mapToInt(StabilityGap::task)),
                IntColumn.create("phase", gaps.stream().mapToInt(StabilityGap::phase)),
                column("before", gaps, StabilityGap::before),
                column("minimum", gaps, StabilityGap::minimum),
                column("after", gaps, StabilityGap::after),
                column("depth", gaps, StabilityGap::depth),
                column("transient", gaps, StabilityGap::transientPart),
                column("permanent", gaps, StabilityGap::permanentPart),
                IntColumn.create("updates to minimum", gaps.stream().mapToInt(StabilityGap::updatesToMinimum)),
                IntColumn.create("updates to recovery", gaps.stream().mapToInt(StabilityGap::updatesToRecovery)));
    }

    private static DoubleColumn column(String name, List<StabilityGap> gaps, ToDoubleFunction<StabilityGap> figure) {
        return DoubleColumn.create(name, gaps.stream().mapToDouble(figure).toArray());
    }

    /** The matrix of scores at task ends; row i is evaluated after the last update of task i. */
    public AccuracyMatrix matrix() {
        var scores = new double[tasks()][tasks()];
        for (int i = 0; i < tasks(); i++) {
            for (int j = 0; j < tasks(); j++) {
                scores[i][j] = accuracy[j][taskEnds[i]];
            }
        }
        return new AccuracyMatrix(scores);
    }

    @Override
    public double[][] accuracy() {
        return Arrays.stream(accuracy).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public int[] taskEnds() {
        return taskEnds.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluationCurves that
                && Arrays.deepEquals(accuracy, that.accuracy)
                && Arrays.equals(taskEnds, that.taskEnds);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(accuracy) + Arrays.hashCode(taskEnds);
    }

    @Override
    public String toString() {
        return "EvaluationCurves[" + tasks() + " tasks, " + updates() + " updates, WC-ACC " + worstCaseAccuracy() + "]";
    }
}
