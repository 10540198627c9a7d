package touchstone.ood.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

/** Bands of SAFE's code and of the finite-sample rule, see golden/ood/versions.json; and the laws of both. */
class FunctionalBandTest {
    private static final JsonObject GOLDEN =
            Golden.json("ood/failure/functional_band.json").getAsJsonObject();

    @TestFactory
    Stream<DynamicTest> goldenBands() {
        var tests = new ArrayList<DynamicTest>();
        for (JsonElement element : GOLDEN.getAsJsonArray("bands")) {
            JsonObject band = element.getAsJsonObject();
            String name = band.get("modulation").getAsString() + " " + band.get("alpha");
            tests.add(dynamicTest(name, () -> agrees(band)));
        }
        assertEquals(9, tests.size());
        return tests.stream();
    }

    private static void agrees(JsonObject golden) {
        double[][] train = Golden.matrix(GOLDEN.get("train"));
        double[][] calibration = Golden.matrix(GOLDEN.get("calibration"));
        var options = FunctionalBand.defaults()
                .withModulation(FunctionalBand.Modulation.valueOf(
                        golden.get("modulation").getAsString().toUpperCase(Locale.ROOT)))
                .withAlpha(golden.get("alpha").getAsDouble());
        ScoreBand ours = options.fit(train, calibration);
        double tolerance = 1e-9; // double in both, modulation 1e-8 and more
        assertEquals(golden.get("finite_sample_quantile").getAsDouble(), ours.width(), tolerance);
        assertArrayEquals(Golden.numbers(golden.get("mean")), ours.mean(), tolerance);
        assertArrayEquals(Golden.numbers(golden.get("modulation_trajectory")), ours.modulation(), tolerance);
        assertArrayEquals(Golden.numbers(golden.get("finite_sample_upper_band")), ours.upper(), tolerance);
        detections(golden.getAsJsonObject("detection_finite_sample"), ours);
        ScoreBand safe = options.withRule(QuantileRule.NUMPY).fit(train, calibration);
        assertArrayEquals(Golden.numbers(golden.get("SAFE_upper_band_numpy_quantile")), safe.upper(), tolerance);
        detections(golden.getAsJsonObject("detection_SAFE"), safe);
        ScoreBand both = options.withTwoSided(true).fit(train, calibration);
        double[][] edges = Golden.matrix(golden.get("two_sided_SAFE"));
        assertArrayEquals(edges[0], both.upper(), tolerance);
        assertArrayEquals(edges[1], both.lower(), tolerance);
    }

    private static void detections(JsonObject golden, ScoreBand band) {
        var curves = new ArrayList<double[]>();
        var outcomes = new ArrayList<Outcome>();
        for (double[] curve : Golden.matrix(GOLDEN.get("test_success"))) {
            curves.add(curve);
            outcomes.add(Outcome.success());
        }
        for (double[] curve : Golden.matrix(GOLDEN.get("test_failure"))) {
            curves.add(curve);
            outcomes.add(Outcome.failure());
        }
        DetectionReport report = DetectionReport.of(band, curves.toArray(double[][]::new), outcomes);
        assertEquals(
                golden.get("false_alarm_rate").getAsDouble(),
                report.falseAlarmRate().estimate(),
                1e-12);
        assertEquals(
                golden.get("true_positive_rate").getAsDouble(),
                report.detectionRate().estimate(),
                1e-12);
        assertEquals(golden.get("mean_detection_time").getAsDouble(), report.detectionTime(), 1e-12);
    }

    /** Normal walks: 400 bands from n calibration curves, each asked of one further curve. */
    @Test
    void theFiniteSampleRuleKeepsItsRateAndNumpysDoesNot() {
        for (int n : new int[] {9, 19}) {
            double exact = Math.floor((n + 1) * 0.1) / (n + 1);
            double deviation = Math.sqrt(exact * (1 - exact) / 4000);
            double ours = rate(QuantileRule.FINITE_SAMPLE, n);
            assertEquals(exact, ours, 4 * deviation, "n = " + n); // four standard errors of 4000 draws
            assertTrue(rate(QuantileRule.NUMPY, n) > 0.1 + 4 * deviation, "n = " + n);
        }
    }

    private static double rate(QuantileRule rule, int n) {
        var options = FunctionalBand.defaults().withRule(rule);
        int alarms = 0;
        for (int r = 0; r < 4000; r++) {
            RandomGenerator rng = Seeds.rng(1, "walks", r);
            ScoreBand band = options.fit(walks(5, rng), walks(n, rng));
            alarms += band.alarm(walks(1, rng)[0]).isPresent() ? 1 : 0;
        }
        return alarms / 4000.0;
    }

    /** Walks of 5 to 12 steps: the guarantee is for curves of unequal length. */
    private static double[][] walks(int n, RandomGenerator rng) {
        var out = new double[n][];
        for (int i = 0; i < n; i++) {
            out[i] = new double[5 + rng.nextInt(8)];
            for (int t = 0; t < out[i].length; t++) {
                out[i][t] = rng.nextGaussian() + (t == 0 ? 0 : out[i][t - 1]);
            }
        }
        return out;
    }

    @Test
    void unequalLengths() {
        double[][] shape = {{0, 2, 4}, {2}};
        ScoreBand band = FunctionalBand.defaults()
                .withModulation(FunctionalBand.Modulation.CONST)
                .withAlpha(0.5)
                .fit(shape, new double[][] {{4}, {1, 3, 3, 3, 9}});
        assertArrayEquals(new double[] {1, 2, 3}, band.mean(), 1e-15); // the second curve goes on with 2
        // scores 3 * 3 and 3 * (9 - 3): k = ceil(3 * 0.5) = 2
        assertEquals(18, band.width(), 1e-12);
        assertEquals(OptionalInt.of(4), band.alarm(new double[] {0, 0, 0, 0, 10}));
        assertEquals(OptionalInt.empty(), band.alarm(new double[] {7}));
        assertEquals(OptionalInt.of(0), band.alarm(new double[] {7.1}));
    }

    @Test
    void tooFewCalibrationCurvesGiveAnInfiniteBand() {
        double[][] curves = {{1, 2}, {2, 3}};
        ScoreBand band = FunctionalBand.defaults().fit(curves, curves);
        assertEquals(Double.POSITIVE_INFINITY, band.width());
        assertEquals(OptionalInt.empty(), band.alarm(new double[] {1e300, 1e300}));
    }

    @Test
    void quantiles() {
        double[] scores = {5, 1, 4, 2, 3, 9, 8, 7, 6};
        assertEquals(9, QuantileRule.FINITE_SAMPLE.of(scores, 0.1)); // k = ceil(10 * 0.9) = 9
        assertEquals(8, QuantileRule.FINITE_SAMPLE.of(scores, 0.2));
        assertEquals(8.2, QuantileRule.NUMPY.of(scores, 0.1), 1e-12); // position 0.9 * 8 = 7.2
        assertEquals(Double.POSITIVE_INFINITY, QuantileRule.FINITE_SAMPLE.of(scores, 0.09));
    }

    @Test
    void reportsByHand() {
        double[][] shape = {{0, 0, 0, 0}, {0, 0, 0, 0}};
        ScoreBand band = FunctionalBand.defaults()
                .withModulation(FunctionalBand.Modulation.CONST)
                .withAlpha(0.5)
                .fit(shape, new double[][] {{1, 1, 1, 1}});
        double[][] curves = {{0, 0, 0, 2}, {0, 0}, {0, 0, 2, 2}, {0, 2}, {0, 0, 0, 0}};
        List<Outcome> outcomes = List.of(
                Outcome.success(), Outcome.success(), new Outcome(true, 1), Outcome.failure(), Outcome.failure());
        DetectionReport report = DetectionReport.of(band, curves, outcomes);
        assertEquals(0.5, report.falseAlarmRate().estimate());
        assertEquals(2 / 3.0, report.detectionRate().estimate(), 1e-15);
        assertEquals(7 / 12.0, report.balancedAccuracy(), 1e-15);
        assertEquals(0.5, report.detectionTime(), 1e-15);
        assertEquals(2 / 3.0, report.timeToAlarmOrEnd(), 1e-15);
        assertEquals(1, report.delay());
        // half-way nothing is to be seen; at the end two of three failures are, and one success
        assertArrayEquals(new double[] {0.5, 7 / 12.0}, TimeQuantiles.auroc(curves, outcomes, 0.5, 1), 1e-15);
    }

    @Test
    void wideningAlphaNeverDelaysAnAlarm() {
        RandomGenerator rng = Seeds.rng(2, "walks");
        double[][] successes = walks(60, rng);
        double[][] curves = walks(40, rng);
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < curves.length; i++) {
            outcomes.add(new Outcome(i % 2 == 0, -1));
        }
        double[] times =
                FailureDetector.defaults()
                        .tradeOff(new double[] {0.05, 0.1, 0.2, 0.4, 0.8}, successes, curves, outcomes)
                        .stream()
                        .mapToDouble(p -> p.report().timeToAlarmOrEnd())
                        .toArray();
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < times.length; i++) {
            assertEquals(sorted[times.length - 1 - i], times[i], 0);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        double[][] two = {{1, 2}, {2, 3}};
        assertEquals("alpha must lie in (0, 1), was 1.0", refused(() -> FunctionalBand.defaults()
                .withAlpha(1)));
        assertEquals("number of shape curves must be at least 2, was 1", refused(() -> FunctionalBand.defaults()
                .fit(new double[][] {{1}}, two)));
        assertEquals("calibration[1] must not be empty, had 0 elements", refused(() -> FunctionalBand.defaults()
                .fit(two, new double[][] {{1}, {}})));
        assertEquals("shape[0][1] must be a finite number, was NaN", refused(() -> FunctionalBand.defaults()
                .fit(new double[][] {{1, Double.NaN}, {1, 2}}, two)));
        ScoreBand band = FunctionalBand.defaults().fit(two, two);
        assertEquals(
                "a detection report needs successes and failures: 2 successes, 0 failures",
                refused(() -> DetectionReport.of(band, two, List.of(Outcome.success(), Outcome.success()))));
        assertEquals(
                "quantile must lie in (0, 1], was 0.0",
                refused(() -> TimeQuantiles.auroc(two, List.of(Outcome.success(), Outcome.failure()), 0)));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
