package touchstone.rlhf.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.testing.Differences;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

class RewardLossTest {
    private static double[] normal(RandomGenerator rng, int n) {
        return rng.doubles(n, -3, 3).toArray();
    }

    @Test
    void bradleyTerryAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_bt", "(plain|margin|edge).*", 10)) {
            double[] chosen = c.in("chosen");
            double[] rejected = c.in("rejected");
            double[] margin = c.has("margin") ? c.in("margin") : new double[chosen.length];
            BradleyTerry loss = BradleyTerry.defaults().withCentring(c.number("center_coefficient", 0));
            PairLoss got = loss.of(chosen, rejected, margin);
            c.assertClose("loss", got.loss());
            c.assertClose("per_pair", got.perPair());
            c.assertClose("grad_chosen", got.gradChosen());
            c.assertClose("grad_rejected", got.gradRejected());
            c.assertClose("accuracy", BradleyTerry.accuracy(chosen, rejected));
            c.assertClose("accuracy_half_ties", BradleyTerry.accuracyHalfTies(chosen, rejected));
            var probability = new double[chosen.length];
            Arrays.setAll(probability, i -> BradleyTerry.probability(chosen[i], rejected[i]));
            c.assertClose("prob_chosen", probability);
        }
    }

    @Test
    void bradleyTerryGradientIsItsSlope() {
        RandomGenerator rng = Seeds.rng(1, "losses");
        double[] chosen = normal(rng, 5);
        double[] rejected = normal(rng, 5);
        double[] margin = normal(rng, 5);
        for (double e : new double[] {0, 0.2}) {
            BradleyTerry loss = BradleyTerry.defaults().withCentring(0.03).withLabelSmoothing(e);
            PairLoss got = loss.of(chosen, rejected, margin);
            Differences.check(x -> loss.of(x, rejected, margin).loss(), chosen, got.gradChosen(), "chosen");
            Differences.check(x -> loss.of(chosen, x, margin).loss(), rejected, got.gradRejected(), "rejected");
        }
    }

    /** Label smoothing is the expected loss when a share e of the labels is turned round. */
    @Test
    void labelSmoothingIsTheExpectedLossOfTurnedLabels() {
        double[] a = {0.3, -2, 800};
        double[] b = {1.2, 1, -800};
        PairLoss right = BradleyTerry.defaults().of(a, b);
        PairLoss turned = BradleyTerry.defaults().of(b, a);
        PairLoss smoothed = BradleyTerry.defaults().withLabelSmoothing(0.1).of(a, b);
        assertEquals(0.9 * right.loss() + 0.1 * turned.loss(), smoothed.loss(), 1e-12 * 160);
    }

    @Test
    void costLossAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_cost", ".*", 7)) {
            double[] lower = c.in("lower_cost");
            double[] higher = c.in("higher_cost");
            boolean[] lowerHarmful = harmful(c.in("safer_safety_sign"));
            boolean[] higherHarmful = harmful(c.in("unsafer_safety_sign"));
            CostLoss.Result got = CostLoss.defaults()
                    .withRegularization(c.number("regularization"))
                    .of(lower, higher, lowerHarmful, higherHarmful);
            c.assertClose("loss", got.loss());
            c.assertClose("pairwise_term", got.ranking());
            c.assertClose("sign_term", got.sign());
            c.assertClose("grad_lower", got.gradLower());
            c.assertClose("grad_higher", got.gradHigher());
            c.assertClose("accuracy", CostLoss.accuracy(lower, higher));
            double both =
                    (CostLoss.signAccuracy(lower, lowerHarmful) + CostLoss.signAccuracy(higher, higherHarmful)) / 2;
            c.assertClose("accuracy_sign", both);
        }
    }

    private static boolean[] harmful(double[] signs) {
        var result = new boolean[signs.length];
        for (int i = 0; i < signs.length; i++) {
            result[i] = signs[i] < 0; // a safety sign: -1 is harmful
        }
        return result;
    }

    @Test
    void costLossGradientIsItsSlope() {
        RandomGenerator rng = Seeds.rng(2, "losses");
        double[] lower = normal(rng, 4);
        double[] higher = normal(rng, 4);
        boolean[] s = Golden.truths(new double[] {0, 1, 0, 1});
        boolean[] t = Golden.truths(new double[] {0, 1, 1, 1});
        CostLoss loss = new CostLoss(0.05);
        CostLoss.Result got = loss.of(lower, higher, s, t);
        Differences.check(x -> loss.of(x, higher, s, t).loss(), lower, got.gradLower(), "lower");
        Differences.check(x -> loss.of(lower, x, s, t).loss(), higher, got.gradHigher(), "higher");
    }

    @Test
    void severityWithOneBorderAtZeroIsTheSignTerm() {
        double[] costs = {-700, -1.5, 0, 2, 900};
        int[] levels = {0, 1, 0, 1, 0};
        var got = new OrdinalSeverity(0).of(costs, levels);
        for (int i = 0; i < costs.length; i++) {
            double sign = levels[i] == 1 ? 1 : -1;
            double want = Logistic.softplus(-sign * costs[i]);
            assertEquals(want, got.perExample()[i], 1e-12 * Math.max(1, want));
        }
    }

    @Test
    void severityProbabilitiesAddUpAndGradientsAreSlopes() {
        double[] borders = {-0.5, 0.25, 2};
        double[] costs = {-3, -0.2, 0.1, 1, 5, 0.3};
        int[] levels = {0, 1, 2, 3, 2, 0};
        var got = new OrdinalSeverity(borders).of(costs, levels);
        Differences.check(x -> new OrdinalSeverity(borders).of(x, levels).loss(), costs, got.gradCosts(), "costs");
        Differences.check(x -> new OrdinalSeverity(x).of(costs, levels).loss(), borders, got.gradBorders(), "borders");
        for (double c : new double[] {-1000, -1, 0.7, 1000}) {
            double[] p = new OrdinalSeverity(borders).probabilities(c);
            assertEquals(1, Arrays.stream(p).sum(), 1e-12);
        }
        // at the cost 1 the chance of 'at least 2' is sigma(0.75), of 'at least 3' sigma(-1)
        double[] p = new OrdinalSeverity(borders).probabilities(1);
        assertEquals(Logistic.sigmoid(0.75) - Logistic.sigmoid(-1), p[2], 1e-15);
        assertEquals(0, OrdinalSeverity.defaults().level(-1));
        assertEquals(3, OrdinalSeverity.defaults().level(9));
    }

    @Test
    void nothingOverflows() {
        var far = new OrdinalSeverity(0, 1e-9).of(new double[] {1e6, -1e6}, new int[] {1, 1});
        assertTrue(Double.isFinite(far.loss()), far.toString());
        assertTrue(Arrays.stream(far.gradBorders()).allMatch(Double::isFinite));
        assertEquals(0, Logistic.logSigmoid(1e9), 0);
        assertEquals(-1e9, Logistic.logSigmoid(-1e9), 0);
        // log(1 - e^x) = log(-x) + x/2 - ... near 0, and -e^x far below
        assertEquals(Math.log(1e-12), Logistic.log1mexp(-1e-12), 1e-11);
        assertEquals(-Math.exp(-50), Logistic.log1mexp(-50), 1e-37);
        assertArrayEquals(new double[] {0, 1}, new double[] {Logistic.sigmoid(-800), Logistic.sigmoid(800)}, 1e-300);
    }

    @Test
    void badArgumentsAreNamed() {
        BradleyTerry loss = BradleyTerry.defaults();
        assertMessage(
                "chosen[0] must be a finite number, was NaN", () -> loss.of(new double[] {Double.NaN}, new double[1]));
        assertMessage(
                "chosen and margin must be of equal length, were 1 and 2",
                () -> loss.of(new double[1], new double[1], new double[2]));
        assertMessage("labelSmoothing must lie in [0, 0.5), was 0.5", () -> loss.withLabelSmoothing(0.5));
        assertMessage("borders must rise, borders[1] was 1.0 after 1.0", () -> new OrdinalSeverity(1, 1));
        assertMessage("levels[0] must lie in [0, 4), was 4", () -> OrdinalSeverity.defaults()
                .of(new double[1], new int[] {4}));
        assertMessage("lower and lowerHarmful must be of equal length, were 1 and 2", () -> CostLoss.defaults()
                .of(new double[1], new double[1], new boolean[2], new boolean[1]));
    }
}
