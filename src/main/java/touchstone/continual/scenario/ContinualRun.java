package touchstone.continual.scenario;

import java.util.Optional;
import touchstone.continual.AccuracyMatrix;
import touchstone.continual.EvaluationCurves;

/**
 * What came of taking a strategy through a scenario.
 *
 * @param matrix accuracy on each task after each task; NaN for a task without test examples
 * @param untrained accuracy on each task before any training
 * @param curves accuracy on each task at every evaluation; empty unless asked for
 * @param updates number of steps
 * @param stored numbers kept beside the network at the end, see {@link touchstone.continual.strategy.Strategy.Learner#stored}
 * @param seconds wall-clock time of the steps and of what comes at the end of tasks, without evaluation
 */
public record ContinualRun(
        AccuracyMatrix matrix,
        double[] untrained,
        Optional<EvaluationCurves> curves,
        long updates,
        long stored,
        double seconds) {
    /** Forward transfer over the untrained network. */
    public double forwardTransfer() {
        return matrix.forwardTransfer(untrained);
    }
}
