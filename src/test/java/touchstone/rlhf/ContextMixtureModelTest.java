package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.data.AnnotatorGroups;
import touchstone.util.Logistic;

class ContextMixtureModelTest {
    private static final double[][] ONE = {{1}};

    /** With nothing but a constant to go by, the gate is the plain mixture's proportions. */
    @Test
    void aConstantContextGivesThePlainMixture() {
        AnnotatorGroups.Sample s = AnnotatorGroups.of(2).people("train", 60, 30);
        MixtureRewardModel.Fitted plain = MixtureRewardModel.of(2).fit(s.differences(), s.annotators());
        var constant = new double[60][];
        Arrays.fill(constant, ONE[0]);
        // the gate's own penalty is made small: it pulls the shares together, the plain mixture has none
        ContextMixtureModel.Fitted got =
                new ContextMixtureModel(2, 1e-3, 200, 4, 1).fit(s.differences(), s.annotators(), constant);
        assertArrayEquals(plain.proportions(), got.shares(ONE[0]), 2e-3); // the penalty on V, of order l2
        for (int k = 0; k < 2; k++) {
            assertArrayEquals(plain.weights()[k], got.weights()[k], 1e-2);
        }
    }

    /** The gate comes out near the truth: its error in the shares is a few percent with 1,500 people. */
    @Test
    void theGateIsRecovered() {
        AnnotatorGroups world = AnnotatorGroups.of(2).withPull(1.5).withSeed(3);
        AnnotatorGroups.Sample s = world.people("train", 1500, 15);
        ContextMixtureModel.Fitted got = ContextMixtureModel.of(2).fit(s.differences(), s.annotators(), s.contexts());
        boolean swapped =
                distance(got.weights()[0], world.rewards()[0]) > distance(got.weights()[0], world.rewards()[1]);
        AnnotatorGroups.Sample fresh = world.people("new", 400, 1);
        double error = 0;
        for (double[] x : fresh.contexts()) {
            error += Math.abs(got.shares(x)[0] - world.shares(x)[swapped ? 1 : 0]) / 400;
        }
        // four coefficients of standard error about 2 / sqrt(1500) = 0.05 move a share by at most a quarter of that
        // each
        assertTrue(error < 0.05, "mean error of the shares " + error);
        double[] trace = got.objectives();
        for (int i = 1; i < trace.length; i++) {
            assertTrue(trace[i] >= trace[i - 1] - 1e-5, "step " + i + " fell"); // both Newton tolerances times n
        }
    }

    /** Newton's solution of the gate makes the gradient of the cross-entropy vanish: shares and contexts are uncorrelated. */
    @Test
    void theGateSolvesItsEquations() {
        double[][] x = {{1, 0.3}, {1, -1}, {1, 2}, {1, 0.5}};
        double[][] r = {{0.2, 0.5, 0.3}, {0.9, 0.05, 0.05}, {0.1, 0.1, 0.8}, {0.3, 0.3, 0.4}};
        var gate = (LinearGate) LinearGate.uniform(x, 3, 1e-2).fitted(r);
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 2; j++) {
                double g = 1e-2 * gate.weights()[k][j];
                for (int a = 0; a < 4; a++) {
                    g += (Math.exp(gate.logShares(a)[k]) - r[a][k]) * x[a][j] / 4;
                }
                assertEquals(0, g, 1e-8);
            }
        }
    }

    @Test
    void routingStartsFromTheGate() {
        var fitted =
                new ContextMixtureModel.Fitted(new double[][] {{2}, {-1}}, new double[][] {{1}, {0}}, new double[1]);
        double share = Logistic.sigmoid(1);
        assertEquals(share, fitted.router(ONE[0]).weights()[0], 1e-12);
        double p = share * Logistic.sigmoid(2) + (1 - share) * Logistic.sigmoid(-1);
        assertEquals(p, fitted.probability(ONE[0], ONE[0]), 1e-12);
    }

    @Test
    void badArgumentsAreNamed() {
        ContextMixtureModel two = ContextMixtureModel.of(2);
        assertMessage(
                "annotators[1] must lie in [0, 1), was 1", () -> two.fit(new double[2][1], new int[] {0, 1}, ONE));
        assertMessage(
                "contexts[0][0] must be a finite number, was NaN",
                () -> two.fit(new double[2][1], new double[][] {{Double.NaN}, {1}}));
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }
}
