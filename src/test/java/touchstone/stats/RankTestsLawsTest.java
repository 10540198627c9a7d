package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import touchstone.util.Seeds;

class RankTestsLawsTest {
    private static void assertRefused(String message, Executable run) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    /** Two ways to the same tail meet where one gives way to the other. */
    @Test
    void tailsOfOneSampleMeet() {
        for (int n : new int[] {30, 100, 1000}) {
            double d = Math.sqrt(6.0 / n);
            double below = KolmogorovDistribution.oneSampleTail(n, d * (1 - 1e-10));
            double above = KolmogorovDistribution.oneSampleTail(n, d * (1 + 1e-10));
            assertEquals(
                    above, below, 1e-7 * above); // 1 less a share of 1 - 1e-5 keeps ten digits, the step moves 5e-9
        }
        assertEquals(1, KolmogorovDistribution.oneSampleTail(10, 0.05), 0);
        assertEquals(0, KolmogorovDistribution.oneSampleTail(10, 1), 0);
        assertEquals(2 * Math.pow(0.25, 3), KolmogorovDistribution.oneSampleTail(3, 0.75), 1e-15); // min or max beyond
        double below = KolmogorovDistribution.limitTail(Math.nextDown(1.0));
        assertEquals(KolmogorovDistribution.limitTail(1), below, 1e-14);
    }

    @Test
    void exactKolmogorovSmirnovApproachesItsLimit() {
        double[] x = Seeds.rng(1, "x").doubles(2000).toArray();
        double[] y = Seeds.rng(1, "y").doubles(1500).toArray();
        double exact = KolmogorovSmirnov.exact(x, y).pValue();
        assertEquals(KolmogorovSmirnov.limit(x, y).pValue(), exact, 0.03); // off by order 1 / sqrt(n)
        assertEquals(exact, KolmogorovSmirnov.exact(y, x).pValue(), 1e-12);
    }

    @Test
    void infinitiesAreValues() {
        double[] x = {Double.NEGATIVE_INFINITY, 0, 1, 2};
        double[] y = {3, 4, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        TestResult r = KolmogorovSmirnov.exact(x, y);
        assertEquals(1, r.estimate(), 0); // the lower sample has the higher distribution function
        assertEquals(2.0 / 70, r.pValue(), 1e-15); // 2 of C(8, 4) = 70 orders part the samples
        assertArrayEquals(new double[] {1, 2, 3.5, 3.5}, Ranks.of(y), 0);
    }

    /** Values a monotone map apart have the same ranks; a row of ties gives all the mean rank. */
    @Test
    void ranksOfRows() {
        double[][] values = {{0.9, 0.8, 0.7}, {0.5, 0.5, 0.5}, {3, 1, 1}};
        RankTable table = RankTable.of(List.of("a", "b", "c"), values, true);
        assertArrayEquals(
                new double[] {4.0 / 3, 6.5 / 3, 7.5 / 3},
                table.meanRanks().stream().mapToDouble(r -> r).toArray(),
                1e-15);
        RankTable tied = RankTable.of(List.of("a", "b"), new double[][] {{1, 1}, {2, 2}}, false);
        assertEquals(1, tied.friedman().pValue(), 0);
        assertEquals(1, tied.nemenyi(0, 1).pValue(), 1e-12);
        RankTable agreed = RankTable.of(List.of("a", "b"), new double[][] {{1, 2}, {2, 3}, {0, 9}}, false);
        assertEquals(Double.POSITIVE_INFINITY, agreed.imanDavenport().statistic(), 0);
        double cd = agreed.criticalDifference(0.05);
        assertEquals(1.960 * Math.sqrt(2.0 * 3 / (6 * 3)), cd, 1e-3); // 1.960 is the table's three digits
    }

    @Test
    void pairsOfMethodsAreAdjustedTogether() {
        double[][] values = new double[9][];
        for (int i = 0; i < 9; i++) {
            values[i] = new double[] {i, i + 1 + 0.1 * i, i + (i % 2 == 0 ? 0.5 + i : -0.7 - i)};
        }
        double[][] p = WilcoxonSignedRank.allPairs(values);
        assertEquals(3 * 2 / 512.0, p[0][1], 1e-15); // all nine differences of one sign, the least of three p-values
        assertEquals(p[0][1], p[1][0], 0);
        assertEquals(1, p[2][2], 0);
    }

    @Test
    void badArgumentsAreNamed() {
        double[] none = {};
        double[] one = {1};
        double[] nan = {1, Double.NaN};
        assertRefused(
                "the Kolmogorov-Smirnov test needs values of both samples: 1 in the first, 0 in the second",
                () -> KolmogorovSmirnov.exact(one, none));
        assertRefused(
                "second sample of the Kolmogorov-Smirnov test must hold no NaN, had 1 of 2, the first at index 1",
                () -> KolmogorovSmirnov.limit(one, nan));
        assertRefused("cdf(1.0) must lie in [0, 1], was 2.0", () -> KolmogorovSmirnov.exact(one, v -> 2 * v));
        assertRefused(
                "the exact one-sample Kolmogorov-Smirnov test takes at most 10000 values, had 10001: use limit",
                () -> KolmogorovSmirnov.exact(new double[10_001], v -> 0.5));
        assertRefused(
                "the exact Kolmogorov-Smirnov test takes n m of at most 1000000000, was 40000 times 30000: use limit",
                () -> KolmogorovSmirnov.exact(new double[40_000], new double[30_000]));
        assertRefused("pValues[1] must lie in [0, 1], was NaN", () -> MultipleTesting.holm(nan));
        assertRefused("pValues must not be empty, had 0 elements", () -> MultipleTesting.benjaminiHochberg(none));
        assertRefused("samples must not be empty, had 0 elements", () -> InterquartileMean.of(none));
        assertRefused(
                "number of methods must be at least 2, was 1", () -> WilcoxonSignedRank.allPairs(new double[][] {one}));
        assertRefused(
                "values[1] must hold no NaN, had 1 of 2, the first at index 1",
                () -> RankTable.of(List.of("a", "b"), new double[][] {{1, 2}, nan}, true));
        assertRefused(
                "number of data sets must be at least 2, was 1",
                () -> RankTable.of(List.of("a", "b"), new double[][] {{1, 2}}, true));
        assertRefused("number of clusters must be at least 2, was 1", () -> Bootstrap.defaults()
                .clustered(one, new int[1], Moments::mean));
        assertRefused("sample and strata must be of equal length, were 1 and 2", () -> Bootstrap.defaults()
                .stratified(one, new int[2], Moments::mean));
        assertRefused(
                "Welch's t test needs samples that vary: all 2 were 1.0 and all 2 were 2.0",
                () -> UnpairedTest.welch(new double[] {1, 1}, new double[] {2, 2}));
    }
}
