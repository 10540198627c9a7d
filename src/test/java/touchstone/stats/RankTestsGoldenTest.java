package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static touchstone.testing.Golden.number;
import static touchstone.testing.Golden.numbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

/** scipy's values, and counts over all patterns where scipy has no exact answer. */
class RankTestsGoldenTest {
    private static final JsonObject SCIPY = Golden.json("stats/tests.json").getAsJsonObject();

    private static List<JsonObject> cases(String name) {
        return SCIPY.getAsJsonArray(name).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<JsonObject> alignment(String prefix) {
        return Golden.json("alignment/stats.json").getAsJsonObject().getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(c -> c.get("name").getAsString().startsWith(prefix))
                .toList();
    }

    private static void assertRelative(double expected, double actual, double tolerance, String message) {
        assertEquals(expected, actual, tolerance * Math.abs(expected), message);
    }

    @Test
    void twoSampleKolmogorovSmirnov() {
        List<JsonObject> cases = alignment("ks_");
        assertEquals(4, cases.size());
        for (JsonObject c : cases) {
            double[] x = numbers(c.getAsJsonObject("input").get("x"));
            double[] y = numbers(c.getAsJsonObject("input").get("y"));
            JsonObject expected = c.getAsJsonObject("expected");
            TestResult exact = KolmogorovSmirnov.exact(x, y);
            assertEquals(number(expected.get("statistic")), exact.statistic(), 1e-12);
            if (expected.has("p_exact")) {
                assertRelative(number(expected.get("p_exact")), exact.pValue(), 1e-10, c.toString());
                TestResult limit = KolmogorovSmirnov.limit(x, y);
                assertRelative(number(expected.get("p_kolmogorov_limit")), limit.pValue(), 1e-8, c.toString());
            }
        }
    }

    @Test
    void tiedAndFarSamples() {
        for (JsonObject c : cases("ks_ties")) {
            TestResult exact = KolmogorovSmirnov.exact(numbers(c.get("x")), numbers(c.get("y")));
            assertEquals(number(c.get("statistic")), exact.statistic(), 1e-12);
            assertRelative(number(c.get("p")), exact.pValue(), 1e-12, c.toString());
        }
        for (JsonObject c : cases("ks_far")) {
            TestResult exact = KolmogorovSmirnov.exact(numbers(c.get("x")), numbers(c.get("y")));
            assertEquals(number(c.get("statistic")), exact.statistic(), 1e-12);
            assertRelative(number(c.get("p")), exact.pValue(), 1e-8, c.toString()); // scipy's own digits in the tail
        }
    }

    @Test
    void oneSampleKolmogorovSmirnov() {
        var normal = new NormalDistribution();
        for (JsonObject c : cases("ks_normal")) {
            double[] x = numbers(c.get("x"));
            TestResult exact = KolmogorovSmirnov.exact(x, normal::cumulativeProbability);
            TestResult limit = KolmogorovSmirnov.limit(x, normal::cumulativeProbability);
            String name = x.length + " values";
            assertEquals(number(c.get("statistic")), exact.statistic(), 1e-12, name);
            assertRelative(number(c.get("p")), exact.pValue(), 1e-8, name); // the matrix power of 1,000 values
            assertRelative(number(c.get("limit")), limit.pValue(), 1e-9, name);
        }
    }

    @Test
    void wilcoxon() {
        for (JsonObject c : cases("wilcoxon")) {
            TestResult r = WilcoxonSignedRank.test(numbers(c.get("x")), numbers(c.get("y")));
            assertEquals(number(c.get("above")), r.statistic(), 0, r.toString());
            assertRelative(number(c.get("p")), r.pValue(), 1e-10, r.toString());
        }
    }

    @Test
    void friedmanAndNemenyi() {
        for (JsonObject c : cases("friedman")) {
            double[][] values = Golden.matrix(c.get("values"));
            List<String> names =
                    IntStream.range(0, values[0].length).mapToObj(i -> "m" + i).toList();
            RankTable table = RankTable.of(names, values, true);
            double[] ranks = table.meanRanks().stream().mapToDouble(r -> r).toArray();
            assertArrayEquals(numbers(c.get("ranks")), ranks, 1e-12);
            assertRelative(number(c.get("statistic")), table.friedman().statistic(), 1e-10, "chi-squared");
            assertRelative(number(c.get("p")), table.friedman().pValue(), 1e-8, "p of chi-squared");
            assertRelative(number(c.get("f")), table.imanDavenport().statistic(), 1e-10, "F");
            assertRelative(number(c.get("f_p")), table.imanDavenport().pValue(), 1e-8, "p of F");
            TestResult nemenyi =
                    table.nemenyi(c.get("worst").getAsInt(), c.get("best").getAsInt());
            assertEquals(number(c.get("nemenyi_p")), nemenyi.pValue(), 1e-7, "Nemenyi"); // scipy integrates to 1e-8
            assertEquals(table.friedman().estimate(), nemenyi.estimate(), 1e-12);
        }
    }

    /** Table 5(a) of Demsar (2006): the critical values of Nemenyi's test at 0.05 and 0.1 for 2 to 10 methods. */
    @Test
    void criticalValuesOfDemsarsTable() {
        double[] at5 = {1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164};
        double[] at10 = {1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920};
        for (int k = 2; k <= 10; k++) {
            assertEquals(at5[k - 2], StudentizedRange.quantile(0.05, k) / Math.sqrt(2), 1e-3); // three digits, some cut
            assertEquals(at10[k - 2], StudentizedRange.quantile(0.1, k) / Math.sqrt(2), 1e-3);
        }
    }

    @Test
    void multipleTesting() {
        JsonObject c = alignment("multiple_testing").get(0);
        double[] p = numbers(c.getAsJsonObject("input").get("p"));
        JsonObject expected = c.getAsJsonObject("expected");
        assertArrayEquals(numbers(expected.get("bh")), MultipleTesting.benjaminiHochberg(p), 1e-10);
        assertArrayEquals(numbers(expected.get("holm")), MultipleTesting.holm(p), 1e-10);
    }

    @Test
    void unpairedTests() {
        JsonObject c = alignment("permutation_exact").get(0);
        double[] x = numbers(c.getAsJsonObject("input").get("x"));
        double[] y = numbers(c.getAsJsonObject("input").get("y"));
        JsonObject expected = c.getAsJsonObject("expected");
        TestResult r = UnpairedTest.permutation(x, y, 1, 0);
        assertEquals(number(expected.get("diff")), r.estimate(), 1e-12);
        assertEquals(number(expected.get("p_two_sided")), r.pValue(), 1e-12);
        assertEquals("exact permutation test, " + expected.get("permutations").getAsInt() + " partitions", r.method());
        c = alignment("t_tests").get(0);
        x = numbers(c.getAsJsonObject("input").get("x"));
        y = numbers(c.getAsJsonObject("input").get("y"));
        TestResult welch = UnpairedTest.welch(x, y);
        assertEquals(number(c.getAsJsonObject("expected").get("welch_t")), welch.statistic(), 1e-9);
        assertEquals(number(c.getAsJsonObject("expected").get("welch_p")), welch.pValue(), 1e-9);
    }

    @Test
    void interquartileMeanAndClusteredError() {
        for (JsonObject c : cases("interquartile_mean")) {
            assertEquals(number(c.get("mean")), InterquartileMean.of(numbers(c.get("x"))), 1e-12);
        }
        JsonObject c = alignment("clustered_se").get(0);
        double[] x = numbers(c.getAsJsonObject("input").get("x"));
        int[] clusters = Golden.integers(c.getAsJsonObject("input").get("cluster"));
        JsonObject expected = c.getAsJsonObject("expected");
        assertEquals(number(expected.get("se_clt")), Moments.standardError(x), 1e-10);
        assertEquals(number(expected.get("se_clustered")), Moments.clusteredStandardError(x, clusters), 1e-10);
    }
}
