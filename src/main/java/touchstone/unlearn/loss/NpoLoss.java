package touchstone.unlearn.loss;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Negative preference optimisation, {@code -(2 / beta) log sigmoid(-beta (log pi - log ref))} of each sequence's summed log-probability,
 * the mean over sequences; above 0. As beta falls to 0 its gradient becomes that of gradient ascent; else it fades once the model likes
 * a sequence much less than the reference does. Follows the paper.
 */
@Reference("zhang2024negative")
public final class NpoLoss implements Loss {
    private final Targets targets;
    private final double[] referenceLosses;
    private final double beta;

    /**
     * With the reference's losses.
     *
     * @param referenceLosses {@code -log ref} of each example's labels, summed, nats, [n]
     * @param beta above 0
     */
    public NpoLoss(Targets targets, double[] referenceLosses, double beta) {
        Check.sameLength(referenceLosses.length, "referenceLosses", targets.size(), "targets");
        this.targets = targets;
        this.referenceLosses = referenceLosses.clone();
        this.beta = Check.positive(beta, "beta");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        return SequenceSlopes.add(outputs, examples, weight, gradient, targets, (example, loss) -> {
            double x = beta * (loss - referenceLosses[example]);
            return new SequenceSlopes.Value(2 / beta * Logistic.softplus(-x), -2 * Logistic.sigmoid(-x));
        });
    }
}
