package touchstone.ood;

import java.util.Arrays;

/**
 * The Weibull distribution of values shifted by {@code shift}: {@code P(X <= x) = 1 - exp(-((x + shift) / scale)^shape)}, 0
 * where {@code x + shift} is not above 0.
 */
record Weibull(double shape, double scale, double shift) {
    private static final double START = 10_000; // where libMR puts the least value
    private static final double MOST = 1e12; // shapes beyond are a point mass

    /** Maximum likelihood: the shape by bisection of its monotone equation, the scale in closed form. */
    static Weibull fit(double[] values, String name) {
        double least = Arrays.stream(values).min().orElse(0);
        double shift = START - least;
        double most = Arrays.stream(values).max().orElse(0) + shift;
        double[] x = Arrays.stream(values).map(v -> (v + shift) / most).toArray();
        if (Arrays.stream(x).min().orElse(1) == 1) {
            throw new IllegalArgumentException(
                    name + " must hold two different values, were " + Arrays.toString(values));
        }
        double low = 0;
        double high = 1;
        while (excess(x, high) < 0 && high < MOST) {
            low = high;
            high *= 2;
        }
        for (int step = 0; step < 200 && high - low > 1e-15 * high; step++) {
            double middle = (low + high) / 2;
            if (excess(x, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double shape = (low + high) / 2;
        double mean = Arrays.stream(x).map(v -> Math.pow(v, shape)).sum() / x.length;
        return new Weibull(shape, most * Math.pow(mean, 1 / shape), shift);
    }

    /** The derivative of the log-likelihood in the shape, turned so that it grows with the shape. */
    private static double excess(double[] x, double shape) {
        double powers = 0;
        double weighted = 0;
        double logs = 0;
        for (double v : x) {
            double power = Math.pow(v, shape);
            powers += power;
            weighted += power * Math.log(v);
            logs += Math.log(v);
        }
        return weighted / powers - 1 / shape - logs / x.length;
    }

    double cdf(double x) {
        return -Math.expm1(-Math.pow(Math.max(0, x + shift) / scale, shape));
    }
}
