package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import touchstone.util.Seeds;

class ConformalRegressorTest {
    /** Scores 1, 2, 3 at alpha 1/2: k = 2. */
    @Test
    void absoluteByHand() {
        var fitted = new ConformalRegressor(0.5).fit(Forecast.absolute(new double[3]), new double[] {-2, 1, 3});
        assertArrayEquals(new double[] {2}, fitted.quantiles());
        PredictionIntervals i = fitted.predict(Forecast.absolute(new double[] {10}));
        assertArrayEquals(new double[] {8}, i.lower());
        assertArrayEquals(new double[] {12}, i.upper());
        assertArrayEquals(new boolean[] {true}, i.covered(new double[] {12}));
        assertArrayEquals(new double[] {4}, i.widths());
    }

    /** Errors of 2, 1, 3 scales of 1, 2, 3: scores 2, 0.5, 1; the middle is 1. */
    @Test
    void normalizedByHand() {
        var fitted = new ConformalRegressor(0.5)
                .fit(Forecast.normalized(new double[3], new double[] {1, 2, 3}), new double[] {-2, 1, 3});
        PredictionIntervals i = fitted.predict(Forecast.normalized(new double[] {10}, new double[] {5}));
        assertArrayEquals(new double[] {5}, i.lower());
        assertArrayEquals(new double[] {15}, i.upper());
    }

    /** Inside by 1, inside by 0, outside by 2: the middle is 0; too wide quantiles shrink, until crossed ones hold nothing. */
    @Test
    void quantilesByHand() {
        double[] low = {0, 0, 0};
        double[] high = {2, 2, 2};
        var fitted = new ConformalRegressor(0.5).fit(Forecast.quantiles(low, high), new double[] {1, 2, 4});
        assertArrayEquals(new double[] {0}, fitted.quantiles());
        var shrunk = new ConformalRegressor(0.5).fit(Forecast.quantiles(low, high), new double[] {1, 1, 1});
        assertArrayEquals(new double[] {-1}, shrunk.quantiles());
        PredictionIntervals i = shrunk.predict(Forecast.quantiles(new double[] {0}, new double[] {1}));
        assertArrayEquals(new double[] {0}, i.widths());
        assertEquals(0, i.coverage(new double[] {0.5}));
    }

    @Test
    void groupsHaveTheirOwn() {
        var fitted = new ConformalRegressor(0.5)
                .fit(Forecast.absolute(new double[4]), new double[] {1, 1, 1, 9}, new int[] {0, 0, 0, 2});
        assertArrayEquals(new double[] {1, Double.POSITIVE_INFINITY, 9}, fitted.quantiles());
        PredictionIntervals i = fitted.predict(Forecast.absolute(new double[4]), new int[] {0, 1, 2, 7});
        assertArrayEquals(new double[] {2, Double.POSITIVE_INFINITY, 18, Double.POSITIVE_INFINITY}, i.widths());
        assertEquals(0.5, fitted.law(2).mean());
    }

    /** 4,000 draws of 30 calibration rows and one more, noise that grows with x: misses binomial at 3 / 31, tails 0.0005. */
    @ParameterizedTest
    @EnumSource(Forecast.Kind.class)
    void coversAsOftenAsSaid(Forecast.Kind kind) {
        int draws = 4000;
        int misses = 0;
        for (int r = 0; r < draws; r++) {
            RandomGenerator rng = Seeds.rng(1, "regress", r);
            double[] x = rng.doubles(31).toArray();
            double[] y = Arrays.stream(x).map(v -> v + v * rng.nextGaussian()).toArray();
            var fitted = new ConformalRegressor(0.1).fit(forecast(kind, Arrays.copyOf(x, 30)), Arrays.copyOf(y, 30));
            PredictionIntervals i = fitted.predict(forecast(kind, new double[] {x[30]}));
            misses += i.covered(new double[] {y[30]})[0] ? 0 : 1;
        }
        var law = new BinomialDistribution(null, draws, 3 / 31.0);
        assertTrue(law.cumulativeProbability(misses) > 0.0005, kind + " missed " + misses);
        assertTrue(1 - law.cumulativeProbability(misses - 1) > 0.0005, kind + " missed " + misses);
    }

    private static Forecast forecast(Forecast.Kind kind, double[] x) {
        double[] scale = Arrays.stream(x).map(v -> v + 0.1).toArray();
        return switch (kind) {
            case ABSOLUTE -> Forecast.absolute(x);
            case NORMALIZED -> Forecast.normalized(x, scale);
            case CQR -> Forecast.quantiles(Arrays.stream(x).map(v -> -v).toArray(), scale);
        };
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "scale[1] must be a finite number above 0, was 0.0",
                refused(() -> Forecast.normalized(new double[2], new double[] {1, 0})));
        var fitted = ConformalRegressor.defaults().fit(Forecast.absolute(new double[1]), new double[1]);
        assertEquals(
                "forecast must be ABSOLUTE, as the calibrated one, was CQR",
                refused(() -> fitted.predict(Forecast.quantiles(new double[1], new double[1]))));
        assertEquals("actual[0] must be a finite number, was NaN", refused(() -> ConformalRegressor.defaults()
                .fit(Forecast.absolute(new double[1]), new double[] {Double.NaN})));
        assertEquals("actual must not be empty, had 0 elements", refused(() -> ConformalRegressor.defaults()
                .fit(Forecast.absolute(new double[0]), new double[0])));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
