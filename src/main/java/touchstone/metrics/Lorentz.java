package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Hyperbolic space as a hyperboloid: a point is given by its space part x, [d], and has the time part {@code sqrt(1/c + |x|^2)}.
 * Near the origin lies what is general, further out what is special; a general point entails what lies in the cone behind it.
 *
 * <p>Follows the paper's code, which adds 1e-5 to the denominators of both angles.
 *
 * @param curvature c, above 0; space has curvature -c
 * @param least radius of the ball around the origin whose points entail all, above 0
 */
@Reference("poppi2025hyperbolic")
public record Lorentz(double curvature, double least) {
    private static final double EPSILON = 1e-5;

    public Lorentz {
        Check.positive(curvature, "curvature");
        Check.positive(least, "least");
    }

    /** Curvature 1 and the paper's radius of 0.1. */
    public static Lorentz defaults() {
        return new Lorentz(1, 0.1);
    }

    /** {@code <x, y> = x y - x_time y_time}, at most {@code -1/c}. */
    public double inner(double[] x, double[] y) {
        return dot(x, y) - time(x) * time(y);
    }

    /** Length of the shortest way, {@code arcosh(-c <x, y>) / sqrt(c)}, 0 or more. */
    public double distance(double[] x, double[] y) {
        double z = Math.max(1, -curvature * inner(x, y));
        return Math.log(z + Math.sqrt(z * z - 1)) / Math.sqrt(curvature);
    }

    /** Half the opening of the cone behind x, {@code asin(2 least / (sqrt(c) |x|))}, in (0, pi/2]; smaller further out. */
    public double halfAperture(double[] x) {
        return Math.asin(Math.min(1, 2 * least / (Math.sqrt(curvature) * length(x) + EPSILON)));
    }

    /** Angle at x between the ray from the origin and the way to y, in [0, pi]; 0 when y lies straight behind x. */
    public double exteriorAngle(double[] x, double[] y) {
        double z = curvature * inner(x, y);
        double above = time(y) + time(x) * z;
        double below = length(x) * Math.sqrt(Math.max(0, z * z - 1));
        return Math.acos(Math.max(-1, Math.min(1, above / (below + EPSILON))));
    }

    /** By how much y lies outside the cone of x, {@code max(0, angle - aperture)}, in radians. */
    public double entailmentLoss(double[] x, double[] y) {
        return Math.max(0, exteriorAngle(x, y) - halfAperture(x));
    }

    private double time(double[] x) {
        return Math.sqrt(1 / curvature + dot(x, x));
    }

    private static double length(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    private static double dot(double[] x, double[] y) {
        Check.sameLength(x.length, "x", y.length, "y");
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }
}
