package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import org.junit.jupiter.api.Test;
import touchstone.testing.Differences;
import touchstone.util.Seeds;

class PolicyLawsTest {
    private static final double[] P0 = {0.1, 0.2, 0.3, 0.4};
    private static final double[] PROXY = {2, 0.5, 0.5, -1};

    /** Every sequence of three draws, enumerated, with ties broken evenly in proportion to the reference. */
    @Test
    void theLawOfBestOfThreeIsTheEnumeration() {
        var want = new double[4];
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                for (int c = 0; c < 4; c++) {
                    int best = PROXY[b] > PROXY[a] ? b : a;
                    best = PROXY[c] > PROXY[best]
                            ? c
                            : best; // the first of tied draws: exchangeable draws make it fair
                    want[best] += P0[a] * P0[b] * P0[c];
                }
            }
        }
        assertArrayEquals(want, new BestOfN(3).law(P0, PROXY).probabilities(), 1e-15);
    }

    /** The estimate of best-of-3 from five draws is the mean over the ten subsets; tied draws share. */
    @Test
    void theEstimateIsTheMeanOverSubsets() {
        double[] proxy = {3, 1, 2, 5, 4};
        double[] gold = {7, -2, 0.5, 1, 11};
        double sum = 0;
        for (int bits = 0; bits < 32; bits++) {
            int best = -1;
            for (int i = 0; i < 5; i++) {
                if ((bits >> i & 1) == 1 && (best < 0 || proxy[i] > proxy[best])) {
                    best = i;
                }
            }
            sum += Integer.bitCount(bits) == 3 ? gold[best] : 0;
        }
        assertEquals(sum / 10, new BestOfN(3).estimate(proxy, gold), 1e-14);
        double tied = new BestOfN(3).estimate(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 6});
        assertEquals(3, tied, 1e-15);
    }

    /** Without ties and with many small answers the divergence comes near its bound. */
    @Test
    void theBoundIsNearWhereNoAnswerHasMass() {
        int m = 100_000;
        var p0 = new double[m];
        var proxy = new double[m];
        for (int i = 0; i < m; i++) {
            p0[i] = 1.0 / m;
            proxy[i] = i;
        }
        var best = new BestOfN(16);
        double kl = best.law(p0, proxy).divergence();
        assertTrue(kl <= best.divergenceBound());
        assertEquals(best.divergenceBound(), kl, 16.0 / m); // atoms of 1/m cost about n/m
    }

    /** At the optimum the penalised reward is beta log of the normaliser, and no other law does better. */
    @Test
    void theOptimumIsOptimal() {
        double beta = 0.7;
        DiscretePolicy got = new KlOptimum(beta).of(P0, PROXY);
        double most = got.mean(PROXY) - beta * got.divergence();
        double normaliser = 0;
        for (int i = 0; i < 4; i++) {
            normaliser += P0[i] * Math.exp(PROXY[i] / beta);
        }
        assertEquals(beta * Math.log(normaliser), most, 1e-14);
        for (int n : new int[] {1, 2, 5, 50}) {
            DiscretePolicy other = new BestOfN(n).law(P0, PROXY);
            assertTrue(other.mean(PROXY) - beta * other.divergence() < most);
        }
        DiscretePolicy extreme = new KlOptimum(1e-9).of(P0, PROXY);
        assertArrayEquals(new double[] {1, 0, 0, 0}, extreme.probabilities(), 0);
        assertEquals(-Math.log(0.1), extreme.divergence(), 1e-15);
    }

    /** On average over p, k1 and k3 are the divergence; the slope of k2 weighs log p's gradient as that of the divergence. */
    @Test
    void estimatorsAverageToTheDivergence() {
        double[] q = {0.4, 0.1, 0.25, 0.25};
        double k1 = 0;
        double k3 = 0;
        for (int i = 0; i < 4; i++) {
            k1 += P0[i] * KlEstimator.K1.of(Math.log(P0[i]), Math.log(q[i]));
            k3 += P0[i] * KlEstimator.K3.of(Math.log(P0[i]), Math.log(q[i]));
        }
        assertEquals(DiscretePolicy.divergence(P0, q), k1, 1e-15);
        assertEquals(DiscretePolicy.divergence(P0, q), k3, 1e-15);
        double[] logits = {Math.log(0.1), Math.log(0.2), Math.log(0.3), Math.log(0.4)};
        var gradient = new double[4];
        for (int j = 0; j < 4; j++) {
            for (int i = 0; i < 4; i++) { // d log p_i / d logit_j = 1[i = j] - p_j
                double score = (i == j ? 1 : 0) - P0[j];
                gradient[j] += P0[i] * KlEstimator.K2.slope(Math.log(P0[i]), Math.log(q[i])) * score;
            }
        }
        Differences.check(z -> DiscretePolicy.divergence(softmax(z), q), logits, gradient, "divergence");
    }

    private static double[] softmax(double[] z) {
        double sum = 0;
        var p = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            p[i] = Math.exp(z[i]);
            sum += p[i];
        }
        for (int i = 0; i < z.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    @Test
    void estimatorSlopesAndDigits() {
        for (KlEstimator k : KlEstimator.values()) {
            for (double x : new double[] {-2, -1e-4, 0, 3e-4, 1.5}) {
                double[] slope = {k.slope(x - 1, -1)};
                Differences.check(v -> k.of(v[0] - 1, -1), new double[] {x}, slope, k + " at " + x);
            }
        }
        // log p - log q = 1e-7 up to the rounding of -5 + 1e-7, 9e-16: a relative 1e-8; e^-x - 1 + x would keep two
        // digits
        assertEquals(5e-15, KlEstimator.K3.of(-5 + 1e-7, -5), 2e-22);
    }

    @Test
    void ppoGradientIsItsSlopeAndNothingOverflows() {
        double[] old = {-1, -2, -0.5, -3, -1, -1};
        double[] logP = {-1.1, -1.5, -0.9, -2.9, -2, -0.4};
        double[] advantage = {1, 2, -1, -0.5, 0.7, -2};
        var clip = new PpoClip(0.2, 0.28);
        PpoClip.Result got = clip.of(logP, old, advantage);
        Differences.check(x -> clip.of(x, old, advantage).loss(), logP, got.gradient(), "log p");
        assertEquals(2.0 / 6, got.clipped(), 0); // the second rose too far, the third fell too far
        PpoClip.Result far =
                clip.of(new double[] {0, 0, -5000}, new double[] {-5000, -5000, 0}, new double[] {1, 0, -1});
        assertArrayEquals(new double[] {-1.28, 0, 0.8}, far.perToken(), 1e-15);
        assertTrue(Double.isFinite(
                clip.of(new double[1], new double[] {-5000}, new double[] {-1}).loss()));
    }

    @Test
    void advantagesHaveMeanZeroInAGroupAndIgnoreShifts() {
        var rng = Seeds.rng(3, "advantage");
        double[][] rewards = {rng.doubles(5).toArray(), rng.doubles(4).toArray()};
        double[][] shifted = {rewards[0].clone(), rewards[1].clone()};
        for (int i = 0; i < 5; i++) {
            shifted[0][i] += 10;
        }
        double[][] a = GroupAdvantage.defaults().of(rewards);
        double[][] b = GroupAdvantage.defaults().of(shifted);
        for (int g = 0; g < 2; g++) {
            assertArrayEquals(a[g], b[g], 1e-12);
            assertEquals(0, java.util.Arrays.stream(a[g]).sum(), 1e-13);
            assertEquals(0, java.util.Arrays.stream(LeaveOneOut.of(rewards)[g]).sum(), 1e-14);
        }
    }

    /** Two objectives that trade off at different spreads: sums lose what separate normalisation keeps. */
    @Test
    void sumsOfTradedObjectivesCollapse() {
        double[][][] rewards = {{{1, 0}, {0, 1}, {1, 0}, {1, 0}}};
        double[][] summed = GroupAdvantage.defaults().of(rewards, 1, 1);
        assertArrayEquals(new double[4], summed[0], 0);
        double[][] uneven = GroupAdvantage.defaults()
                .withAggregation(GroupAdvantage.Aggregation.NORMALIZE_THEN_SUM)
                .of(rewards, 1, 0.5);
        assertTrue(uneven[0][0] > 0.4 && uneven[0][1] < -1, uneven[0][0] + " " + uneven[0][1]);
    }

    @Test
    void unratedAnswersGetNothingAndChangeNothing() {
        double[][] with = GroupAdvantage.defaults().of(new double[][] {{1, 2, Double.NaN, 4}});
        double[][] without = GroupAdvantage.defaults().of(new double[][] {{1, 2, 4}});
        assertArrayEquals(new double[] {without[0][0], without[0][1], 0, without[0][2]}, with[0], 1e-15);
    }

    /** lambda = 1 and gamma = 1: the return still to come less the value; lambda = 0: one step. */
    @Test
    void generalizedAdvantageHasItsTwoEnds() {
        double[] r = {1, 2, 3};
        double[] v = {0.5, 0.25, -1};
        assertArrayEquals(new double[] {5.5, 4.75, 4}, new GeneralizedAdvantage(1, 1).of(r, v), 1e-15);
        assertArrayEquals(new double[] {0.75, 0.75, 4}, new GeneralizedAdvantage(1, 0).of(r, v), 1e-15);
        assertEquals(4 + 0.9 * 7, new GeneralizedAdvantage(0.9, 0).of(r, v, 7)[2], 1e-14);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("answers of group 0 must be at least 2, was 1", () -> LeaveOneOut.of(new double[1][1]));
        assertMessage("answers of group 0 must be at least 2, was 1", () -> GroupAdvantage.defaults()
                .of(new double[1][1]));
        assertMessage("number of draws must be at least 3, was 2", () -> new BestOfN(3)
                .estimate(new double[2], new double[2]));
        assertMessage(
                "reference must sum to 1, summed to 0.5", () -> new BestOfN(3).law(new double[] {0.5}, new double[1]));
        assertMessage("low must lie in (0, 1), was 1.0", () -> new PpoClip(1, 1));
        assertMessage(
                "n must be below 5 horizons, or the coefficient could turn negative; was 50",
                () -> new AdaptiveKl(1, 1, 10).after(1, 50));
    }
}
