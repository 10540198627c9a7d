package touchstone.rlhf.loss;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Bradley-Terry loss token by token: {@code mean over the tokens from the first in which the answers differ to the end of the longer
 * one of -log sigma(r_c(t) - r_r(t))}, then the mean over pairs; plus {@code reg} times the mean squares of all rewards of a pair, one
 * mean for each answer. For costs, the less safe answer is the first one.
 *
 * <p>Follows Safe RLHF's program (loss type token-wise); the papers use the last token alone.
 *
 * @param regularization the coefficient reg, 0 or more
 */
@Reference("dai2024safe")
public record TokenWise(double regularization) {
    public TokenWise {
        Check.notNegative(regularization, "regularization");
    }

    /** No penalty. */
    public static TokenWise defaults() {
        return new TokenWise(0);
    }

    public TokenWise withRegularization(double reg) {
        return new TokenWise(reg);
    }

    /**
     * The tokens of a pair that count.
     *
     * @param from the first token in which the two answers differ, from 0
     * @param to behind the last token of the longer answer, above {@code from}
     */
    public record Span(int from, int to) {
        public Span {
            Check.atLeast(from, 0, "from");
            Check.atLeast(to, from + 1, "to");
        }

        /** The span of two rows of token numbers, padded to one length; the lengths say where each ends. */
        public static Span of(int[] chosen, int[] rejected, int lengthChosen, int lengthRejected) {
            Check.sameLength(chosen.length, "chosen", rejected.length, "rejected");
            int end = Math.max(lengthChosen, lengthRejected);
            Check.index(end - 1, chosen.length, "last token");
            for (int t = 0; t < end; t++) {
                if (chosen[t] != rejected[t]) {
                    return new Span(t, end);
                }
            }
            throw new IllegalArgumentException(
                    "chosen and rejected must differ in a token, all " + end + " were the same: leave the pair out");
        }
    }

    /**
     * The loss with its gradient.
     *
     * @param loss mean over the pairs, penalty included
     * @param gradChosen derivative of the loss by each token's reward of the preferred answers, [n][tokens]
     * @param gradRejected derivative of the loss by each token's reward of the other answers, [n][tokens]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays; copied on the way out
    public record Result(double loss, double[][] gradChosen, double[][] gradRejected) {
        @Override
        public double[][] gradChosen() {
            return Arrays.stream(gradChosen).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[][] gradRejected() {
            return Arrays.stream(gradRejected).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /**
     * The loss.
     *
     * @param chosen reward after each token of the preferred answers, [n][tokens]
     * @param rejected reward after each token of the other answers, of the same shape
     * @param spans the tokens that count, one a pair, [n]
     */
    public Result of(double[][] chosen, double[][] rejected, Span... spans) {
        int n = chosen.length;
        Check.nonEmpty(n, "chosen");
        Check.sameLength(n, "chosen", rejected.length, "rejected");
        Check.sameLength(n, "chosen", spans.length, "spans");
        var gradChosen = new double[n][];
        var gradRejected = new double[n][];
        double loss = 0;
        for (int i = 0; i < n; i++) {
            int tokens = chosen[i].length;
            Check.sameLength(tokens, "chosen[" + i + "]", rejected[i].length, "rejected[" + i + "]");
            Check.allFinite(chosen[i], "chosen[" + i + "]");
            Check.allFinite(rejected[i], "rejected[" + i + "]");
            Check.index(spans[i].to - 1, tokens, "last token of spans[" + i + "]");
            gradChosen[i] = new double[tokens];
            gradRejected[i] = new double[tokens];
            double pair = penalty(chosen[i], gradChosen[i], n) + penalty(rejected[i], gradRejected[i], n);
            double count = spans[i].to - spans[i].from;
            for (int t = spans[i].from; t < spans[i].to; t++) {
                double lead = chosen[i][t] - rejected[i][t];
                double pull = Logistic.sigmoid(-lead) / count / n;
                pair += Logistic.softplus(-lead) / count;
                gradChosen[i][t] -= pull;
                gradRejected[i][t] += pull;
            }
            loss += pair / n;
        }
        return new Result(loss, gradChosen, gradRejected);
    }

    private double penalty(double[] rewards, double[] gradient, int n) {
        double sum = 0;
        for (int t = 0; t < rewards.length; t++) {
            sum += rewards[t] * rewards[t];
            gradient[t] = 2 * regularization * rewards[t] / rewards.length / n;
        }
        return regularization * sum / rewards.length;
    }
}
