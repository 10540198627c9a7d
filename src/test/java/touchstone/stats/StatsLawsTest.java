package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Golden.numbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.metrics.Auroc;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

class StatsLawsTest {
    private static final JsonObject GOLDEN =
            Golden.json("ood/metrics/bootstrap.json").getAsJsonObject();

    private static double[] side(String name) {
        for (JsonElement e : Golden.json("ood/metrics/ood_metrics.json").getAsJsonArray()) {
            if (e.getAsJsonObject().get("name").equals(GOLDEN.get("case"))) {
                return numbers(e.getAsJsonObject().get(name));
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void aurocOfExplicitResamples() {
        double[] id = side("id");
        double[] ood = side("ood");
        for (JsonElement e : GOLDEN.getAsJsonArray("resamples")) {
            JsonObject r = e.getAsJsonObject();
            double[] i = Bootstrap.take(id, Golden.integers(r.get("id_index")));
            double[] o = Bootstrap.take(ood, Golden.integers(r.get("ood_index")));
            assertEquals(Golden.number(r.get("auroc")), Auroc.of(i, o), 1e-12);
        }
    }

    @Test
    void intervalsOfAnAurocAgreeWithTheReference() {
        Interval boot =
                Bootstrap.defaults().withResamples(4000).withSeed(5).interval(side("id"), side("ood"), Auroc::of);
        double[] expected = numbers(GOLDEN.get("percentile_95_of_4000_resamples"));
        double tolerance = Golden.number(GOLDEN.get("tolerance")); // two random runs of 4,000
        assertEquals(expected[0], boot.lower(), tolerance);
        assertEquals(expected[1], boot.upper(), tolerance);
        Interval delong = DeLong.interval(side("id"), side("ood"), 0.95);
        double[] ends = numbers(GOLDEN.get("delong_95"));
        assertEquals(ends[0], delong.lower(), 1e-9);
        assertEquals(ends[1], delong.upper(), 1e-9);
        assertEquals("DeLong interval", delong.method());
    }

    @Test
    void sameSeedSameInterval() {
        double[] x = Seeds.rng(1, "x").doubles(50).toArray();
        var options = Bootstrap.defaults().withResamples(300);
        assertEquals(options.interval(x, Moments::mean), options.interval(x, Moments::mean));
        assertNotEquals(options.interval(x, Moments::mean), options.withSeed(1).interval(x, Moments::mean));
    }

    /** The t interval holds the true mean in 95 % of 2,000 normal samples: within 3.3 standard errors (p > 0.001). */
    @Test
    void studentsIntervalCovers() {
        int hits = 0;
        for (int i = 0; i < 2000; i++) {
            RandomGenerator rng = Seeds.rng(3, "coverage", i);
            double[] x = new double[5];
            for (int j = 0; j < x.length; j++) {
                x[j] = 2 + 3 * rng.nextGaussian();
            }
            hits += MeanInterval.of(x).contains(2) ? 1 : 0;
        }
        assertEquals(0.95, hits / 2000.0, 3.3 * Math.sqrt(0.95 * 0.05 / 2000));
    }

    /** Random sign flips approach the exact test; 20,000 draws have a standard error below 0.0036. */
    @Test
    void randomSignFlipsApproachTheNormalLimit() {
        RandomGenerator rng = Seeds.rng(4, "pairs");
        double[] x = rng.doubles(40).toArray();
        double[] y = rng.doubles(40).map(v -> v - 0.05).toArray();
        double t = PairedTest.t(x, y).pValue();
        double p = PairedTest.permutation(x, y, 20_000, 1).pValue();
        assertEquals(t, p, 0.02);
        assertEquals(p, PairedTest.permutation(x, y, 20_000, 1).pValue(), 0);
    }

    @Test
    void degenerateCasesSaySo() {
        double[] low = {1, 2, 3};
        double[] high = {4, 5, 6};
        assertEquals(
                "DeLong interval, degenerate: variance 0",
                DeLong.interval(low, high, 0.95).method());
        assertEquals(1, DeLong.test(low, high, low, high).pValue(), 0);
        assertEquals(
                "the paired DeLong test needs scores that overlap: the variance was 0 at AUROCs of 1.0 and 0.0",
                assertThrows(IllegalArgumentException.class, () -> DeLong.test(low, high, high, low))
                        .getMessage());
        assertEquals(
                "the paired t test needs differences that vary: all 3 were -3.0",
                assertThrows(IllegalArgumentException.class, () -> PairedTest.t(low, high))
                        .getMessage());
        assertEquals(
                "number of samples for a t interval must be at least 2, was 1",
                assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(new double[] {1}))
                        .getMessage());
        assertEquals(
                "samples[0] must be a finite number, was NaN",
                assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(new double[] {Double.NaN, 1}))
                        .getMessage());
        assertEquals(
                "DeLong's variance needs two scores of each class: 3 in-distribution, 1 out-of-distribution",
                assertThrows(IllegalArgumentException.class, () -> DeLong.interval(low, new double[] {1}, 0.95))
                        .getMessage());
        assertTrue(Proportion.clopperPearson(0, 5, 0.95).upper() < 0.53);
    }

    /** By hand: s^2 = 5 / 3, variance (1 / 4 + 0.2 / 0.8) 5 / 3, and Student's quantile of 3 degrees, 3.182446305 from a table. */
    @Test
    void splitsThatShareExamplesWidenTheInterval() {
        Interval i = MeanInterval.ofSplits(new double[] {1, 2, 3, 4}, 0.2);
        assertEquals(2.5, i.estimate(), 1e-15);
        assertEquals(2.5 + 3.182446305 * Math.sqrt(0.5 * 5 / 3), i.upper(), 1e-8);
        assertEquals("corrected t interval over 4 splits", i.method());
        assertEquals(
                "testShare must lie in (0, 1), was 1.0",
                assertThrows(IllegalArgumentException.class, () -> MeanInterval.ofSplits(new double[] {1, 2}, 1))
                        .getMessage());
    }
}
