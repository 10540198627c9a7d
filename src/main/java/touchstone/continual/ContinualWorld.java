package touchstone.continual;

import java.util.Arrays;
import java.util.LinkedHashMap;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The metrics of Continual World: success of every task at T * c checkpoints, c of them while each task is trained in turn.
 * Follows the published tables; areas are means over a task's own checkpoints.
 *
 * @param averagePerformance mean over tasks of the final success
 * @param forgettingPerTask success at the end of a task's own training less its final success, [T]; 0 for the last task
 * @param area mean success of each task over its own training, [T]
 * @param baselineArea the same for a model that is trained on that task alone, [T]
 * @param forwardTransferPerTask {@code (area - baselineArea) / (1 - baselineArea)}, [T]; NaN where the baseline's area is 1
 */
@Reference("wolczyk2021continual")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record ContinualWorld(
        double averagePerformance,
        double[] forgettingPerTask,
        double[] area,
        double[] baselineArea,
        double[] forwardTransferPerTask) {
    public ContinualWorld {
        forgettingPerTask = forgettingPerTask.clone();
        area = area.clone();
        baselineArea = baselineArea.clone();
        forwardTransferPerTask = forwardTransferPerTask.clone();
    }

    /**
     * The metrics of one run.
     *
     * @param success in [0, 1], NaN where not evaluated, [T][T * c]
     * @param baseline success of single-task runs over the same checkpoints, [T][c]
     * @param tail number of last checkpoints that "at the end" means, such as 5; at most c
     */
    public static ContinualWorld of(double[][] success, double[][] baseline, int tail) {
        int tasks = success.length;
        Check.nonEmpty(tasks, "success");
        Check.sameLength(baseline.length, "baseline", tasks, "success");
        int own = baseline[0].length;
        Check.atLeast(tail, 1, "tail");
        Check.atLeast(own, tail, "checkpoints of a task");
        for (int j = 0; j < tasks; j++) {
            Check.sameLength(baseline[j].length, "baseline[" + j + "]", own, "baseline[0]");
            if (success[j].length != tasks * own) {
                throw new IllegalArgumentException("success[" + j + "] must hold " + tasks + " x " + own
                        + " checkpoints, had " + success[j].length);
            }
        }
        var forgetting = new double[tasks];
        var area = new double[tasks];
        var baselineArea = new double[tasks];
        var transfer = new double[tasks];
        for (int j = 0; j < tasks; j++) {
            double[] s = success[j];
            int end = (j + 1) * own;
            forgetting[j] = mean(s, end - tail, end) - mean(s, s.length - tail, s.length);
            area[j] = mean(s, end - own, end);
            baselineArea[j] = Means.of(baseline[j]);
            transfer[j] = baselineArea[j] == 1 ? Double.NaN : (area[j] - baselineArea[j]) / (1 - baselineArea[j]);
        }
        double performance = Means.over(0, tasks, j -> mean(success[j], success[j].length - tail, success[j].length));
        return new ContinualWorld(performance, forgetting, area, baselineArea, transfer);
    }

    private static double mean(double[] x, int from, int to) {
        return Means.over(from, to, i -> x[i]);
    }

    /** Mean over all tasks, the last with its 0 included. */
    public double forgetting() {
        return Means.of(forgettingPerTask);
    }

    /** Mean over the tasks whose baseline can be bettered. */
    public double forwardTransfer() {
        return Means.of(forwardTransferPerTask);
    }

    /** Mean of {@code area - baselineArea}, in units of success. */
    public double forwardTransferUnnormalised() {
        return Means.over(0, area.length, j -> area[j] - baselineArea[j]);
    }

    /** The means over tasks by name. */
    public Summary summary() {
        var all = new LinkedHashMap<String, Double>();
        all.put("average performance", averagePerformance);
        all.put("forgetting", forgetting());
        all.put("forward transfer", forwardTransfer());
        all.put("forward transfer, unnormalised", forwardTransferUnnormalised());
        return new Summary("continual world", all);
    }

    @Override
    public double[] forgettingPerTask() {
        return forgettingPerTask.clone();
    }

    @Override
    public double[] area() {
        return area.clone();
    }

    @Override
    public double[] baselineArea() {
        return baselineArea.clone();
    }

    @Override
    public double[] forwardTransferPerTask() {
        return forwardTransferPerTask.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinualWorld that
                && Double.compare(averagePerformance, that.averagePerformance) == 0
                && Arrays.equals(forgettingPerTask, that.forgettingPerTask)
                && Arrays.equals(area, that.area)
                && Arrays.equals(baselineArea, that.baselineArea)
                && Arrays.equals(forwardTransferPerTask, that.forwardTransferPerTask);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(averagePerformance)
                + 31 * Arrays.hashCode(forgettingPerTask)
                + 17 * Arrays.hashCode(area);
    }

    @Override
    public String toString() {
        return "ContinualWorld[average performance " + averagePerformance + ", forgetting " + forgetting()
                + ", forward transfer " + forwardTransfer() + "]";
    }
}
