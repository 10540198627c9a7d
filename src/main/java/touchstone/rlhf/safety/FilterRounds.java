package touchstone.rlhf.safety;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Rounds of filtering and regeneration: in each, a guard looks at every answer, and those it flags are drawn again from the same
 * policy. A harmful answer is flagged with probability {@code recall}, a harmless one with {@code falseAlarms}, anew each round. With h the
 * harm rate of the policy, {@code h_{k+1} = (1 - recall) h_k + (recall h_k + falseAlarms (1 - h_k)) h}: a geometric approach to
 * a floor.
 *
 * <p>The procedure is that of Safe RLHF-V; the formula is ours and takes the guard's mistakes to be independent between rounds. A
 * guard that always misses the same answers has the same law as long as recall and harm are counted over fresh answers.
 *
 * @param recall in [0, 1]
 * @param falseAlarms in [0, 1]
 */
@Reference("ji2025safe")
public record FilterRounds(double recall, double falseAlarms) {
    public FilterRounds {
        Check.probability(recall, "recall");
        Check.probability(falseAlarms, "falseAlarms");
    }

    /** Harm rate after each of 0 .. rounds rounds, [rounds + 1], for a policy of the given harm rate. */
    public double[] harm(double rate, int rounds) {
        Check.probability(rate, "rate");
        Check.atLeast(rounds, 0, "rounds");
        var h = new double[rounds + 1];
        h[0] = rate;
        for (int k = 0; k < rounds; k++) {
            double flagged = recall * h[k] + falseAlarms * (1 - h[k]);
            h[k + 1] = (1 - recall) * h[k] + flagged * rate;
        }
        return h;
    }

    /** The factor by which the distance to the floor shrinks in a round, {@code 1 - recall + (recall - falseAlarms) h}. */
    public double decay(double rate) {
        Check.probability(rate, "rate");
        return 1 - recall + (recall - falseAlarms) * rate;
    }

    /** Harm rate after very many rounds; the rate itself for a guard that never flags. */
    public double floor(double rate) {
        double step = 1 - decay(rate);
        return step == 0 ? rate : falseAlarms * rate / step;
    }

    /**
     * The law of the answers after each round under a guard that flags the same answers every time, exactly: {@code p_{k+1}(a) =
     * p_k(a) (1 - flag(a)) + F_k p_0(a)} with F the share flagged.
     *
     * @param law of the policy over answers, [m]
     * @param flagged [m]
     * @return [rounds + 1, m]
     */
    public static double[][] laws(double[] law, boolean[] flagged, int rounds) {
        Check.sameLength(law.length, "law", flagged.length, "flagged");
        Check.probabilities(law, "law");
        Check.atLeast(rounds, 0, "rounds");
        var p = new double[rounds + 1][];
        p[0] = law.clone();
        for (int k = 0; k < rounds; k++) {
            double share = 0;
            for (int a = 0; a < law.length; a++) {
                share += flagged[a] ? p[k][a] : 0;
            }
            p[k + 1] = new double[law.length];
            for (int a = 0; a < law.length; a++) {
                p[k + 1][a] = (flagged[a] ? 0 : p[k][a]) + share * law[a];
            }
        }
        return p;
    }
}
