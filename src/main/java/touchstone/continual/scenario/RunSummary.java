package touchstone.continual.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import touchstone.continual.EvaluationCurves;
import touchstone.continual.Summary;
import touchstone.util.Json;

/** A run's figures under one name, and a run as JSON. */
public final class RunSummary {
    private RunSummary() {}

    /** Figures of the matrix and of the curves where there are any, forward transfer, and what the run cost. */
    public static Summary of(String name, ContinualRun run) {
        Summary summary = run.matrix().summary().named(name);
        summary = summary.with(Map.of("forward transfer", run.forwardTransfer()));
        if (run.curves().isPresent()) {
            summary = summary.with(run.curves().get().summary().figures());
        }
        var costs = new LinkedHashMap<String, Double>();
        Cost cost = run.cost();
        costs.put("updates", (double) cost.updates());
        costs.put("rows forward", (double) cost.forward());
        costs.put("rows backward", (double) cost.backward());
        costs.put("numbers stored", (double) cost.stored());
        costs.put("numbers stored at most", (double) cost.peak());
        costs.put("seconds", cost.seconds());
        return summary.with(costs);
    }

    /**
     * One JSON object: "name", "figures" as {@link #of} has them, "scores" [T][T], "untrained" [T], and where there are curves
     * "accuracy" [T][N + 1] and "taskEnds" [T]. NaN, which JSON lacks, is text.
     */
    public static String json(String name, ContinualRun run) {
        var all = new LinkedHashMap<String, Object>();
        all.put("name", name);
        all.put("figures", of(name, run).figures());
        all.put("scores", run.matrix().scores());
        all.put("untrained", run.untrained());
        run.curves().map(EvaluationCurves::accuracy).ifPresent(a -> all.put("accuracy", a));
        run.curves().map(EvaluationCurves::taskEnds).ifPresent(e -> all.put("taskEnds", e));
        return Json.of(all).toString();
    }
}
