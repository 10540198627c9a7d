package touchstone.continual.strategy;

import touchstone.nn.Tensor;

/** Rows scaled to length 1, and the way back of gradients; a row of zeros stays one and has no gradient. */
final class UnitRows {
    private static final double LEAST = 1e-12;
    private final double[][] unit;
    private final double[] lengths;

    /** Scales rows [n, d]. */
    UnitRows(double[][] rows) {
        unit = new double[rows.length][];
        lengths = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            lengths[i] = Math.sqrt(Gradients.dot(rows[i], rows[i]));
            unit[i] = rows[i].clone();
            for (int j = 0; j < unit[i].length; j++) {
                unit[i][j] /= Math.max(lengths[i], LEAST);
            }
        }
    }

    /** The scaled rows, [n, d]; not to be changed. */
    double[][] rows() {
        return unit;
    }

    /** Inner products over a temperature, [n, n]. */
    double[][] similarities(double temperature) {
        var s = new double[unit.length][unit.length];
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = Gradients.dot(unit[i], unit[j]) / temperature;
                s[j][i] = s[i][j];
            }
        }
        return s;
    }

    /** Gradients by the scaled rows from those by {@link #similarities}, [n, d]. */
    double[][] fromSimilarities(double[][] ds, double temperature) {
        var du = new double[unit.length][unit.length == 0 ? 0 : unit[0].length];
        for (int i = 0; i < du.length; i++) {
            for (int j = 0; j < du.length; j++) {
                double slope = (ds[i][j] + ds[j][i]) / temperature;
                for (int k = 0; k < du[i].length; k++) {
                    du[i][k] += slope * unit[j][k];
                }
            }
        }
        return du;
    }

    /** Gradients by the rows from those by the scaled rows, [n, d]: the part across a row, over its length. */
    double[][] back(double[][] du) {
        var dx = new double[du.length][];
        for (int i = 0; i < du.length; i++) {
            dx[i] = new double[du[i].length];
            double along = Gradients.dot(du[i], unit[i]);
            for (int j = 0; j < dx[i].length && lengths[i] > LEAST; j++) {
                dx[i][j] = (du[i][j] - along * unit[i][j]) / lengths[i];
            }
        }
        return dx;
    }

    /** Adds rows to a tensor of their shape. */
    static void add(double[][] rows, Tensor to) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                to.set(i, j, to.get(i, j) + rows[i][j]);
            }
        }
    }

    /** Softmax of row i of similarities over all columns but i, and the logarithm of its divisor in place i. */
    static double[] others(double[][] s, int i) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < s.length; j++) {
            most = j == i ? most : Math.max(most, s[i][j]);
        }
        var p = new double[s.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = j == i ? 0 : Math.exp(s[i][j] - most);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        p[i] = most + Math.log(sum);
        return p;
    }
}
