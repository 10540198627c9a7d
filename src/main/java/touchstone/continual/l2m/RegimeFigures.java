package touchstone.continual.l2m;

/**
 * Figures of one regime of a lifetime.
 *
 * @param number place in the log, from 0
 * @param block number of its block
 * @param learning whether the agent learned in it
 * @param task name of its task
 * @param saturation highest smoothed performance
 * @param experiencesToSaturation index of the first experience that reaches it, from 0
 * @param terminal terminal performance: mean of the last tenth of learning, of all of an evaluation
 * @param experiencesToTerminal experiences up to the middle of what that mean is taken from
 * @param average mean performance
 * @param recoveryTime experiences until the terminal performance of the task's learning before is reached again; one more
 *     than it has when it is not, NaN where there is none before
 * @param maintenance terminal performance less that of the first evaluation after the most recent learning; NaN where that
 *     is not defined
 * @param maintenanceOfLearning terminal performance less that of the most recent learning; NaN where that is not defined
 */
public record RegimeFigures(
        int number,
        int block,
        boolean learning,
        String task,
        double saturation,
        double experiencesToSaturation,
        double terminal,
        int experiencesToTerminal,
        double average,
        double recoveryTime,
        double maintenance,
        double maintenanceOfLearning) {

    static RegimeFigures of(Regime regime) {
        double[] x = regime.values();
        var saturation = Curve.Saturation.of(x);
        return new RegimeFigures(
                regime.number(),
                regime.first().block(),
                regime.learning(),
                regime.task(),
                saturation.value(),
                saturation.experiences(),
                Curve.terminal(x, regime.learning()),
                Curve.experiencesToTerminal(x, regime.learning()),
                Curve.mean(x),
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    RegimeFigures withRecoveryTime(double time) {
        return with(time, maintenance, maintenanceOfLearning);
    }

    RegimeFigures withMaintenance(double ofEvaluation, double ofLearning) {
        return with(recoveryTime, ofEvaluation, ofLearning);
    }

    private RegimeFigures with(double time, double ofEvaluation, double ofLearning) {
        return new RegimeFigures(
                number,
                block,
                learning,
                task,
                saturation,
                experiencesToSaturation,
                terminal,
                experiencesToTerminal,
                average,
                time,
                ofEvaluation,
                ofLearning);
    }
}
