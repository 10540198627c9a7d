package touchstone.interpret.direction;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * What directed representation optimisation minimises. With z the coordinates of a prompt's representation under the prompt that is
 * trained and z0 under the one it starts from, r and h the logits of refusal and harmfulness, y = 1 for a harmful prompt:
 * {@code BCE(r(z) - r(z0), y) + harmWeight BCE(h(z) - h(z0), y) + restWeight mean((z - z0)^2 outside the space)}, a mean over prompts.
 * Harmful prompts are moved to refusal, harmless ones away from it; what is outside the space should stay.
 *
 * <p>Follows the paper's code.
 *
 * @param space the two logistic models
 * @param harmWeight 0 or more
 * @param restWeight 0 or more
 */
@Reference("zheng2024prompt")
public record DroLoss(RefusalSpace space, double harmWeight, double restWeight) {
    public DroLoss {
        Check.notNegative(harmWeight, "harmWeight");
        Check.notNegative(restWeight, "restWeight");
    }

    /** The paper's weights, 0.01 and 0.001. */
    public static DroLoss of(RefusalSpace space) {
        return new DroLoss(space, 1e-2, 1e-3);
    }

    /**
     * The loss and its slopes.
     *
     * @param hidden representations, [n, d]
     * @param start those under the first prompt, [n, d]
     * @param harmful whether each prompt is harmful, [n]
     * @param slopes by hidden, [n, d], to which they are added
     */
    public double add(double[][] hidden, double[][] start, boolean[] harmful, double[][] slopes) {
        Check.sameLength(hidden.length, "hidden", start.length, "start");
        Check.sameLength(hidden.length, "hidden", harmful.length, "harmful");
        double[][] z = space.coordinates(hidden);
        double[][] z0 = space.coordinates(start);
        int n = hidden.length;
        double loss = 0;
        for (int i = 0; i < n; i++) {
            var slope = new double[z[i].length];
            loss += readout(space.refusal(), z[i], z0[i], harmful[i], 1.0 / n, slope);
            loss += readout(space.harm(), z[i], z0[i], harmful[i], harmWeight / n, slope);
            int m = space.dimensions();
            double weight = restWeight / (n * (double) (slope.length - m));
            for (int r = m; r < slope.length; r++) {
                double gap = z[i][r] - z0[i][r];
                loss += weight * gap * gap;
                slope[r] += 2 * weight * gap;
            }
            double[] back = space.pullBack(slope);
            Arrays.setAll(slopes[i], addTo(slopes[i], back));
        }
        return loss;
    }

    private static java.util.function.IntToDoubleFunction addTo(double[] slopes, double[] more) {
        return j -> slopes[j] + more[j];
    }

    private double readout(
            LogisticReadout of, double[] z, double[] z0, boolean harmful, double weight, double[] slope) {
        int m = space.dimensions();
        double change = of.logit(Arrays.copyOf(z, m)) - of.logit(Arrays.copyOf(z0, m));
        double y = harmful ? 1 : 0;
        double[] w = of.weights();
        for (int r = 0; r < m; r++) {
            slope[r] += weight * (Logistic.sigmoid(change) - y) * w[r];
        }
        return weight * (Logistic.softplus(change) - y * change);
    }
}
