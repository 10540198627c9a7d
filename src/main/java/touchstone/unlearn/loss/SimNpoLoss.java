package touchstone.unlearn.loss;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Simple negative preference optimisation, {@code -(2 / beta) log sigmoid(beta (loss / length - delta))} with a sequence's summed loss
 * over its length in place of a reference model; the mean over sequences, above 0. Follows the paper; delta is its margin gamma.
 */
@Reference("fan2024simplicity")
public final class SimNpoLoss implements Loss {
    private final Targets targets;
    private final double beta;
    private final double delta;

    /** With beta above 0 and any finite margin. */
    public SimNpoLoss(Targets targets, double beta, double delta) {
        this.targets = targets;
        this.beta = Check.positive(beta, "beta");
        this.delta = Check.finite(delta, "delta");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        return SequenceSlopes.add(outputs, examples, weight, gradient, targets, (example, loss) -> {
            int length = targets.counted(example);
            double x = beta * (loss / length - delta);
            return new SequenceSlopes.Value(2 / beta * Logistic.softplus(-x), -2 * Logistic.sigmoid(-x) / length);
        });
    }
}
