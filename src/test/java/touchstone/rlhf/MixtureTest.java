package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

class MixtureTest {
    @Test
    void proportionsAgreeWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_mixture", "em.*", 2)) {
            double[][] leads = Golden.matrix(c.input().get("component_margin"));
            var got = PreferenceMixture.proportions(leads, c.in("pi0"), (int) c.number("iterations"));
            c.assertClose("pi", got.proportions());
            c.assertRows("responsibility_last", got.responsibilities());
            c.assertClose("log_likelihood_trace", got.logLikelihoods());
        }
    }

    @Test
    void theGapAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_mixture", "irreducible.*", 2)) {
            double[][] leads = Golden.matrix(c.input().get("component_margin"));
            PreferenceMixture.Gap gap = PreferenceMixture.gap(leads, c.in("pi"));
            c.assertClose("population_prob", gap.probabilities());
            c.assertClose("entropy_of_mixture", gap.one());
            c.assertClose("mean_entropy_of_components", gap.groups());
            c.assertClose("gap", gap.nats());
        }
    }

    @Test
    void routingAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_mixture", "hedge.*", 2)) {
            double[][] losses = Golden.matrix(c.input().get("losses"));
            var router = new HedgeRouter(c.in("w0"), c.number("eta"));
            var weights = new double[losses.length][];
            for (int t = 0; t < losses.length; t++) {
                router = router.after(losses[t]);
                weights[t] = router.weights();
            }
            c.assertRows("weights", weights);
        }
    }

    /** The loss of the router stays within its bound of the best group's, on losses in [0, 1] that favour no one. */
    @Test
    void routingKeepsItsRegretBound() {
        RandomGenerator rng = Seeds.rng(6, "hedge");
        int rounds = 500;
        double eta = Math.sqrt(8 * Math.log(3) / rounds);
        HedgeRouter router = HedgeRouter.uniform(3, eta);
        double own = 0;
        var groups = new double[3];
        for (int t = 0; t < rounds; t++) {
            double[] losses = {rng.nextDouble(), t % 2, t < 250 ? 1 : 0};
            own += router.mean(losses);
            for (int k = 0; k < 3; k++) {
                groups[k] += losses[k];
            }
            router = router.after(losses);
        }
        double best = Math.min(groups[0], Math.min(groups[1], groups[2]));
        assertTrue(own - best <= Math.log(3) / eta + eta * rounds / 8, "regret " + (own - best));
        HedgeRouter sure = HedgeRouter.uniform(2, 1).after(0, 1e9);
        assertEquals(1, sure.weights()[0], 0);
        assertEquals(1, sure.after(1e12, 0).weights()[0], 0); // what has become 0 stays 0, and nothing is NaN
    }

    /** Two groups of annotators with opposed tastes: 40 annotators of 30 pairs each, 70 % of them of the first kind. */
    @Test
    void theFitFindsOpposedGroups() {
        double[][] truth = {{2, -1, 0.5}, {-2, 1, 0.5}};
        int people = 40;
        int each = 30;
        var differences = new double[people * each][3];
        var who = new int[people * each];
        for (int i = 0; i < who.length; i++) {
            RandomGenerator rng = Seeds.rng(12, "annotator", i);
            who[i] = i / each;
            double lead = 0;
            for (int j = 0; j < 3; j++) {
                differences[i][j] = rng.nextGaussian();
                lead += truth[who[i] < 28 ? 0 : 1][j] * differences[i][j];
            }
            if (rng.nextDouble() >= Logistic.sigmoid(lead)) {
                for (int j = 0; j < 3; j++) {
                    differences[i][j] = -differences[i][j];
                }
            }
        }
        MixtureRewardModel.Fitted got = MixtureRewardModel.of(2).fit(differences, who);
        assertEquals(0.7, got.proportions()[0], 0.02); // 30 pairs tell the groups apart for certain: 28 of 40
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < 3; j++) {
                // a standard error of about 1 / sqrt(n p (1 - p)) = 0.13 with 360 pairs; allow three
                assertEquals(truth[k][j], got.weights()[k][j], 0.4, "group " + k + " weight " + j);
            }
        }
        double[] trace = got.objectives();
        for (int i = 1; i < trace.length; i++) {
            assertTrue(trace[i] >= trace[i - 1] - 1e-7, "step " + i + " fell"); // Newton's tolerance 1e-10 times n
        }
        double[] plain = MixtureRewardModel.of(1).fit(differences, who).objectives();
        assertTrue(trace[trace.length - 1] > plain[plain.length - 1]); // one group is a special case of two

        // what knowing the group saves is the gap: three standard errors of a mean of 1,200 losses of spread 0.6 are
        // 0.05
        var leads = new double[who.length][2];
        double saved = 0;
        double[] one = LinearRewardModel.weights(differences, 1e-3);
        for (int i = 0; i < who.length; i++) {
            double[] d = differences[i];
            for (int k = 0; k < 2; k++) {
                leads[i][k] = truth[k][0] * d[0] + truth[k][1] * d[1] + truth[k][2] * d[2];
            }
            saved += Logistic.logSigmoid(got.leads(d)[who[i] < 28 ? 0 : 1]);
            saved -= Logistic.logSigmoid(one[0] * d[0] + one[1] * d[1] + one[2] * d[2]);
        }
        double gap = PreferenceMixture.gap(leads, new double[] {0.7, 0.3}).nats();
        assertEquals(gap, saved / who.length, 0.05);
    }

    /** One group is the plain linear model. */
    @Test
    void oneGroupIsBradleyTerry() {
        double[][] d = {{1, 0.5}, {-0.2, 1}, {0.7, -1}, {0.1, 0.9}, {-0.5, 0.2}};
        double[] plain = LinearRewardModel.weights(d, 0.1);
        double[] got = MixtureRewardModel.of(1).withL2(0.1).fit(d).weights()[0];
        assertEquals(plain[0], got[0], 1e-9);
        assertEquals(plain[1], got[1], 1e-9);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage(
                "proportions must sum to 1, summed to 0.5",
                () -> PreferenceMixture.gap(new double[1][1], new double[] {0.5}));
        assertMessage("number of annotators must be at least 2, was 1", () -> MixtureRewardModel.of(2)
                .fit(new double[3][2], new int[3]));
        assertMessage("losses and weights must be of equal length, were 1 and 2", () -> HedgeRouter.uniform(2, 1)
                .after(1));
        assertMessage("losses[0] must be a finite number, was NaN", () -> HedgeRouter.uniform(1, 1)
                .after(Double.NaN));
    }
}
