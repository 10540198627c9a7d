package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Group-relative advantages (GRPO): the rewards of several answers to one prompt, less their mean, over their spread (standard
 * deviation of divisor n - 1, plus {@code eps}). With several objectives the {@link Aggregation} decides what is lost: sums of
 * rewards that trade off exactly are all alike, so that {@link Aggregation#SUM_THEN_NORMALIZE} sees no difference.
 *
 * <p>Follows TRL. A reward of NaN means "not rated": such an answer gets advantage 0 and stays out of means and spreads, and with
 * several objectives only the missing one is left out.
 *
 * @param aggregation of several objectives
 * @param scale what the centred rewards are divided by; of effect with {@link Aggregation#SUM_THEN_NORMALIZE} only
 * @param eps added to every spread, above 0
 */
@Reference({"shao2024deepseekmath", "liu2025understanding", "liu2026gdpo"})
public record GroupAdvantage(Aggregation aggregation, Scale scale, double eps) {
    /** How several objectives become one advantage. */
    public enum Aggregation {
        /** Weighted sum of rewards, then centre and scale: GRPO. */
        SUM_THEN_NORMALIZE,
        /** Centre and scale each objective in its group, weighted sum, then whiten over the batch: GDPO. */
        NORMALIZE_THEN_SUM
    }

    /** What centred rewards are divided by. */
    public enum Scale {
        /** The spread of the group: GRPO. */
        GROUP,
        /** The spread of the rewards of all groups. */
        BATCH,
        /** Nothing: Dr. GRPO, without bias towards prompts of little spread. */
        NONE
    }

    public GroupAdvantage {
        Check.positive(eps, "eps");
    }

    /** Sum, then normalise by the group's spread plus 1e-4. */
    public static GroupAdvantage defaults() {
        return new GroupAdvantage(Aggregation.SUM_THEN_NORMALIZE, Scale.GROUP, 1e-4);
    }

    public GroupAdvantage withAggregation(Aggregation a) {
        return new GroupAdvantage(a, scale, eps);
    }

    public GroupAdvantage withScale(Scale s) {
        return new GroupAdvantage(aggregation, s, eps);
    }

    /** Advantages of one objective, [groups, answers]; two answers a group or more. */
    public double[][] of(double[][] rewards) {
        var single = new double[rewards.length][][];
        for (int g = 0; g < rewards.length; g++) {
            single[g] = new double[rewards[g].length][1];
            for (int i = 0; i < rewards[g].length; i++) {
                single[g][i][0] = rewards[g][i];
            }
        }
        return of(single, 1);
    }

    /**
     * Advantages of several objectives.
     *
     * @param rewards [groups, answers, objectives]; two answers a group or more
     * @param weights finite, [objectives]
     * @return [groups, answers]
     */
    public double[][] of(double[][][] rewards, double... weights) {
        check(rewards, weights);
        return aggregation == Aggregation.SUM_THEN_NORMALIZE ? sumFirst(rewards, weights) : sumLast(rewards, weights);
    }

    private double[][] sumFirst(double[][][] rewards, double[] weights) {
        var sums = new double[rewards.length][];
        var all = new Spread();
        for (int g = 0; g < sums.length; g++) {
            sums[g] = new double[rewards[g].length];
            for (int i = 0; i < sums[g].length; i++) {
                sums[g][i] = weightedSum(rewards[g][i], weights);
            }
            all.add(sums[g]);
        }
        double batch = all.deviation() + eps;
        for (double[] group : sums) {
            var spread = new Spread().add(group);
            double over = scale == Scale.GROUP ? spread.deviation() + eps : scale == Scale.BATCH ? batch : 1;
            normalise(group, spread.mean(), over);
        }
        return sums;
    }

    private double[][] sumLast(double[][][] rewards, double[] weights) {
        var sums = new double[rewards.length][];
        var all = new Spread();
        for (int g = 0; g < sums.length; g++) {
            sums[g] = new double[rewards[g].length];
            for (int k = 0; k < weights.length; k++) {
                double[] objective = column(rewards[g], k);
                var spread = new Spread().add(objective);
                normalise(objective, spread.mean(), spread.deviation() + eps);
                for (int i = 0; i < objective.length; i++) {
                    sums[g][i] += weights[k] * objective[i];
                }
            }
            all.add(sums[g]);
        }
        double mean = all.mean();
        double over = all.deviation() + eps;
        for (double[] group : sums) {
            normalise(group, mean, over);
        }
        return sums;
    }

    private static void normalise(double[] x, double mean, double over) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.isNaN(x[i]) ? 0 : (x[i] - mean) / over;
        }
    }

    /** The sum over the objectives that are rated; NaN when none is. */
    private static double weightedSum(double[] rewards, double[] weights) {
        double sum = 0;
        boolean rated = false;
        for (int k = 0; k < weights.length; k++) {
            if (!Double.isNaN(rewards[k])) {
                sum += weights[k] * rewards[k];
                rated = true;
            }
        }
        return rated ? sum : Double.NaN;
    }

    private static double[] column(double[][] group, int k) {
        var column = new double[group.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = group[i][k];
        }
        return column;
    }

    private static void check(double[][][] rewards, double[] weights) {
        Check.nonEmpty(rewards.length, "rewards");
        Check.nonEmpty(weights.length, "weights");
        Check.allFinite(weights, "weights");
        for (int g = 0; g < rewards.length; g++) {
            Check.atLeast(rewards[g].length, 2, "answers of group " + g);
            for (int i = 0; i < rewards[g].length; i++) {
                String name = "rewards[" + g + "][" + i + "]";
                Check.sameLength(rewards[g][i].length, name, weights.length, "weights");
                for (double r : rewards[g][i]) {
                    if (Double.isInfinite(r)) {
                        throw new IllegalArgumentException(name + " must hold finite rewards or NaN, had " + r);
                    }
                }
            }
        }
    }
}
