package touchstone.continual.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class RecurrentTest {
    private static final LinkLoads LINK = LinkLoads.defaults();

    /** Against least squares on the stacked rows sqrt(q^(n - i)) x_i and sqrt(gamma) I, solved by QR. */
    @Test
    void onlineRidgeIsTheWeightedBatchSolution() {
        for (double q : new double[] {1, 0.9}) {
            int n = 40;
            int d = 5;
            double gamma = 0.3;
            RandomGenerator rng = Seeds.rng(4, "ridge rows");
            OnlineRidge online = OnlineRidge.of(d, gamma, q);
            var stacked = new Array2DRowRealMatrix(n + d, d);
            var targets = new ArrayRealVector(n + d);
            for (int i = 0; i < n; i++) {
                double[] x = rng.doubles(d).toArray();
                double y = rng.nextGaussian();
                online.add(x, y);
                double weight = Math.sqrt(Math.pow(q, n - 1 - i));
                stacked.setRow(i, Arrays.stream(x).map(v -> weight * v).toArray());
                targets.setEntry(i, weight * y);
            }
            for (int a = 0; a < d; a++) {
                stacked.setEntry(n + a, a, Math.sqrt(gamma));
            }
            double[] expected =
                    new QRDecomposition(stacked).getSolver().solve(targets).toArray();
            assertArrayEquals(expected, online.weights(), 1e-12); // double; the condition number is of order 100
        }
    }

    @Test
    void seriesAgreeUntilTheFailure() {
        double[] calm = LINK.calm("a", 100);
        double[] failed = LINK.series("a", 100, 60, 1.5);
        for (int t = 0; t < 100; t++) {
            double rise = failed[t] - calm[t];
            // the re-routed demand swings by 0.6 of its mean
            assertTrue(t < 60 ? rise == 0 : rise >= 0.4 * 1.5 - 1e-12 && rise <= 1.6 * 1.5 + 1e-12);
        }
        // noise of deviation 0.03 and coefficient 0.7 over ten days of a sine: mean 1 within four standard errors
        double[] days = LINK.calm("b", 480);
        assertEquals(1, Arrays.stream(days).average().orElse(0), 4 * 0.03 * Math.sqrt(1.7 / 0.3 / 480));
    }

    /** A noise-free sine obeys {@code y(t) = 2 cos(2 pi / p) y(t-1) - y(t-2)} up to its mean: a ridge of two loads finds it. */
    @Test
    void ridgeLearnsASineAndTheSineOfAfterwards() {
        double[] loads = LINK.withNoise(0).series("a", 600, 300, 1.5);
        double[] online = Forecasts.online(loads, 2, 1e-10, 0.9);
        double[] refitted = Forecasts.refitted(loads, 2, 1e-10, new Forecasts.Schedule(100, 50, 40));
        // the constant changes with the failure: both are off right after it and exact once the old rows are gone
        assertTrue(Forecasts.error(loads, online, 300, 310) > 0.1);
        assertTrue(Forecasts.error(loads, refitted, 300, 350) > 0.1);
        assertEquals(0, Forecasts.error(loads, online, 560, 600), 1e-5);
        assertEquals(0, Forecasts.error(loads, refitted, 200, 300), 1e-5);
        assertEquals(0, Forecasts.error(loads, refitted, 400, 600), 1e-5);
    }

    @Test
    void forecastsNeverSeeTheirLoad() {
        double[] loads = LINK.calm("a", 200);
        LiquidForecaster liquid = LiquidForecaster.fit(
                List.of(loads), LiquidForecaster.Options.defaults().withEpochs(1));
        double[] changed = loads.clone();
        changed[150] += 1;
        var schedule = new Forecasts.Schedule(100, 25, 60);
        List<double[][]> pairs = List.of(
                new double[][] {liquid.forecast(loads), liquid.forecast(changed)},
                new double[][] {Forecasts.online(loads, 5, 0.1, 0.99), Forecasts.online(changed, 5, 0.1, 0.99)},
                new double[][] {
                    Forecasts.refitted(loads, 5, 0.1, schedule), Forecasts.refitted(changed, 5, 0.1, schedule)
                },
                new double[][] {Forecasts.persistence(loads), Forecasts.persistence(changed)});
        for (double[][] pair : pairs) {
            assertArrayEquals(Arrays.copyOf(pair[0], 151), Arrays.copyOf(pair[1], 151), 0);
            assertTrue(pair[0][151] != pair[1][151]);
        }
    }

    @Test
    void liquidForecasterLearnsTheDay() {
        double[] history = LINK.calm("history", 1200);
        double[] loads = LINK.calm("test", 300);
        double[] forecast = LiquidForecaster.fit(List.of(history), LiquidForecaster.Options.defaults())
                .forecast(loads);
        double error = Forecasts.error(loads, forecast, 16, 300);
        assertTrue(error < Forecasts.error(loads, Forecasts.persistence(loads), 16, 300), () -> "error " + error);
        // the innovation of the noise has deviation 0.03 sqrt(1 - 0.49) = 0.0214: nothing does much better
        assertTrue(error > 0.018, () -> "error " + error);
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("forgetting must lie in (0, 1], was 0.0", () -> OnlineRidge.of(2, 1, 0));
        assertMessage("gamma must be a finite number above 0, was 0.0", () -> OnlineRidge.of(2, 0, 1));
        assertMessage("row and features must be of equal length, were 3 and 2", () -> OnlineRidge.of(2, 1, 1)
                .add(new double[3], 1));
        assertMessage("size must be a finite number of 0 or more, was -1.0", () -> LINK.series("a", 10, 5, -1));
        assertMessage(
                "forecasts[0] must be a finite number, was NaN",
                () -> Forecasts.error(new double[2], Forecasts.persistence(new double[2]), 0, 2));
        assertMessage(
                "length of a history must be at least 17, was 16",
                () -> LiquidForecaster.fit(List.of(LINK.calm("a", 16)), LiquidForecaster.Options.defaults()));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
