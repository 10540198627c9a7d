package touchstone.continual.recurrent;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Forecasts of the next load by ridge regressions on the last {@code window} loads and a constant. A forecast is made before its
 * load is seen; where there is none yet it is NaN.
 */
public final class Forecasts {
    private Forecasts() {}

    /**
     * Predicts each load, then learns it.
     *
     * @param loads the series, [n]
     * @param gamma ridge, above 0
     * @param forgetting factor of older examples, in (0, 1]
     * @return [n]; NaN for the first {@code window}
     */
    public static double[] online(double[] loads, int window, double gamma, double forgetting) {
        OnlineRidge model = OnlineRidge.of(Check.atLeast(window, 1, "window") + 1, gamma, forgetting);
        double[] out = none(loads);
        for (int t = window; t < loads.length; t++) {
            double[] row = row(loads, t, window);
            out[t] = model.predict(row);
            model.add(row, loads[t]);
        }
        return out;
    }

    /**
     * Fits anew at step {@code schedule.first()} and every {@code schedule.every()} steps from there, each time on the last examples;
     * between two fits the weights stay.
     *
     * @return [n]; NaN before the first fit
     */
    public static double[] refitted(double[] loads, int window, double gamma, Schedule schedule) {
        Check.atLeast(window, 1, "window");
        Check.atLeast(schedule.first(), window + 1, "first");
        double[] out = none(loads);
        OnlineRidge model = OnlineRidge.of(window + 1, gamma, 1);
        for (int t = schedule.first(); t < loads.length; t++) {
            if ((t - schedule.first()) % schedule.every() == 0) {
                model = OnlineRidge.of(window + 1, gamma, 1);
                for (int i = Math.max(window, t - schedule.last()); i < t; i++) {
                    model.add(row(loads, i, window), loads[i]);
                }
            }
            out[t] = model.predict(row(loads, t, window));
        }
        return out;
    }

    /** The load before as the forecast; NaN for the first. */
    public static double[] persistence(double[] loads) {
        double[] out = none(loads);
        System.arraycopy(loads, 0, out, 1, Math.max(0, loads.length - 1));
        return out;
    }

    /** Root mean squared error of the steps {@code from .. to - 1}, in units of the load. */
    public static double error(double[] loads, double[] forecasts, int from, int to) {
        Check.sameLength(forecasts.length, "forecasts", loads.length, "loads");
        if (from < 0 || from >= to || to > loads.length) {
            throw new IllegalArgumentException(
                    "from and to must satisfy 0 <= from < to <= " + loads.length + ", were " + from + " and " + to);
        }
        double sum = 0;
        for (int t = from; t < to; t++) {
            double off = Check.finite(forecasts[t], "forecasts[" + t + "]") - loads[t];
            sum += off * off;
        }
        return Math.sqrt(sum / (to - from));
    }

    /** The loads before step t, oldest first, and 1. */
    private static double[] row(double[] loads, int t, int window) {
        double[] row = Arrays.copyOfRange(loads, t - window, t + 1);
        row[window] = 1;
        return row;
    }

    private static double[] none(double[] loads) {
        Check.nonEmpty(loads.length, "loads");
        Check.allFinite(loads, "loads");
        var out = new double[loads.length];
        Arrays.fill(out, Double.NaN);
        return out;
    }

    /**
     * When to fit.
     *
     * @param first step of the first fit
     * @param every steps between two fits, 1 or more
     * @param last number of latest examples to fit on, 1 or more
     */
    public record Schedule(int first, int every, int last) {
        public Schedule {
            Check.atLeast(first, 1, "first");
            Check.atLeast(every, 1, "every");
            Check.atLeast(last, 1, "last");
        }

        /** One fit, kept for ever. */
        public static Schedule once(int first, int last) {
            return new Schedule(first, Integer.MAX_VALUE, last);
        }
    }
}
