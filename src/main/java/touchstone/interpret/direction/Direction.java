package touchstone.interpret.direction;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A direction of a representation. The difference of means, {@code mean(to) - mean(from)}, points from one kind of inputs to another;
 * between prompts that a model answers and those that it refuses it is the refusal direction.
 *
 * <p>Follows the paper.
 *
 * @param vector [d], finite, not 0
 */
@Reference("arditi2024refusal")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
public record Direction(double[] vector) {
    public Direction {
        Check.nonEmpty(vector.length, "vector");
        Check.allFinite(vector, "vector");
        vector = vector.clone();
        Check.positive(Math.sqrt(dot(vector, vector)), "length of vector");
    }

    /** {@code mean(to) - mean(from)}, of rows [n, d] and [m, d]. */
    public static Direction between(double[][] from, double[][] to) {
        double[] v = mean(to, "to");
        double[] start = mean(from, "from");
        Check.sameLength(start.length, "rows of from", v.length, "rows of to");
        for (int j = 0; j < v.length; j++) {
            v[j] -= start[j];
        }
        return new Direction(v);
    }

    @Override
    public double[] vector() {
        return vector.clone();
    }

    /** The vector of length 1, [d]. */
    public double[] unit() {
        double length = length();
        return Arrays.stream(vector).map(v -> v / length).toArray();
    }

    /** Euclidean length, above 0. */
    public double length() {
        return Math.sqrt(dot(vector, vector));
    }

    /** Cosine of the angle with another of the same width, in [-1, 1]. */
    public double cosine(Direction other) {
        Check.sameLength(vector.length, "vector", other.vector.length, "other");
        return dot(vector, other.vector) / (length() * other.length());
    }

    /** How far each row lies along the direction, {@code x u} with u of length 1: [n]. */
    public double[] along(double[][] x) {
        double[] u = unit();
        return Arrays.stream(x).mapToDouble(row -> checked(row, u)).toArray();
    }

    /** The rows without their part along the direction, {@code x - (x u) u}: [n, d]. */
    public double[][] without(double[][] x) {
        double[] u = unit();
        return Arrays.stream(x).map(row -> moved(row, u, -checked(row, u))).toArray(double[][]::new);
    }

    /** The rows plus {@code strength} times the vector: [n, d]. */
    public double[][] added(double[][] x, double strength) {
        Check.finite(strength, "strength");
        return Arrays.stream(x).map(row -> moved(row, vector, strength)).toArray(double[][]::new);
    }

    private static double checked(double[] row, double[] u) {
        Check.sameLength(row.length, "a row of x", u.length, "vector");
        return dot(row, u);
    }

    private static double[] moved(double[] row, double[] by, double strength) {
        Check.sameLength(row.length, "a row of x", by.length, "vector");
        double[] out = row.clone();
        for (int j = 0; j < out.length; j++) {
            out[j] += strength * by[j];
        }
        return out;
    }

    private static double[] mean(double[][] rows, String name) {
        Check.nonEmpty(rows.length, name);
        var mean = new double[rows[0].length];
        for (double[] row : rows) {
            Check.sameLength(row.length, "a row of " + name, mean.length, "its first row");
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        return mean;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
