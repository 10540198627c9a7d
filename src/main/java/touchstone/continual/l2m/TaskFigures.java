package touchstone.continual.l2m;

import java.util.List;

/**
 * Figures of one task; a list has a value a regime, in the order of the log.
 *
 * @param task its name
 * @param learningAverages mean performance of each learning regime
 * @param evaluationAverages mean performance of each evaluation regime
 * @param recoveryTimes experiences until each later learning regime performed as the one before ended
 * @param maintenance terminal performance of later evaluations less that of the first one after the most recent learning
 * @param maintenanceOfLearning the same less that of the most recent learning
 * @param expert its learning beside its single-task expert's
 */
public record TaskFigures(
        String task,
        List<Double> learningAverages,
        List<Double> evaluationAverages,
        List<Double> recoveryTimes,
        List<Double> maintenance,
        List<Double> maintenanceOfLearning,
        ExpertComparison expert) {
    public TaskFigures {
        learningAverages = List.copyOf(learningAverages);
        evaluationAverages = List.copyOf(evaluationAverages);
        recoveryTimes = List.copyOf(recoveryTimes);
        maintenance = List.copyOf(maintenance);
        maintenanceOfLearning = List.copyOf(maintenanceOfLearning);
    }

    /** Negative Theil-Sen slope of the recovery times; above 0 means faster and faster, NaN for fewer than two. */
    public double performanceRecovery() {
        return recoveryTimes.size() < 2 ? Double.NaN : -Curve.theilSenSlope(array(recoveryTimes));
    }

    /** Mean performance while learning. */
    public double averageLearning() {
        return mean(learningAverages);
    }

    /** Mean performance in evaluations. */
    public double averageEvaluation() {
        return mean(evaluationAverages);
    }

    /** Performance maintenance against evaluations; below 0 is forgetting. */
    public double performanceMaintenance() {
        return mean(maintenance);
    }

    /** Performance maintenance against the end of learning; below 0 is forgetting. */
    public double performanceMaintenanceOfLearning() {
        return mean(maintenanceOfLearning);
    }

    /** Performance relative to the single-task expert, mean over its runs. */
    public double relativePerformance() {
        return mean(expert.relativePerformance());
    }

    /** Sample efficiency relative to the single-task expert, mean over its runs. */
    public double sampleEfficiency() {
        return mean(expert.sampleEfficiency());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(List<Double> values) {
        return Curve.mean(array(values));
    }
}
