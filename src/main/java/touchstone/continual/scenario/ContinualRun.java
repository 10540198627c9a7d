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
 * @param cost what it took
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record ContinualRun(AccuracyMatrix matrix, double[] untrained, Optional<EvaluationCurves> curves, Cost cost) {
    public ContinualRun {
        untrained = untrained.clone();
    }

    @Override
    public double[] untrained() {
        return untrained.clone();
    }

    /** Number of steps. */
    public long updates() {
        return cost.updates();
    }

    /** Numbers kept beside the network at the end. */
    public long stored() {
        return cost.stored();
    }

    /** Seconds of learning. */
    public double seconds() {
        return cost.seconds();
    }

    /** Forward transfer over the untrained network. */
    public double forwardTransfer() {
        return matrix.forwardTransfer(untrained);
    }
}
