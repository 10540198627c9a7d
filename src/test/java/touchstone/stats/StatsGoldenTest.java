package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Golden.number;
import static touchstone.testing.Golden.numbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

/** scipy's and the reference programs' values. */
class StatsGoldenTest {
    private static final JsonObject SCIPY = Golden.json("stats/intervals.json").getAsJsonObject();

    private static JsonObject alignment(String name) {
        for (JsonElement e :
                Golden.json("alignment/stats.json").getAsJsonObject().getAsJsonArray("cases")) {
            if (e.getAsJsonObject().get("name").getAsString().equals(name)) {
                return e.getAsJsonObject();
            }
        }
        throw new AssertionError("no case " + name);
    }

    @Test
    void proportions() {
        for (JsonElement e : SCIPY.getAsJsonArray("proportions")) {
            JsonObject c = e.getAsJsonObject();
            int k = c.get("successes").getAsInt();
            int n = c.get("n").getAsInt();
            double level = number(c.get("level"));
            Interval wilson = Proportion.wilson(k, n, level);
            Interval exact = Proportion.clopperPearson(k, n, level);
            double[] ends = {wilson.lower(), wilson.upper()};
            assertArrayEquals(numbers(c.get("wilson")), ends, 1e-9, c.toString()); // both invert a distribution
            ends = new double[] {exact.lower(), exact.upper()};
            assertArrayEquals(numbers(c.get("clopper_pearson")), ends, 1e-9, c.toString());
        }
    }

    @Test
    void meansWithStudentsInterval() {
        for (JsonElement e : SCIPY.getAsJsonArray("means")) {
            Interval i = MeanInterval.of(numbers(e.getAsJsonObject().get("x")), 0.95);
            double[] expected = numbers(e.getAsJsonObject().get("interval"));
            assertArrayEquals(expected, new double[] {i.lower(), i.upper()}, 1e-8, i.toString());
        }
        JsonObject c = alignment("t_tests");
        double[] x = numbers(c.getAsJsonObject("input").get("x"));
        double[] y = numbers(c.getAsJsonObject("input").get("y"));
        JsonObject expected = c.getAsJsonObject("expected");
        assertEquals(
                number(expected.get("upper_bound_mean")),
                MeanInterval.upperBound(x, 1 - number(c.getAsJsonObject("input").get("delta"))),
                1e-8);
        assertEquals(number(expected.get("paired_t")), PairedTest.t(x, y).statistic(), 1e-9);
        assertEquals(number(expected.get("paired_p")), PairedTest.t(x, y).pValue(), 1e-9);
    }

    @Test
    void pairedTests() {
        for (JsonElement e : SCIPY.getAsJsonArray("paired")) {
            JsonObject c = e.getAsJsonObject();
            double[] x = numbers(c.get("x"));
            double[] y = numbers(c.get("y"));
            double[] t = numbers(c.get("t"));
            assertEquals(t[0], PairedTest.t(x, y).statistic(), 1e-9);
            assertEquals(t[1], PairedTest.t(x, y).pValue(), 1e-9);
            assertEquals(
                    number(c.get("permutation_p")),
                    PairedTest.permutation(x, y, 1, 0).pValue(),
                    1e-12);
            assertEquals(number(c.get("sign_p")), PairedTest.sign(x, y).pValue(), 1e-12);
        }
    }

    @Test
    void deLongOverAllPairs() {
        for (JsonElement e : SCIPY.getAsJsonArray("delong")) {
            JsonObject c = e.getAsJsonObject();
            double[] idA = numbers(c.get("id_a"));
            double[] oodA = numbers(c.get("ood_a"));
            TestResult test = DeLong.test(idA, oodA, numbers(c.get("id_b")), numbers(c.get("ood_b")));
            assertEquals(number(c.get("variance_a")), DeLong.variance(idA, oodA), 1e-12);
            assertEquals(number(c.get("difference")), test.estimate(), 1e-12);
            assertEquals(number(c.get("z")), test.statistic(), 1e-10);
            assertEquals(number(c.get("p")), test.pValue(), 1e-10);
        }
    }

    @Test
    void deLongVarianceOfTheMetricCases() {
        int compared = 0;
        for (JsonElement e : Golden.json("ood/metrics/ood_metrics.json").getAsJsonArray()) {
            JsonObject c = e.getAsJsonObject();
            double[] id = numbers(c.get("id"));
            double[] ood = numbers(c.get("ood"));
            if (c.has("must_throw") || id.length < 2) {
                assertThrows(IllegalArgumentException.class, () -> DeLong.variance(id, ood));
                continue;
            }
            JsonObject reference = c.getAsJsonObject("expected").getAsJsonObject("reference");
            assertEquals(number(reference.get("delong_variance")), DeLong.variance(id, ood), 1e-12, c.toString());
            compared++;
        }
        assertEquals(19, compared);
    }

    @Test
    void explicitResamples() {
        JsonObject c = alignment("bootstrap");
        double[] x = numbers(c.getAsJsonObject("input").get("x"));
        double[][] index = Golden.matrix(c.getAsJsonObject("input").get("index"));
        var means = new double[index.length];
        for (int i = 0; i < index.length; i++) {
            int[] at = java.util.Arrays.stream(index[i]).mapToInt(v -> (int) v).toArray();
            means[i] = Moments.mean(Bootstrap.take(x, at));
        }
        Interval got = Bootstrap.percentile(means, Moments.mean(x), 0.95, "test");
        double[] expected = numbers(c.getAsJsonObject("expected").get("percentile"));
        assertArrayEquals(expected, new double[] {got.lower(), got.upper()}, 1e-9);
        assertTrue(got.contains(got.estimate()));

        JsonObject bca = c.getAsJsonObject("expected").getAsJsonObject("bca");
        var jackknife = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            jackknife[i] = (Moments.mean(x) * x.length - x[i]) / (x.length - 1);
        }
        assertEquals(number(bca.get("z0")), AcceleratedInterval.bias(means, Moments.mean(x)), 1e-9);
        assertEquals(number(bca.get("acceleration")), AcceleratedInterval.acceleration(jackknife), 1e-9);
        Interval accelerated = AcceleratedInterval.of(means, jackknife, Moments.mean(x), 0.95);
        expected = numbers(bca.get("ci"));
        assertArrayEquals(expected, new double[] {accelerated.lower(), accelerated.upper()}, 1e-9);
    }
}
