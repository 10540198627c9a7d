package touchstone.ood.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import touchstone.metrics.NegativeLogLikelihood;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

class ScalingTest {
    private static final double[][] LOGITS = Golden.csv("ood/calibration/logits.csv");
    private static final int[] LABELS = Golden.labels("ood/calibration/labels.csv");
    private static final JsonObject CALIBRATION =
            Golden.json("ood/calibration/calibration.json").getAsJsonObject();
    private static final JsonObject SCALING =
            Golden.json("ood/uncertainty/scaling.json").getAsJsonObject();

    /** 1e-8 relative on T: the reference minimised a value, whose flat bottom hides half the digits; 1e-9 on that value. */
    @Test
    void temperatureGolden() {
        TemperatureScaling fitted = TemperatureScaling.fit(LOGITS, LABELS);
        double expected = CALIBRATION.get("temperature_optimal").getAsDouble();
        assertEquals(expected, fitted.temperature(), 1e-8 * expected);
        double nll = CALIBRATION.get("nll_at_optimum").getAsDouble();
        assertEquals(nll, fitted.negativeLogLikelihood(), 1e-9 * nll);
        assertEquals(nll, NegativeLogLikelihood.of(fitted.apply(LOGITS), LABELS), 1e-9 * nll);
    }

    /** Multiplying the logits by a number multiplies T by it. */
    @Test
    void temperatureFollowsTheScale() {
        double t = TemperatureScaling.fit(LOGITS, LABELS).temperature();
        for (double factor : new double[] {1e-6, 0.25, 3, 1e6}) {
            double[][] scaled = Arrays.stream(LOGITS)
                    .map(z -> Arrays.stream(z).map(v -> v * factor).toArray())
                    .toArray(double[][]::new);
            assertEquals(factor * t, TemperatureScaling.fit(scaled, LABELS).temperature(), 1e-9 * factor * t);
        }
    }

    /** Labels drawn from softmax(z / 2): T is 2 up to sampling error, here about 0.05 in 4,000 rows. */
    @Test
    void temperatureIsRecovered() {
        var rng = Seeds.rng(3, "temperature");
        var logits = new double[4000][3];
        var labels = new int[4000];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < 3; j++) {
                logits[i][j] = 4 * rng.nextGaussian();
            }
            double[] p =
                    LogitRows.softmax(Arrays.stream(logits[i]).map(v -> v / 2).toArray());
            double u = rng.nextDouble();
            labels[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
        }
        assertEquals(2, TemperatureScaling.fit(logits, labels).temperature(), 0.2);
    }

    @Test
    void temperatureWithoutOptimumIsNamed() {
        assertTrue(refused(() -> TemperatureScaling.fit(new double[][] {{2, 1}, {0, 3}}, new int[] {0, 1}))
                .startsWith(
                        "temperature needs a row whose true class has not the largest logit: there was none of 2, so"));
        assertTrue(refused(() -> TemperatureScaling.fit(new double[][] {{2, 1}, {0, 3}}, new int[] {1, 0}))
                .startsWith("temperature needs logits that tell of the labels"));
        assertEquals(
                "labels[1] must lie in [0, 2), was 2",
                refused(() -> TemperatureScaling.fit(new double[][] {{2, 1}, {0, 3}}, new int[] {1, 2})));
    }

    /** 1e-7: the reference stopped at a gradient of 1e-11 over curvatures of 1e-3 and more. */
    @Test
    void vectorGolden() {
        JsonObject golden = SCALING.getAsJsonObject("vector");
        var scaled = VectorScaling.defaults()
                .withRidge(golden.get("ridge").getAsDouble())
                .fit(LOGITS, LABELS);
        assertArrayEquals(Golden.numbers(golden.get("factors")), scaled.factors(), 1e-7);
        assertArrayEquals(Golden.numbers(golden.get("offsets")), scaled.offsets(), 1e-7);
        double before = NegativeLogLikelihood.ofLogits(LOGITS, LABELS);
        assertTrue(NegativeLogLikelihood.of(scaled.apply(LOGITS), LABELS) < before);
    }

    /** 1e-9: both end with Newton's steps on the same convex loss. */
    @Test
    void plattGolden() {
        int cases = 0;
        for (JsonElement e : SCALING.getAsJsonArray("platt")) {
            JsonObject c = e.getAsJsonObject();
            double[] scores = Golden.numbers(c.get("scores"));
            boolean[] happened = Golden.truths(Golden.numbers(c.get("happened")));
            double[] p = PlattScaling.fit(scores, happened).apply(scores);
            assertArrayEquals(
                    Golden.numbers(c.get("probability")), p, 1e-9, c.get("name").getAsString());
            cases++;
        }
        assertEquals(3, cases);
    }

    @Test
    void plattNeedsBothOutcomes() {
        assertEquals(
                "Platt scaling needs both outcomes: 2 came, 0 did not",
                refused(() -> PlattScaling.fit(new double[] {1, 2}, new boolean[] {true, true})));
    }

    /** Scores that do not vary say nothing: the rate of the smoothed targets. */
    @Test
    void plattOfOneScore() {
        var fitted = PlattScaling.fit(new double[] {7, 7, 7}, new boolean[] {true, false, false});
        assertEquals((2 / 3.0 + 0.25 + 0.25) / 3, fitted.probabilityAt(7), 1e-9);
    }

    @Test
    void isotonicGolden() {
        int cases = 0;
        for (JsonElement e : SCALING.getAsJsonArray("isotonic")) {
            JsonObject c = e.getAsJsonObject();
            var fitted = IsotonicRegression.fit(
                    Golden.numbers(c.get("x")), Golden.numbers(c.get("y")), Golden.numbers(c.get("w")));
            double[] found = fitted.apply(Golden.numbers(c.get("query")));
            assertArrayEquals(
                    Golden.numbers(c.get("expected")),
                    found,
                    1e-10,
                    c.get("name").getAsString());
            cases++;
        }
        assertEquals(4, cases);
    }

    /** By hand: 1, 3, 2 pools the last two; weight 3 on the 3 makes them 2.75. */
    @Test
    void isotonicByHand() {
        double[] x = {1, 2, 3};
        double[] y = {1, 3, 2};
        assertArrayEquals(
                new double[] {1, 2.5, 2.5}, IsotonicRegression.fit(x, y).values());
        assertArrayEquals(
                new double[] {1, 2.75, 2.75},
                IsotonicRegression.fit(x, y, new double[] {1, 3, 1}).values());
        assertEquals(1.75, IsotonicRegression.fit(x, y).at(1.5));
        assertEquals(1, IsotonicRegression.fit(x, y).at(Double.NEGATIVE_INFINITY));
        assertEquals(2.5, IsotonicRegression.fit(x, y).at(Double.POSITIVE_INFINITY));
    }

    /** The fit is the same whatever the order of the rows, never falls, and keeps the weighted mean. */
    @Test
    void isotonicLaws() {
        var rng = Seeds.rng(1, "isotonic");
        double[] x = rng.doubles(200).map(v -> Math.round(v * 50)).toArray();
        double[] y = rng.doubles(200).toArray();
        var fitted = IsotonicRegression.fit(x, y);
        double[] values = fitted.values();
        for (int i = 1; i < values.length; i++) {
            assertTrue(values[i] >= values[i - 1]);
        }
        assertEquals(Arrays.stream(y).sum(), Arrays.stream(fitted.apply(x)).sum(), 1e-9);
        int[] order = Seeds.permutation(200, rng);
        double[] px = Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
        double[] py = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
        assertArrayEquals(values, IsotonicRegression.fit(px, py).values(), 1e-12);
    }

    @Test
    void isotonicRefusesBadWeights() {
        assertEquals(
                "weights[1] must be a finite number above 0, was 0.0",
                refused(() -> IsotonicRegression.fit(new double[2], new double[2], new double[] {1, 0})));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
