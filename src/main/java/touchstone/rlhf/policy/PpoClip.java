package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The clipped loss of PPO, {@code mean -min(rho A, clip(rho, 1 - low, 1 + high) A)} with {@code rho = pi / pi_old} of each token or
 * answer: no gain from moving a probability further than the clip in the direction of its advantage.
 *
 * <p>Follows the paper; two ends as in later work, and log-ratios are held to +-700 so that the ratio stays finite.
 *
 * @param low how far the ratio may fall, in (0, 1)
 * @param high how far it may rise, above 0
 */
@Reference("schulman2017proximal")
public record PpoClip(double low, double high) {
    private static final double MOST = 700; // e^700 is a finite double

    public PpoClip {
        Check.insideUnit(low, "low");
        Check.positive(high, "high");
    }

    /** 0.2 both ways. */
    public static PpoClip defaults() {
        return new PpoClip(0.2, 0.2);
    }

    /**
     * The loss with its gradient.
     *
     * @param loss the mean
     * @param perToken the loss of each token, [n]
     * @param ratio pi over pi_old, [n]
     * @param gradient derivative of the mean by each log pi, [n]; 0 where the clip holds
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(double loss, double[] perToken, double[] ratio, double[] gradient) {
        @Override
        public double[] perToken() {
            return perToken.clone();
        }

        @Override
        public double[] ratio() {
            return ratio.clone();
        }

        @Override
        public double[] gradient() {
            return gradient.clone();
        }

        /** Share of tokens whose gradient the clip has cut off. */
        public double clipped() {
            return Arrays.stream(gradient).filter(g -> g == 0).count() / (double) gradient.length;
        }
    }

    /** The loss of log-probabilities under the policy and under the one that drew the answers, with advantages; [n] each. */
    public Result of(double[] logP, double[] oldLogP, double[] advantage) {
        Check.nonEmpty(logP.length, "logP");
        Check.sameLength(logP.length, "logP", oldLogP.length, "oldLogP");
        Check.sameLength(logP.length, "logP", advantage.length, "advantage");
        Check.allFinite(logP, "logP");
        Check.allFinite(oldLogP, "oldLogP");
        Check.allFinite(advantage, "advantage");
        int n = logP.length;
        var perToken = new double[n];
        var ratio = new double[n];
        var gradient = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            ratio[i] = Math.exp(Math.max(-MOST, Math.min(MOST, logP[i] - oldLogP[i])));
            double free = ratio[i] * advantage[i];
            double held = Math.max(1 - low, Math.min(1 + high, ratio[i])) * advantage[i];
            perToken[i] = -Math.min(free, held);
            gradient[i] = free <= held ? -free / n : 0;
            sum += perToken[i];
        }
        return new Result(sum / n, perToken, ratio, gradient);
    }
}
