package touchstone.continual.l2m;

import java.util.Arrays;

/** Shape of the window that learning curves are smoothed with. */
public enum Window {
    FLAT,
    HANNING,
    HAMMING,
    BARTLETT,
    BLACKMAN;

    private static final int LONGEST = 100;

    /** Weights of a window, [n], as NumPy defines them; not normalised. */
    double[] weights(int n) {
        var w = new double[n];
        for (int i = 0; i < n; i++) {
            double t = 2 * Math.PI * i / (n - 1);
            w[i] = switch (this) {
                case FLAT -> 1;
                case HANNING -> 0.5 - 0.5 * Math.cos(t);
                case HAMMING -> 0.54 - 0.46 * Math.cos(t);
                case BARTLETT -> 1 - Math.abs(2.0 * i / (n - 1) - 1);
                case BLACKMAN -> 0.42 - 0.5 * Math.cos(t) + 0.08 * Math.cos(2 * t);
            };
        }
        return w;
    }

    /**
     * A moving average of the same length as the signal, which is reflected at its ends.
     *
     * @param length of the window; 0, or more than the signal has, means a fifth of the signal and at most 100. A window of
     *     less than 3 leaves the signal as it is
     */
    double[] smooth(double[] x, int length) {
        int n = x.length;
        int w = length == 0 || n < length ? Math.min((int) (n * 0.2), LONGEST) : length;
        if (w < 3) {
            return x.clone();
        }
        double[] weights = weights(w);
        double total = Arrays.stream(weights).sum();
        int start = w / 2 - 1;
        var y = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < w; k++) {
                sum += weights[k] * (reflected(x, i + start - k) - x[i]); // so that a constant stays what it is
            }
            y[i] = x[i] + sum / total;
        }
        return y;
    }

    /** x[i], mirrored about its first and last element. */
    private static double reflected(double[] x, int i) {
        int j = i < 0 ? -i : i;
        return x[j < x.length ? j : 2 * (x.length - 1) - j];
    }
}
