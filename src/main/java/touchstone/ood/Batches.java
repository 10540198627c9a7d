package touchstone.ood;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import touchstone.util.Check;

/** Batches as plain rows in double: at these sizes loops over rows are as fast as native calls, and exact. */
final class Batches {
    private Batches() {}

    /** The rows of a finite batch, [n, d], copied. */
    static double[][] rows(INDArray batch, String name) {
        if (batch.rank() != 2) {
            throw new IllegalArgumentException(name + " must have shape [n, d], had rank " + batch.rank());
        }
        double[][] rows = batch.castTo(DataType.DOUBLE).toDoubleMatrix();
        for (int i = 0; i < rows.length; i++) {
            Check.allFinite(rows[i], name + "[" + i + "]");
        }
        return rows;
    }

    /** The rows of a finite batch with {@code d} columns. */
    static double[][] rows(INDArray batch, int d, String name) {
        double[][] rows = rows(batch, name);
        if (batch.size(1) != d) {
            throw new IllegalArgumentException(
                    name + " must have the " + d + " columns of the training features, had " + batch.size(1));
        }
        return rows;
    }

    /** Demands a label of 0 or more for every row; returns the number of classes, the largest label + 1. */
    static int classes(double[][] rows, int[] labels) {
        Check.sameLength(rows.length, "features", labels.length, "labels");
        int most = -1;
        for (int i = 0; i < labels.length; i++) {
            most = Math.max(most, Check.atLeast(labels[i], 0, "labels[" + i + "]"));
        }
        return most + 1;
    }

    /** Divides each row by its Euclidean length, in place; a row of zeros stays. */
    static void normalise(double[][] rows) {
        for (double[] row : rows) {
            double sum = 0;
            for (double v : row) {
                sum += v * v;
            }
            double length = Math.sqrt(sum);
            for (int j = 0; length > 0 && j < row.length; j++) {
                row[j] /= length;
            }
        }
    }
}
