package touchstone.continual.l2m;

import java.util.Arrays;

/** What is read off one curve of performance. */
final class Curve {
    private static final double LAST_PART = 0.1;

    private Curve() {}

    /**
     * The highest value of the smoothed curve and where it is first reached.
     *
     * @param value the highest; NaN for an empty curve
     * @param experiences index of the first such experience, from 0; NaN for an empty curve
     */
    record Saturation(double value, double experiences) {
        static Saturation of(double[] x) {
            if (x.length == 0) {
                return new Saturation(Double.NaN, Double.NaN);
            }
            double[] smooth = Window.FLAT.smooth(x, 0);
            int best = 0;
            for (int i = 1; i < smooth.length; i++) {
                if (smooth[i] > smooth[best]) {
                    best = i;
                }
            }
            return new Saturation(smooth[best], best);
        }
    }

    /** Terminal performance: mean of the last tenth of a learning curve, of the whole of an evaluation. */
    static double terminal(double[] x, boolean learning) {
        int from = learning ? (int) ((1 - LAST_PART) * x.length) : 0;
        return mean(x, from, x.length);
    }

    /** Experiences up to the middle of what terminal performance is taken from. */
    static int experiencesToTerminal(double[] x, boolean learning) {
        return (int) ((1 - (learning ? LAST_PART : 1) / 2) * x.length);
    }

    /** Index of the first experience that performs as well as a level; one more than the log lines when none does. */
    static int recoveryTime(Regime regime, double level) {
        double[] x = regime.values();
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= level) {
                return i;
            }
        }
        return regime.lines() + 1;
    }

    /** Median of the slopes between all pairs of points (i, y[i]). */
    static double theilSenSlope(double[] y) {
        int n = y.length;
        var slopes = new double[n * (n - 1) / 2];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[k++] = (y[j] - y[i]) / (j - i);
            }
        }
        return median(slopes);
    }

    static double median(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    static double mean(double[] x) {
        return mean(x, 0, x.length);
    }

    private static double mean(double[] x, int from, int to) {
        return Arrays.stream(x, from, to).average().orElse(Double.NaN);
    }
}
