package touchstone.interpret.steer;

import touchstone.util.Check;

/** Rows of activations, looked at unit by unit. */
final class Units {
    private Units() {}

    /** Mean and deviation over n of each unit. */
    static double[][] moments(double[][] rows, String name) {
        demandRows(rows, name);
        var moments = new double[2][rows[0].length];
        for (int j = 0; j < rows[0].length; j++) {
            double[] unit = column(rows, j);
            double mean = 0;
            for (double v : unit) {
                mean += v / unit.length;
            }
            double variance = 0;
            for (double v : unit) {
                variance += (v - mean) * (v - mean) / unit.length;
            }
            moments[0][j] = mean;
            moments[1][j] = Math.sqrt(variance);
        }
        return moments;
    }

    static double[] column(double[][] rows, int j) {
        var column = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i][j];
        }
        return column;
    }

    static void demandRows(double[][] rows, String name) {
        Check.nonEmpty(rows.length, name);
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, name + "[" + i + "]", rows[0].length, name + "[0]");
        }
    }

    static double[][] copy(double[][] rows) {
        var copy = new double[rows.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}
