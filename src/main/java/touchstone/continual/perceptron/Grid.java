package touchstone.continual.perceptron;

import org.apache.commons.math3.special.Erf;

/**
 * Points of a standard normal variable with their weights: the trapezoid rule from -8 to 8, whose error for analytic functions
 * falls faster than any power of the step. Beyond 8 lies 1e-15 of the mass.
 *
 * @param points the points, [n]
 * @param weights density times step, [n]; they sum to 1
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package, which changes neither
record Grid(double[] points, double[] weights) {
    private static final double END = 8;

    /** A grid of a given number of steps to either side. */
    static Grid of(int steps) {
        var points = new double[2 * steps + 1];
        var weights = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = END * (i - steps) / steps;
            weights[i] = density(points[i]) * END / steps;
        }
        return new Grid(points, weights);
    }

    /** The standard normal density. */
    static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** The standard normal distribution function. */
    static double below(double x) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2));
    }

    /** Share of inputs on which two directions of cosine c disagree, {@code arccos(c) / pi}; c beyond 1 by rounding counts as 1. */
    static double disagreement(double cosine) {
        return Math.acos(Math.max(-1, Math.min(1, cosine))) / Math.PI;
    }
}
