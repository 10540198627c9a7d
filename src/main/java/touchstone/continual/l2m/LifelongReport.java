package touchstone.continual.l2m;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.Table;
import touchstone.continual.Summary;
import touchstone.continual.l2m.LifelongSettings.Aggregation;
import touchstone.continual.l2m.LifelongSettings.Range;
import touchstone.util.Json;
import touchstone.util.Reference;

/**
 * The metrics of a lifetime. Follows the published program (l2metrics), which the golden files hold it to: saturation smooths
 * what is smoothed already, recovery times count from 0, a task of constant performance is scaled to 1, and transfer of a
 * lifetime takes the first value of each pair of tasks.
 *
 * @param regimes figures of each regime, in the order of the log
 * @param tasks figures of each task, in the order of their first learning
 * @param forwardTransfer ratio of evaluations after and before learning another task, for tasks not learned yet
 * @param backwardTransfer the same for tasks learned before
 * @param forwardContrast difference over sum instead of ratio, in [-1, 1] for performance above 0
 * @param backwardContrast the same for tasks learned before
 * @param ranges performance that each task was scaled by
 * @param aggregation how tasks become one figure
 */
@Reference({"new2022lifelong", "baker2023domain"})
public record LifelongReport(
        List<RegimeFigures> regimes,
        Map<String, TaskFigures> tasks,
        Transfer forwardTransfer,
        Transfer backwardTransfer,
        Transfer forwardContrast,
        Transfer backwardContrast,
        Map<String, Range> ranges,
        Aggregation aggregation) {

    /**
     * The report of a lifetime.
     *
     * @param log learning and evaluation of the lifetime
     * @param experts runs of a single-task expert by task; a task without one has no figures relative to it
     */
    public static LifelongReport of(
            LearningLog log, Map<String, List<LearningLog>> experts, LifelongSettings settings) {
        if (log.experiences().isEmpty()) {
            throw new IllegalArgumentException(
                    "log must hold an experience with a performance, had none of " + log.leftOut() + " lines");
        }
        Prepared prepared = Prepared.of(log, experts, settings);
        Map<Integer, RegimeFigures> figures = RegimeAnalysis.of(prepared);
        var terminal = new HashMap<Integer, Double>();
        figures.forEach((number, f) -> terminal.put(number, f.terminal()));
        var tasks = new LinkedHashMap<String, TaskFigures>();
        for (String task : prepared.order()) {
            tasks.put(task, task(prepared, figures, task, settings));
        }
        return new LifelongReport(
                List.copyOf(figures.values()),
                tasks,
                Transfer.of(prepared, terminal, true, Transfer::ratio),
                Transfer.of(prepared, terminal, false, Transfer::ratio),
                Transfer.of(prepared, terminal, true, Transfer::contrast),
                Transfer.of(prepared, terminal, false, Transfer::contrast),
                prepared.ranges(),
                settings.aggregation());
    }

    private static TaskFigures task(
            Prepared log, Map<Integer, RegimeFigures> figures, String task, LifelongSettings settings) {
        List<RegimeFigures> own =
                figures.values().stream().filter(f -> f.task().equals(task)).toList();
        List<RegimeFigures> learning =
                own.stream().filter(RegimeFigures::learning).toList();
        List<RegimeFigures> evaluation =
                log.of(task, false).stream().map(r -> figures.get(r.number())).toList();
        double[] curve = Regime.concatenated(
                log.of(task, true).stream().filter(Regime::wake).toList());
        return new TaskFigures(
                task,
                values(learning, RegimeFigures::average),
                values(evaluation, RegimeFigures::average),
                values(learning, RegimeFigures::recoveryTime),
                values(evaluation, RegimeFigures::maintenance),
                values(evaluation, RegimeFigures::maintenanceOfLearning),
                ExpertComparison.of(curve, log.experts().getOrDefault(task, List.of()), settings.expertAverage()));
    }

    private static List<Double> values(List<RegimeFigures> figures, ToDoubleFunction<RegimeFigures> value) {
        var values = new ArrayList<Double>();
        figures.stream().mapToDouble(value).filter(x -> !Double.isNaN(x)).forEach(values::add);
        return values;
    }

    /** Figures of the lifetime by name; NaN where no task has one. */
    public Map<String, Double> lifetime() {
        var all = new LinkedHashMap<String, Double>();
        all.put("performance recovery", overTasks(TaskFigures::performanceRecovery));
        all.put("average learning performance", overTasks(TaskFigures::averageLearning));
        all.put("average evaluation performance", overTasks(TaskFigures::averageEvaluation));
        all.put("performance maintenance", overTasks(TaskFigures::performanceMaintenance));
        all.put("performance maintenance of learning", overTasks(TaskFigures::performanceMaintenanceOfLearning));
        all.put("forward transfer ratio", aggregate(forwardTransfer.firsts()));
        all.put("backward transfer ratio", aggregate(backwardTransfer.firsts()));
        all.put("forward transfer contrast", aggregate(forwardContrast.firsts()));
        all.put("backward transfer contrast", aggregate(backwardContrast.firsts()));
        all.put("relative performance", overTasks(TaskFigures::relativePerformance));
        all.put("sample efficiency", overTasks(TaskFigures::sampleEfficiency));
        return all;
    }

    private double overTasks(ToDoubleFunction<TaskFigures> figure) {
        return aggregate(tasks.values().stream().mapToDouble(figure).toArray());
    }

    private double aggregate(double[] values) {
        double[] valued = DoubleStream.of(values).filter(x -> !Double.isNaN(x)).toArray();
        if (valued.length == 0) {
            return Double.NaN;
        }
        return aggregation == Aggregation.MEAN ? Curve.mean(valued) : Curve.median(valued);
    }

    /** {@link #lifetime()} as a summary, whose table and JSON serve reports. */
    public Summary summary() {
        return new Summary("lifelong learning", lifetime());
    }

    /** {@link #lifetime()} as a table of two columns, "metric" and "value"; NaN is a missing value. */
    public Table table() {
        return summary().table();
    }

    /** A row a task, a column a figure of it; NaN is a missing value. */
    public Table taskTable() {
        return Summary.compare(
                "tasks", tasks.values().stream().map(LifelongReport::ofTask).toList());
    }

    private static Summary ofTask(TaskFigures f) {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("performance recovery", f.performanceRecovery());
        figures.put("average learning performance", f.averageLearning());
        figures.put("average evaluation performance", f.averageEvaluation());
        figures.put("performance maintenance", f.performanceMaintenance());
        figures.put("performance maintenance of learning", f.performanceMaintenanceOfLearning());
        figures.put("relative performance", f.relativePerformance());
        figures.put("sample efficiency", f.sampleEfficiency());
        return new Summary(f.task(), figures);
    }

    /** The whole report as one JSON object: "lifetime" and this record's components. NaN, which JSON lacks, is text. */
    public String json() {
        JsonObject whole = Json.of(this).getAsJsonObject();
        whole.add("lifetime", Json.of(lifetime()));
        return whole.toString();
    }
}
