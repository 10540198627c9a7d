package touchstone.rlhf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.rlhf.preference.SparseRows;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Linear rewards of several groups of people, learnt from their pairs without knowing who belongs to which: a mixture of
 * Bradley-Terry models by expectation-maximisation, which never lowers the penalised likelihood {@code sum_a log sum_k pi_k
 * prod_{i of a} sigma(w_k . d_i) - n l2 / 2 sum_k |w_k|^2}. The product runs over the pairs of one annotator: pairs of the same
 * hand share a group, which is what makes small groups visible.
 *
 * <p>Differs from the paper: linear rewards, and proportions that do not depend on the prompt; {@link HedgeRouter} is its second
 * stage.
 *
 * @param groups number of groups K, 1 or more
 * @param l2 weight of the penalty, above 0
 * @param steps of the algorithm at most, 1 or more
 * @param restarts from random starts; the best likelihood wins, 1 or more
 * @param seed of the starts
 */
@Reference({"shen2025micro", "dempster1977maximum"})
public record MixtureRewardModel(int groups, double l2, int steps, int restarts, long seed) {
    private static final double SETTLED = 1e-9; // on the gain of a step in nats a pair

    public MixtureRewardModel {
        Check.atLeast(groups, 1, "groups");
        Check.positive(l2, "l2");
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(restarts, 1, "restarts");
    }

    /** l2 = 0.001, 200 steps, 4 starts, seed 1. */
    public static MixtureRewardModel of(int groups) {
        return new MixtureRewardModel(groups, 1e-3, 200, 4, 1);
    }

    public MixtureRewardModel withL2(double penalty) {
        return new MixtureRewardModel(groups, penalty, steps, restarts, seed);
    }

    public MixtureRewardModel withSeed(long s) {
        return new MixtureRewardModel(groups, l2, steps, restarts, s);
    }

    /**
     * A fitted mixture.
     *
     * @param weights of each group's reward, [groups, d]; the groups are in falling order of their share
     * @param proportions of the groups among annotators, [groups]
     * @param objectives penalised log-likelihood before each step, in nats, [steps]; never falling
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone; copied on the way out
    public record Fitted(double[][] weights, double[] proportions, double[] objectives) {
        /** Leads of a pair under each group, from the difference of the answers' features [d]. */
        public double[] leads(double[] difference) {
            Check.sameLength(difference.length, "difference", weights[0].length, "weights[0]");
            return Arrays.stream(weights).mapToDouble(w -> dot(w, difference)).toArray();
        }

        /** Probability that a person of unknown group prefers the first answer. */
        public double probability(double[] difference) {
            double[] leads = leads(difference);
            double sum = 0;
            for (int k = 0; k < leads.length; k++) {
                sum += proportions[k] * Logistic.sigmoid(leads[k]);
            }
            return sum;
        }

        @Override
        public double[][] weights() {
            return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[] proportions() {
            return proportions.clone();
        }

        @Override
        public double[] objectives() {
            return objectives.clone();
        }
    }

    /** Fits to pairs of unknown annotators, each its own; feature differences [n, d]. */
    public Fitted fit(double[][] differences) {
        return fit(differences, IntStream.range(0, differences.length).toArray());
    }

    /**
     * Fits to pairs whose annotators are known.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, d]
     * @param annotators who gave each pair, any number for each, [n]
     */
    public Fitted fit(double[][] differences, int[] annotators) {
        Check.nonEmpty(differences.length, "differences");
        Check.sameLength(differences.length, "differences", annotators.length, "annotators");
        for (int i = 0; i < differences.length; i++) {
            Check.sameLength(differences[i].length, "differences[" + i + "]", differences[0].length, "differences[0]");
            Check.allFinite(differences[i], "differences[" + i + "]");
        }
        var places = new HashMap<Integer, Integer>();
        int[] owner = Arrays.stream(annotators)
                .map(a -> places.computeIfAbsent(a, unused -> places.size()))
                .toArray();
        Check.atLeast(places.size(), groups, "number of annotators");
        Fitted best = run(differences, owner, places.size(), 0);
        for (int start = 1; start < restarts; start++) {
            Fitted next = run(differences, owner, places.size(), start);
            best = last(next) > last(best) ? next : best;
        }
        return best;
    }

    private Fitted run(double[][] differences, int[] owner, int annotators, int start) {
        SparseRows rows = SparseRows.of(differences);
        double[][] r = randomShares(annotators, start);
        var objectives = new double[steps];
        var weights = new double[groups][];
        double[] pi = {};
        for (int step = 0; step < steps; step++) {
            pi = PreferenceMixture.means(r);
            for (int k = 0; k < groups; k++) {
                weights[k] = new LogisticFit(rows, l2, column(r, owner, k)).minimise();
            }
            objectives[step] = expect(differences, owner, weights, pi, r);
            boolean settled = step > 0 && objectives[step] - objectives[step - 1] < SETTLED * owner.length;
            if (settled || step == steps - 1) {
                return sorted(weights, pi, Arrays.copyOf(objectives, step + 1));
            }
        }
        throw new AssertionError("steps is 1 or more");
    }

    private double[][] randomShares(int annotators, int start) {
        RandomGenerator rng = Seeds.rng(seed, "mixture", start);
        var r = new double[annotators][groups];
        for (double[] row : r) {
            Arrays.setAll(row, k -> Math.log(rng.nextExponential()));
            PreferenceMixture.normalise(row);
        }
        return r;
    }

    /** The E step over annotators; returns the penalised log-likelihood. */
    private double expect(double[][] differences, int[] owner, double[][] weights, double[] pi, double[][] r) {
        for (double[] row : r) {
            Arrays.setAll(row, k -> Math.log(pi[k]));
        }
        for (int i = 0; i < owner.length; i++) {
            for (int k = 0; k < groups; k++) {
                r[owner[i]][k] += Logistic.logSigmoid(dot(weights[k], differences[i]));
            }
        }
        double sum = 0;
        for (double[] row : r) {
            sum += PreferenceMixture.normalise(row);
        }
        for (double[] w : weights) {
            sum -= owner.length * l2 / 2 * dot(w, w);
        }
        return sum;
    }

    private static Fitted sorted(double[][] weights, double[] pi, double[] objectives) {
        int[] order = IntStream.range(0, pi.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pi[b], pi[a]))
                .mapToInt(k -> k)
                .toArray();
        double[][] w = Arrays.stream(order).mapToObj(k -> weights[k]).toArray(double[][]::new);
        return new Fitted(w, Arrays.stream(order).mapToDouble(k -> pi[k]).toArray(), objectives);
    }

    private static double[] column(double[][] shares, int[] owner, int k) {
        return Arrays.stream(owner).mapToDouble(a -> shares[a][k]).toArray();
    }

    private static double last(Fitted fitted) {
        return fitted.objectives[fitted.objectives.length - 1];
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
