package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class SoftmaxPolicyTest {
    @Test
    void tableIsTheSoftmaxOfItsLogits() {
        SoftmaxPolicy policy = SoftmaxPolicy.tabular(new double[][] {{0, Math.log(3)}, {700, 0}});
        assertArrayEquals(new double[] {0.25, 0.75}, policy.probabilities(0), 1e-15);
        assertArrayEquals(new double[] {0, -700}, policy.logProbs(new double[][] {{1}})[0], 1e-12);
        assertArrayEquals(new double[] {Math.log(0.75)}, policy.logProbs(new double[][] {{0}}, new int[] {1}), 1e-15);
    }

    @Test
    void startsUniform() {
        double[] state = {0.3, -2};
        assertArrayEquals(
                new double[] {0.25, 0.25, 0.25, 0.25},
                SoftmaxPolicy.mlp(2, 8, 4, 1).probabilities(state),
                0);
        assertArrayEquals(new double[] {0.5, 0.5}, SoftmaxPolicy.tabular(3, 2).probabilities(2), 0);
    }

    @Test
    void entropyAndDivergenceOfKnownLaws() {
        double[] even = {Math.log(0.5), Math.log(0.5)};
        double[] sure = {0, Double.NEGATIVE_INFINITY};
        assertEquals(Math.log(2), Policy.entropy(even), 1e-15);
        assertEquals(0, Policy.entropy(sure), 0);
        assertEquals(Math.log(2), Policy.divergence(sure, even), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, Policy.divergence(even, sure), 0);
    }

    @Test
    void drawsFollowTheLaw() {
        double[] p = {0.2, 0, 0.5, 0.3};
        double[] logP = {Math.log(0.2), Double.NEGATIVE_INFINITY, Math.log(0.5), Math.log(0.3)};
        RandomGenerator rng = Seeds.rng(1, "draws");
        var counts = new int[4];
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            counts[Policy.draw(logP, rng)]++;
        }
        double chi2 = 0;
        for (int a : new int[] {0, 2, 3}) {
            chi2 += Math.pow(counts[a] - n * p[a], 2) / (n * p[a]);
        }
        assertEquals(0, counts[1]);
        assertTrue(chi2 < 13.8, "chi-square of 2 degrees at p = 0.001 is 13.8, was " + chi2);
    }

    /** Slope weights 0.7 and -0.2 on two actions, entropy weight 0.3: the gradient of {@code 0.7 l_1 - 0.2 l_2 - 0.3 mean H}. */
    @Test
    void gradientThroughLayersEqualsCentralDifferences() {
        double[][] states = {{0.5, -1}, {1, 2}};
        int[] actions = {2, 0};
        double[] weights = {0.7, -0.2};
        SoftmaxPolicy shape = SoftmaxPolicy.mlp(2, 3, 3, 4);
        double[] theta = shape.parameters();
        RandomGenerator rng = Seeds.rng(2, "theta");
        for (int i = 0; i < theta.length; i++) {
            theta[i] = rng.nextGaussian();
        }
        var options = PolicyDescent.Options.sgd(1).withEntropy(0.3);
        double[] gradient = PolicyDescent.of(shape.withParameters(theta), options)
                .gradient(states, actions, logP -> weights.clone());
        double step = 1e-5;
        for (int i = 0; i < theta.length; i++) {
            double before = theta[i];
            theta[i] = before + step;
            double up = loss(shape.withParameters(theta), states, actions, weights);
            theta[i] = before - step;
            double down = loss(shape.withParameters(theta), states, actions, weights);
            theta[i] = before;
            assertEquals(
                    (up - down) / (2 * step), gradient[i], 1e-8, "parameter " + i); // third derivatives times step^2
        }
    }

    private static double loss(Policy policy, double[][] states, int[] actions, double[] weights) {
        double[] logP = policy.logProbs(states, actions);
        double[][] all = policy.logProbs(states);
        double entropy = (Policy.entropy(all[0]) + Policy.entropy(all[1])) / 2;
        return weights[0] * logP[0] + weights[1] * logP[1] - 0.3 * entropy;
    }

    @Test
    void trainingLeavesTheStartAndTheSnapshotAlone() {
        SoftmaxPolicy start = SoftmaxPolicy.tabular(1, 2);
        PolicyDescent descent = PolicyDescent.of(start, PolicyDescent.Options.sgd(1));
        descent.step(new double[][] {{0}}, new int[] {0}, logP -> new double[] {-1});
        SoftmaxPolicy after = descent.snapshot();
        descent.step(new double[][] {{0}}, new int[] {0}, logP -> new double[] {-1});
        assertArrayEquals(new double[] {0, 0}, start.parameters(), 0);
        assertArrayEquals(new double[] {0.5, -0.5}, after.parameters(), 1e-15); // a step of 1 along (1 - p, -p)
    }

    @Test
    void statesOutsideTheTableAreNamed() {
        SoftmaxPolicy policy = SoftmaxPolicy.tabular(2, 2);
        var error = assertThrows(IllegalArgumentException.class, () -> policy.probabilities(2));
        assertTrue(error.getMessage().contains("whole number in [0, 2), was 2"), error.getMessage());
    }
}
