package touchstone.ood.failure;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Loss of scores along rollouts, with {@code p_t} the logistic function of the output at step t; the mean over steps, then over
 * rollouts, where each outcome weighs as much as the other over the data set. Steps beyond a rollout's length count nothing.
 * With {@code s_t} the mean of p_0 to p_t, a success costs {@code s_t} at a step and a failure {@code 1 - s_t}; or, by steps,
 * {@code -log(1 - p_t)} and {@code -log p_t}.
 *
 * <p>Follows SAFE: its loss for a perceptron, with the threshold 1, and that for a recurrent network; without its weights over
 * time.
 */
@Reference("gu2025safe")
final class RolloutLoss implements Loss {
    private final boolean[] failed;
    private final int[] lengths;
    private final int steps;
    private final boolean running;
    private final double[] weights;

    /** Outcomes and lengths of all rollouts, [n] each, padded to so many steps; of running means, or of each step. */
    RolloutLoss(boolean[] failed, int[] lengths, int steps, boolean running) {
        Check.sameLength(failed.length, "failed", lengths.length, "lengths");
        this.failed = failed.clone();
        this.lengths = lengths.clone();
        this.steps = steps;
        this.running = running;
        int failures = 0;
        for (boolean f : failed) {
            failures += f ? 1 : 0;
        }
        if (failures == 0 || failures == failed.length) {
            throw new IllegalArgumentException("training needs successes and failures: " + (failed.length - failures)
                    + " successes, " + failures + " failures");
        }
        weights = new double[] {failed.length / (2.0 * (failed.length - failures)), failed.length / (2.0 * failures)};
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        outputs.demand(examples.length * steps, 1, "outputs");
        gradient.demand(outputs.rows(), 1, "gradient");
        double loss = 0;
        for (int i = 0; i < examples.length; i++) {
            boolean failure = failed[examples[i]];
            double share = weight * weights[failure ? 1 : 0] / examples.length;
            int length = lengths[examples[i]];
            loss += running
                    ? means(outputs, i * steps, length, failure, share, gradient)
                    : each(outputs, i * steps, length, failure, share, gradient);
        }
        return loss;
    }

    private static double each(Tensor outputs, int from, int length, boolean failure, double share, Tensor gradient) {
        double loss = 0;
        for (int t = from; t < from + length; t++) {
            double z = outputs.get(t, 0);
            double wrong = failure ? -z : z;
            loss += share / length * (Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong))));
            gradient.set(t, 0, gradient.get(t, 0) + share / length * (logistic(z) - (failure ? 1 : 0)));
        }
        return loss;
    }

    private static double means(Tensor outputs, int from, int length, boolean failure, double share, Tensor gradient) {
        double sign = failure ? -1 : 1;
        double sum = 0;
        double loss = 0;
        double later = 0; // sum over the steps from t on of 1 / ((t + 1) length)
        for (int t = 0; t < length; t++) {
            sum += logistic(outputs.get(from + t, 0));
            double mean = sum / (t + 1);
            loss += share * (failure ? 1 - mean : mean) / length;
            later += 1.0 / ((t + 1.0) * length);
        }
        for (int t = 0; t < length; t++) {
            double p = logistic(outputs.get(from + t, 0));
            double slope = sign * share * later * p * (1 - p);
            gradient.set(from + t, 0, gradient.get(from + t, 0) + slope);
            later -= 1.0 / ((t + 1.0) * length);
        }
        return loss;
    }

    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
