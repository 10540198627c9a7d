package touchstone.continual;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.Table;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Scores {@code R[i][j]} on task j after training on task i, for tasks 0 .. T-1 in order, and what is read off them. Scores
 * are accuracies or returns; higher is better. NaN says that a cell was not evaluated: every mean skips it, and a mean without
 * a term (as backward transfer of a single task) is NaN. Nothing is clipped.
 *
 * @param scores [T][T]; a row may be shorter, such as the lower triangle alone, and what it lacks is NaN
 */
@Reference("lopezpaz2017gradient")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record AccuracyMatrix(double[][] scores) {
    public AccuracyMatrix {
        int n = scores.length;
        Check.nonEmpty(n, "scores");
        var whole = new double[n][n];
        for (int i = 0; i < n; i++) {
            if (scores[i].length > n) {
                throw new IllegalArgumentException("scores must have a column a task, so at most " + n
                        + " as it has rows; row " + i + " had " + scores[i].length);
            }
            Arrays.fill(whole[i], Double.NaN);
            System.arraycopy(scores[i], 0, whole[i], 0, scores[i].length);
        }
        scores = whole;
    }

    /** The matrix of scores [T][T]; see the class. */
    public static AccuracyMatrix of(double[][] scores) {
        return new AccuracyMatrix(scores);
    }

    /** Number of tasks, T. */
    public int tasks() {
        return scores.length;
    }

    /** Score on task j after training on task i; NaN when it was not evaluated. */
    public double score(int i, int j) {
        return scores[Check.index(i, tasks(), "i")][Check.index(j, tasks(), "j")];
    }

    private double last(int j) {
        return scores[tasks() - 1][j];
    }

    /** Mean final score over tasks (not over examples), {@code mean_j R[T-1][j]}. */
    public double averageAccuracy() {
        return Means.over(0, tasks(), this::last);
    }

    /** Mean score over the tasks seen so far after each task, {@code mean_{j <= i} R[i][j]}, [T]. */
    public double[] averageAccuracyPerStep() {
        var steps = new double[tasks()];
        Arrays.setAll(steps, i -> Means.over(0, i + 1, j -> scores[i][j]));
        return steps;
    }

    /** Mean of {@link #averageAccuracyPerStep()}, the "average incremental accuracy" of class-incremental work. */
    @Reference("rebuffi2017icarl")
    public double averageIncrementalAccuracy() {
        return Means.of(averageAccuracyPerStep());
    }

    /** Mean score right after a task's own training, {@code mean_j R[j][j]}; also called plasticity. */
    public double learningAccuracy() {
        return Means.over(0, tasks(), j -> scores[j][j]);
    }

    /** Backward transfer, {@code mean_{j < T-1} R[T-1][j] - R[j][j]}; below 0 is forgetting. */
    public double backwardTransfer() {
        return Means.over(0, tasks() - 1, j -> last(j) - scores[j][j]);
    }

    /** Forgetting of each task but the last, [T-1]; above 0 means that it got worse. */
    public double[] forgettingPerTask(Forgetting definition) {
        var best = new double[tasks() - 1];
        Arrays.fill(best, Double.NaN);
        for (int l = 0; l < tasks(); l++) { // row by row, as the matrix lies in memory
            for (int j = 0; j < best.length; j++) {
                double score = scores[l][j];
                boolean counts = l >= definition.from(j) && l < definition.to(j, tasks());
                if (counts && (Double.isNaN(best[j]) || score > best[j])) {
                    best[j] = score;
                }
            }
        }
        for (int j = 0; j < best.length; j++) {
            best[j] -= last(j);
        }
        return best;
    }

    /** Mean of {@link #forgettingPerTask}. */
    public double forgetting(Forgetting definition) {
        return Means.of(forgettingPerTask(definition));
    }

    /** Forgetting since each task's own training, the definition of Chaudhry et al. */
    @Reference("chaudhry2018riemannian")
    public double forgetting() {
        return forgetting(Forgetting.SINCE_OWN_TRAINING);
    }

    /**
     * Forward transfer, {@code mean_{j >= 1} R[j-1][j] - b[j]}: what earlier tasks brought before a task is trained.
     *
     * @param untrained score b[j] of the untrained model on task j, [T]; measured before any training, NaN where it was not
     */
    public double forwardTransfer(double[] untrained) {
        Check.sameLength(untrained.length, "untrained", tasks(), "scores");
        return Means.over(1, tasks(), j -> scores[j - 1][j] - untrained[j]);
    }

    /** Intransigence of each task, {@code reference[k] - R[k][k]}, [T]; above 0 means that it could not be learned as well. */
    public double[] intransigencePerTask(double[] reference) {
        Check.sameLength(reference.length, "reference", tasks(), "scores");
        var result = new double[tasks()];
        Arrays.setAll(result, k -> reference[k] - scores[k][k]);
        return result;
    }

    /**
     * Mean of {@link #intransigencePerTask}.
     *
     * @param reference score on task k of a model trained jointly on tasks 0 .. k, [T]
     */
    @Reference("chaudhry2018riemannian")
    public double intransigence(double[] reference) {
        return Means.of(intransigencePerTask(reference));
    }

    /** Mean final score of all tasks but the last, {@code mean_{j < T-1} R[T-1][j]}. */
    public double stability() {
        return Means.over(0, tasks() - 1, this::last);
    }

    /** Another name of {@link #learningAccuracy()}. */
    public double plasticity() {
        return learningAccuracy();
    }

    /** Harmonic mean of stability and plasticity, {@code 2 S P / (S + P)}; 0 when both are 0. For scores of 0 or more. */
    public double stabilityPlasticityTradeoff() {
        double sum = stability() + plasticity();
        return sum == 0 ? 0 : 2 * stability() * plasticity() / sum;
    }

    /** Share of its score that a task keeps, {@code mean_{j < T-1} R[T-1][j] / R[j][j]} over tasks with R[j][j] above 0. */
    public double retention() {
        return Means.over(0, tasks() - 1, j -> scores[j][j] > 0 ? last(j) / scores[j][j] : Double.NaN);
    }

    /** The set of Díaz-Rodríguez et al., which averages over the whole triangle. */
    public DiazRodriguez diazRodriguez() {
        return DiazRodriguez.of(scores);
    }

    /** Every figure that needs nothing but the scores, by name, in the order of this class. */
    public Map<String, Double> figures() {
        var all = new LinkedHashMap<String, Double>();
        all.put("average accuracy", averageAccuracy());
        all.put("average incremental accuracy", averageIncrementalAccuracy());
        all.put("learning accuracy", learningAccuracy());
        all.put("backward transfer", backwardTransfer());
        all.put("forgetting since own training", forgetting());
        all.put("forgetting, all earlier rows", forgetting(Forgetting.ALL_EARLIER_ROWS));
        all.put("forgetting, not negative", forgetting(Forgetting.NON_NEGATIVE));
        all.put("forgetting from the diagonal", forgetting(Forgetting.FROM_DIAGONAL));
        all.put("stability", stability());
        all.put("stability-plasticity trade-off", stabilityPlasticityTradeoff());
        all.put("retention", retention());
        return all;
    }

    /** {@link #figures()} as a summary, whose table and JSON serve reports. */
    public Summary summary() {
        return new Summary("continual learning", figures());
    }

    /** {@link #figures()} as a table of two columns, "metric" and "value"; NaN is a missing value. */
    public Table table() {
        return summary().table();
    }

    @Override
    public double[][] scores() {
        return Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccuracyMatrix that && Arrays.deepEquals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(scores);
    }

    @Override
    public String toString() {
        return "AccuracyMatrix[" + tasks() + " tasks, average accuracy " + averageAccuracy() + ", backward transfer "
                + backwardTransfer() + "]";
    }
}
