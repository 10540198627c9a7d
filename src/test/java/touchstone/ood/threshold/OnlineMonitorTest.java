package touchstone.ood.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import touchstone.stats.KolmogorovSmirnov;
import touchstone.stats.MultipleTesting;
import touchstone.util.Seeds;

class OnlineMonitorTest {
    private static final int STREAMS = 2000;
    private static final int STEPS = 400;
    private static final int FEW = 8; // calibration scores: few, so that sharing them would show

    /** Against quadrature of the mixture's integral, near and far from its peak; 1e-9 of the integrator. */
    @Test
    void mixtureIsTheIntegral() {
        for (double[] ns : new double[][] {{0, 0}, {1, 0.5}, {3, 10}, {20, 5}, {20, 19}, {20, 23}, {20, 60}}) {
            double integral = new IterativeLegendreGaussIntegrator(20, 1e-12, 1e-12)
                    .integrate(1_000_000, e -> Math.pow(e, ns[0]) * Math.exp((1 - e) * ns[1]), 0, 1);
            assertEquals(Math.log(integral), Betting.mixture().logCapital((long) ns[0], ns[1]), 1e-9);
        }
        assertEquals(
                3 * Math.log(0.3) + 0.7 * 5, Betting.power(0.3).logCapital(3, 5), 1e-12); // log of 0.3^3 exp(0.7 * 5)
    }

    /** Far out: s = n, a million of each; Stirling gives the size, and both branches meet. */
    @Test
    void mixtureOfLongStreamsIsFiniteAndContinuous() {
        double n = 1e6;
        double below = Betting.mixture().logCapital((long) n, n + 1.9);
        double above = Betting.mixture().logCapital((long) n, n + 2.1);
        assertTrue(above > below && above - below < 0.2 * Math.sqrt(2 / Math.PI / n) * 2, below + " and " + above);
        assertEquals(0.5 * Math.log(Math.PI / 2 / n), below, 0.01);
    }

    /** By hand: of 1, 2, 3 and then 2.5, one of four lies above, itself at it: p = (1 + u) / 4; then against all four. */
    @Test
    void pValuesByHand() {
        var stream = OnlineMonitor.defaults().start(new double[] {3, 1, 2});
        double first = stream.observe(2.5).pValue();
        assertTrue(first > 0.25 && first <= 0.5, "p " + first);
        double second = stream.observe(2.75).pValue(); // above: 3 alone, of 5
        assertTrue(second > 0.2 && second <= 0.4, "p " + second);
        double tied = stream.observe(1).pValue(); // above: 4 of 6, equal: the one and itself
        assertTrue(tied > 4 / 6.0 && tied <= 1, "p " + tied);
        double top = stream.observe(Double.POSITIVE_INFINITY).pValue();
        assertTrue(top > 0 && top <= 1 / 7.0, "p " + top);
    }

    /** The p-values of one stream are uniform, ties among the scores or not, and successive ones are uncorrelated. */
    @Test
    void pValuesAreIndependentAndUniform() {
        RandomGenerator rng = Seeds.rng(4, "ties");
        var stream = OnlineMonitor.defaults().start(new double[] {0, 1, 2});
        double[] p = IntStream.range(0, 4000)
                .mapToDouble(i -> stream.observe(rng.nextInt(4)).pValue())
                .toArray();
        assertTrue(KolmogorovSmirnov.limit(p, x -> x).pValue() > 0.001);
        double covariance = 0;
        for (int i = 1; i < p.length; i++) {
            covariance += (p[i] - 0.5) * (p[i - 1] - 0.5) / (p.length - 1);
        }
        assertEquals(0, 12 * covariance, 4 / Math.sqrt(p.length)); // 4 standard errors
    }

    /** How many of the streams raise the martingale's alarm when scores change by shift at a step. */
    private static int alarms(OnlineMonitor monitor, int change, double shift) {
        return (int) IntStream.range(0, STREAMS)
                .parallel()
                .filter(r -> {
                    RandomGenerator rng = Seeds.rng(7, "stream", r);
                    var stream = monitor.withSeed(r).start(normal(rng, FEW));
                    for (int i = 0; i < STEPS; i++) {
                        double score = rng.nextGaussian() + (i >= change ? shift : 0);
                        if (stream.observe(score).alarm()) {
                            return true;
                        }
                    }
                    return false;
                })
                .count();
    }

    private static double[] normal(RandomGenerator rng, int n) {
        return IntStream.range(0, n).mapToDouble(i -> rng.nextGaussian()).toArray();
    }

    /** 2,000 streams of 400 steps on 8 calibration scores: so many false alarms or more with a chance above 0.001. */
    @Test
    void falseAlarmsAreAtMostDelta() {
        for (Betting betting : new Betting[] {Betting.mixture(), Betting.power(0.5), Betting.power(0.92)}) {
            int alarms = alarms(OnlineMonitor.defaults().withDelta(0.05).withBetting(betting), STEPS, 0);
            var most = new BinomialDistribution(null, STREAMS, 0.05);
            assertTrue(1 - most.cumulativeProbability(alarms - 1) > 0.001, betting + " raised " + alarms);
        }
    }

    /** The same against the 8 calibration scores alone breaks the promise: why the reference grows. */
    @Test
    void aFixedReferenceWouldRaiseMore() {
        var monitor = OnlineMonitor.defaults().withDelta(0.05);
        int alarms = 0;
        for (int r = 0; r < STREAMS; r++) {
            RandomGenerator rng = Seeds.rng(7, "stream", r);
            double[] calibration = normal(rng, FEW);
            var stream = monitor.start();
            boolean alarm = false;
            for (int i = 0; i < STEPS; i++) {
                double score = rng.nextGaussian();
                double above = Arrays.stream(calibration).filter(c -> c > score).count();
                alarm = stream.observePValue((above + 1 - rng.nextDouble()) / (FEW + 1))
                        .alarm();
            }
            alarms += alarm ? 1 : 0;
        }
        var promised = new BinomialDistribution(null, STREAMS, 0.05);
        assertTrue(1 - promised.cumulativeProbability(alarms - 1) < 1e-9, "raised " + alarms);
    }

    /** A shift by 3 standard deviations after 200 of 400 steps is found in more than 95 of 100 streams. */
    @Test
    void aShiftIsFound() {
        assertTrue(alarms(OnlineMonitor.defaults(), STEPS / 2, 3) > 0.95 * STREAMS);
    }

    /** Mean steps to the CUSUM's false alarm over 200 streams, cut at 20 times the bound: at least the bound. */
    @Test
    void runsToFalseDriftAreLongEnough() {
        double bound = 50;
        var monitor = OnlineMonitor.defaults().withCusum(0.5, bound);
        double[] runs = IntStream.range(0, 200)
                .mapToDouble(r -> {
                    RandomGenerator rng = Seeds.rng(9, "run", r);
                    var stream = monitor.withSeed(r).start(normal(rng, FEW));
                    int steps = 1;
                    while (!stream.observe(rng.nextGaussian()).drift() && steps < 20 * bound) {
                        steps++;
                    }
                    return steps;
                })
                .toArray();
        double mean = Arrays.stream(runs).average().orElseThrow();
        assertTrue(mean >= bound, "mean run " + mean);
    }

    /** After a quiet time the CUSUM is at 0 often, and a shift drives it up within a few dozen steps. */
    @Test
    void driftIsFoundSoonAfterAQuietTime() {
        RandomGenerator rng = Seeds.rng(2, "quiet");
        var stream = OnlineMonitor.defaults().start(normal(rng, 100));
        for (int i = 0; i < 2000; i++) {
            assertFalse(stream.observe(rng.nextGaussian()).drift(), "step " + i);
        }
        int steps = 0;
        while (!stream.observe(rng.nextGaussian() + 3).drift()) {
            steps++;
            assertTrue(steps < 50);
        }
    }

    @Test
    void resetBeginsAnew() {
        RandomGenerator rng = Seeds.rng(3, "reset");
        var stream = OnlineMonitor.defaults().start(normal(rng, 50));
        MonitoredStream.State last = stream.observe(0);
        for (int i = 0; i < 100; i++) {
            last = stream.observe(10 + i);
        }
        assertTrue(last.alarm() && last.drift() && last.step() == 101);
        stream.reset();
        MonitoredStream.State first = stream.observe(0);
        assertEquals(1, first.step());
        assertFalse(first.alarm() || first.drift());
        assertEquals(Betting.mixture().logCapital(1, -Math.log(first.pValue())), first.logMartingale(), 1e-15);
    }

    @Test
    void equalSeedsGiveEqualStates() {
        var a = OnlineMonitor.defaults().start(new double[] {1, 2});
        var b = OnlineMonitor.defaults().start(new double[] {2, 1});
        for (double score : new double[] {1, 1, 3, 2, 0}) {
            assertEquals(a.observe(score), b.observe(score));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("delta must lie in (0, 1), was 0.0", refused(() -> OnlineMonitor.defaults()
                .withDelta(0)));
        assertEquals("averageRun must be a finite number above 1, was 1.0", refused(() -> OnlineMonitor.defaults()
                .withCusum(0.5, 1)));
        assertEquals("exponent must lie in (0, 1), was 0.0", refused(() -> Betting.power(0)));
        var stream = OnlineMonitor.defaults().start(new double[] {1});
        assertEquals("score must be a number, was NaN", refused(() -> stream.observe(Double.NaN)));
        assertEquals("p must lie in (0, 1], was 0.0", refused(() -> stream.observePValue(0)));
        assertEquals("calibration must not be empty, had 0 elements", refused(() -> OnlineMonitor.defaults()
                .start(new double[0])));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }

    /** 300 batches, 20 of 100 examples shifted: the mean share of false ones among the flagged is at most 10 %, 3 errors given. */
    @Test
    void benjaminiHochbergKeepsItsRateOnSharedPValues() {
        double[] shares = IntStream.range(0, 300)
                .mapToDouble(r -> {
                    RandomGenerator rng = Seeds.rng(5, "batch", r);
                    Threshold t = ThresholdCalibrator.defaults().fit(normal(rng, 1000));
                    double[] scores = normal(rng, 100);
                    for (int i = 0; i < 20; i++) {
                        scores[i] += 4;
                    }
                    boolean[] flagged =
                            MultipleTesting.rejected(MultipleTesting.benjaminiHochberg(t.pValues(scores)), 0.1);
                    long all = IntStream.range(0, 100).filter(i -> flagged[i]).count();
                    long wrong =
                            IntStream.range(20, 100).filter(i -> flagged[i]).count();
                    return all == 0 ? 0 : (double) wrong / all;
                })
                .toArray();
        double mean = Arrays.stream(shares).average().orElseThrow();
        assertTrue(mean <= 0.1 + 3 * 0.1 / Math.sqrt(300), "mean share " + mean);
        assertTrue(mean > 0, "nothing was flagged");
    }
}
