package touchstone.ood.uncertainty;

import java.util.Arrays;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Platt scaling: {@code P(event | s) = 1 / (1 + exp(-(slope s + offset)))}, of the least negative log-likelihood on held-out
 * scores whose targets are {@code (N+ + 1) / (N+ + 2)} where the event came and {@code 1 / (N- + 2)} where not, so that
 * separable scores have an optimum too.
 *
 * <p>Follows the papers (with the signs of slope and offset turned); Newton's steps with halving.
 *
 * @param slope a unit of the score; above 0 when higher scores make the event likelier
 * @param offset at score 0
 */
@Reference({"platt1999probabilistic", "lin2007note"})
public record PlattScaling(double slope, double offset) {
    private static final int STEPS = 200;

    public PlattScaling {
        Check.finite(slope, "slope");
        Check.finite(offset, "offset");
    }

    /**
     * Fits.
     *
     * @param scores finite, [n]
     * @param happened whether the event came, [n]; some and not all
     */
    public static PlattScaling fit(double[] scores, boolean[] happened) {
        Check.sameLength(scores.length, "scores", happened.length, "happened");
        Check.allFinite(scores, "scores");
        double[] targets = targets(happened);
        double centre =
                Moments.mean(scores); // scores are centred and scaled, so that the steps do not depend on their unit
        double spread =
                Arrays.stream(scores).map(v -> Math.abs(v - centre)).max().orElse(0);
        double scale = spread > 0 ? spread : 1;
        double[] x = Arrays.stream(scores).map(v -> (v - centre) / scale).toArray();
        double[] at = {0, 0};
        for (int step = 0; step < STEPS; step++) {
            double[] next = stepped(x, targets, at);
            if (next[0] == at[0] && next[1] == at[1]) {
                break;
            }
            at = next;
        }
        return new PlattScaling(at[0] / scale, at[1] - at[0] * centre / scale);
    }

    private static double[] targets(boolean[] happened) {
        int positives = 0;
        for (boolean h : happened) {
            positives += h ? 1 : 0;
        }
        int negatives = happened.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(
                    "Platt scaling needs both outcomes: " + positives + " came, " + negatives + " did not");
        }
        var targets = new double[happened.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = happened[i] ? (positives + 1.0) / (positives + 2.0) : 1.0 / (negatives + 2.0);
        }
        return targets;
    }

    /** One step of Newton's, halved until the loss does not rise but by rounding; the same point when no length will do. */
    private static double[] stepped(double[] x, double[] targets, double[] at) {
        double ga = 0;
        double gb = 0;
        double haa = 1e-12;
        double hab = 0;
        double hbb = 1e-12;
        for (int i = 0; i < x.length; i++) {
            double p = probability(at[0] * x[i] + at[1]);
            double w = p * (1 - p);
            ga += (p - targets[i]) * x[i];
            gb += p - targets[i];
            haa += w * x[i] * x[i];
            hab += w * x[i];
            hbb += w;
        }
        double det = haa * hbb - hab * hab;
        double da = (hbb * ga - hab * gb) / det;
        double db = (haa * gb - hab * ga) / det;
        double value = loss(x, targets, at);
        double most = value + 1e-14 * Math.abs(value);
        for (double length = 1; length > 1e-10; length /= 2) {
            double[] next = {at[0] - length * da, at[1] - length * db};
            if (loss(x, targets, next) <= most) {
                return next;
            }
        }
        return at;
    }

    private static double loss(double[] x, double[] targets, double[] at) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = at[0] * x[i] + at[1];
            sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i] * z;
        }
        return sum;
    }

    private static double probability(double z) {
        return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    }

    /** The probability of the event at a score, in [0, 1]. */
    public double probabilityAt(double score) {
        return probability(slope * Check.finite(score, "score") + offset);
    }

    /** The probabilities at scores, [n]. */
    public double[] apply(double[] scores) {
        Check.allFinite(scores, "scores");
        return Arrays.stream(scores).map(this::probabilityAt).toArray();
    }
}
