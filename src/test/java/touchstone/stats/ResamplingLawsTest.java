package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.metrics.Auroc;
import touchstone.util.Seeds;

class ResamplingLawsTest {
    private static final Bootstrap BOOTSTRAP =
            Bootstrap.defaults().withResamples(4000).withSeed(9);

    /** 40 clusters of 5 values that hardly differ within: the interval is that of 40 values, not of 200. */
    @Test
    void clustersWidenTheInterval() {
        RandomGenerator rng = Seeds.rng(1, "clusters");
        var x = new double[200];
        var clusters = new int[200];
        for (int g = 0; g < 40; g++) {
            double centre = rng.nextGaussian();
            for (int i = 0; i < 5; i++) {
                x[5 * g + i] = centre + 0.01 * rng.nextGaussian();
                clusters[5 * g + i] = -g;
            }
        }
        double half = BOOTSTRAP.clustered(x, clusters, Moments::mean).width() / 2;
        // the normal half width; 4,000 resamples give the ends to about 3 % and 40 clusters are not quite normal
        assertEquals(1.96 * Moments.clusteredStandardError(x, clusters), half, 0.1 * half);
        assertTrue(half > 2 * BOOTSTRAP.interval(x, Moments::mean).width() / 2);
    }

    /** Three strata far apart: only the spread within them is left, sqrt(sum s_h^2 (n_h - 1) / n_h / n_h) / 3. */
    @Test
    void strataNarrowTheInterval() {
        RandomGenerator rng = Seeds.rng(2, "strata");
        var x = new double[90];
        var strata = new int[90];
        double variance = 0;
        for (int h = 0; h < 3; h++) {
            var part = new double[30];
            for (int i = 0; i < 30; i++) {
                part[i] = 100 * h + rng.nextGaussian();
                x[3 * i + h] = part[i];
                strata[3 * i + h] = h;
            }
            variance += Moments.variance(part) * 29 / 30 / 30 / 9;
        }
        Interval interval = BOOTSTRAP.stratified(x, strata, Moments::mean);
        assertEquals(1.96 * Math.sqrt(variance), interval.width() / 2, 0.1 * interval.width() / 2); // as above
        assertEquals(Moments.mean(x), interval.estimate(), 0);
    }

    /** Clusters of one row are rows: the same law as the bootstrap of two samples. */
    @Test
    void clustersOfOneAreRows() {
        double[] id = Seeds.rng(3, "id").doubles(60).toArray();
        double[] ood = Seeds.rng(3, "ood").doubles(50).map(v -> v + 0.3).toArray();
        int[] ofId = java.util.stream.IntStream.range(0, 60).toArray();
        int[] ofOod = java.util.stream.IntStream.range(0, 50).toArray();
        Interval rows = BOOTSTRAP.interval(id, ood, Auroc::of);
        Interval clusters = BOOTSTRAP.clustered(id, ofId, ood, ofOod, Auroc::of);
        assertEquals(rows.lower(), clusters.lower(), 0.01); // two draws of 4,000, as for the reference's interval
        assertEquals(rows.upper(), clusters.upper(), 0.01);
    }

    /** A mean of symmetric values has neither bias nor skewness: both intervals are near Student's. */
    @Test
    void acceleratedIntervalOfASymmetricSample() {
        double[] x = new double[200];
        for (int i = 0; i < 100; i++) {
            x[i] = i + 0.5;
            x[199 - i] = -x[i];
        }
        Interval accelerated = BOOTSTRAP.accelerated(x, Moments::mean);
        double half = MeanInterval.of(x).width() / 2;
        assertEquals(-half, accelerated.lower(), 0.08 * half); // 4,000 resamples, and a bias of their own
        assertEquals(half, accelerated.upper(), 0.08 * half);
        assertEquals(
                "the BCa interval needs replicates on both sides of the estimate: 0 of 4000 lay below 1.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BOOTSTRAP.accelerated(new double[] {1, 1}, Moments::mean))
                        .getMessage());
    }

    @Test
    void groupsKeepTheOrderOfTheRows() {
        int[][] groups = Groups.of(new int[] {7, -1, 7, 3, -1, 7});
        assertTrue(Arrays.deepEquals(new int[][] {{0, 2, 5}, {1, 4}, {3}}, groups), Arrays.deepToString(groups));
    }

    /** Random partitions approach Welch's test; 20,000 draws have a standard error below 0.0036. */
    @Test
    void randomPartitionsApproachTheNormalLimit() {
        double[] x = Seeds.rng(4, "x").doubles(40).toArray();
        double[] y = Seeds.rng(4, "y").doubles(50).map(v -> v - 0.1).toArray();
        TestResult r = UnpairedTest.permutation(x, y, 20_000, 1);
        assertEquals(UnpairedTest.welch(x, y).pValue(), r.pValue(), 0.02);
        assertEquals(r, UnpairedTest.permutation(x, y, 20_000, 1));
        assertEquals(r.pValue(), UnpairedTest.permutation(y, x, 20_000, 2).pValue(), 0.02);
        assertEquals("permutation test, 20000 draws", r.method());
    }

    @Test
    void holmIsNeverBelowBenjaminiHochberg() {
        for (long seed = 0; seed < 40; seed++) {
            double[] p = Seeds.rng(seed, "p").doubles(1 + seed).toArray();
            double[] holm = MultipleTesting.holm(p);
            double[] bh = MultipleTesting.benjaminiHochberg(p);
            for (int i = 0; i < p.length; i++) {
                assertTrue(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1, Arrays.toString(p));
            }
        }
        assertArrayEquals(new boolean[] {true, false}, MultipleTesting.rejected(new double[] {0.05, 0.051}, 0.05));
    }
}
