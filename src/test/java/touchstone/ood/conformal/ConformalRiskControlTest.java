package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import touchstone.util.Seeds;

class ConformalRiskControlTest {
    /** With the loss "the score lies above lambda" the setting is the conformal quantile, at every n and alpha. */
    @Test
    void missingIsTheConformalQuantile() {
        for (int n : new int[] {1, 4, 9, 19, 50}) {
            double[] scores = Seeds.rng(1, "scores", n).doubles(n).toArray();
            double[] settings = Arrays.stream(scores).sorted().toArray();
            for (double alpha : new double[] {0.05, 0.1, 0.2, 0.5, 0.9}) {
                var found =
                        ConformalRiskControl.atMost(alpha).fit(n, (i, lambda) -> scores[i] > lambda ? 1 : 0, settings);
                assertEquals(ConformalQuantile.of(scores, alpha), found.lambda(), "n " + n + ", alpha " + alpha);
            }
        }
    }

    /** Losses 4 - lambda and 2 - lambda of at most 4: (6 - 2 lambda + 4) / 3 <= 2 from lambda = 2 on. */
    @Test
    void byHand() {
        double[] start = {4, 2};
        var found =
                new ConformalRiskControl(2, 4).fit(2, (i, lambda) -> Math.max(0, start[i] - lambda), 0, 1, 1.5, 2, 3);
        assertEquals(2, found.lambda());
        assertEquals(1, found.risk());
        assertEquals(
                Double.POSITIVE_INFINITY,
                new ConformalRiskControl(1, 4)
                        .fit(2, (i, lambda) -> Math.max(0, start[i] - lambda), 0, 100)
                        .lambda()); // even without loss, 4 / 3 > 1
    }

    /** The loss of one more example, a share of what was missed, keeps alpha on average: 3,000 draws, 3.3 errors given. */
    @Test
    void expectedLossIsKept() {
        double alpha = 0.15;
        double[] settings =
                IntStream.rangeClosed(0, 100).mapToDouble(j -> j / 100.0).toArray();
        double[] losses = IntStream.range(0, 3000)
                .mapToDouble(r -> {
                    RandomGenerator rng = Seeds.rng(2, "risk", r);
                    double[][] parts = new double[16][];
                    Arrays.setAll(parts, i -> rng.doubles(1 + rng.nextInt(5)).toArray());
                    double lambda = ConformalRiskControl.atMost(alpha)
                            .fit(15, (i, l) -> missed(parts[i], l), settings)
                            .lambda();
                    return missed(parts[15], lambda);
                })
                .toArray();
        double mean = Arrays.stream(losses).average().orElseThrow();
        double variance =
                Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum() / 2999;
        double error = Math.sqrt(variance / 3000);
        assertTrue(mean <= alpha + 3.3 * error, "mean loss " + mean);
        assertTrue(mean >= alpha - 2 / 16.0 - 3.3 * error, "needlessly cautious: " + mean); // the paper's lower bound
    }

    /** The share of the parts above lambda. */
    private static double missed(double[] parts, double lambda) {
        return (double) Arrays.stream(parts).filter(p -> p > lambda).count() / parts.length;
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("alpha must be below the bound 1.0, was 1.0", refused(() -> ConformalRiskControl.atMost(1)));
        var control = ConformalRiskControl.atMost(0.1);
        assertEquals(
                "the loss of example 0 must not grow with lambda, was 0.2 and then 0.5 at 2.0",
                refused(() -> control.fit(1, (i, l) -> l < 2 ? 0.2 : 0.5, 1, 2)));
        assertEquals(
                "the loss of example 0 at 1.0 must lie in [0, bound] = [0, 1.0], was NaN",
                refused(() -> control.fit(1, (i, l) -> Double.NaN, 1)));
        assertEquals(
                "lambdas must rise, were 2.0 and then 2.0 at index 1",
                refused(() -> control.fit(1, (i, l) -> 0, 2, 2)));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
