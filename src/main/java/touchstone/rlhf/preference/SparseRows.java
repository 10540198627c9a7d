package touchstone.rlhf.preference;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * A matrix [rows, columns] of mostly zeros, row by row: the places that hold something, in rising order, and the numbers there.
 * Immutable.
 */
public final class SparseRows {
    private final int columns;
    private final int[] start;
    private final int[] index;
    private final double[] value;

    /** Takes the arrays as they are; row i lies at {@code start[i] .. start[i + 1]}, its places rising. */
    SparseRows(int columns, int[] start, int[] index, double[] value) {
        this.columns = columns;
        this.start = start;
        this.index = index;
        this.value = value;
    }

    /** The numbers of a full matrix that are not 0; rows of one length, at least one. */
    public static SparseRows of(double[][] dense) {
        Check.nonEmpty(dense.length, "rows");
        int columns = dense[0].length;
        var start = new int[dense.length + 1];
        for (int i = 0; i < dense.length; i++) {
            Check.sameLength(dense[i].length, "rows[" + i + "]", columns, "rows[0]");
            Check.allFinite(dense[i], "rows[" + i + "]");
            start[i + 1] =
                    start[i] + (int) Arrays.stream(dense[i]).filter(v -> v != 0).count();
        }
        var index = new int[start[dense.length]];
        var value = new double[index.length];
        int at = 0;
        for (double[] row : dense) {
            for (int j = 0; j < columns; j++) {
                if (row[j] != 0) {
                    index[at] = j;
                    value[at++] = row[j];
                }
            }
        }
        return new SparseRows(columns, start, index, value);
    }

    public int rows() {
        return start.length - 1;
    }

    public int columns() {
        return columns;
    }

    /** Number of places that hold something. */
    public int size() {
        return index.length;
    }

    /** Whether a row holds nothing. */
    public boolean isZero(int row) {
        return start[row] == start[row + 1];
    }

    /** This matrix times a vector, {@code X w}, [rows]. */
    public double[] times(double[] w) {
        Check.sameLength(w.length, "w", columns, "columns");
        var result = new double[rows()];
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int k = start[i]; k < start[i + 1]; k++) {
                sum += value[k] * w[index[k]];
            }
            result[i] = sum;
        }
        return result;
    }

    /** The transposed matrix times a vector, {@code X' v}, [columns]. */
    public double[] transposeTimes(double[] v) {
        Check.sameLength(v.length, "v", rows(), "rows");
        var result = new double[columns];
        for (int i = 0; i < v.length; i++) {
            double factor = v[i];
            if (factor != 0) {
                for (int k = start[i]; k < start[i + 1]; k++) {
                    result[index[k]] += factor * value[k];
                }
            }
        }
        return result;
    }

    /** The transposed matrix of squares times a vector, {@code sum_i v_i x_ij^2}, [columns]. */
    public double[] transposeTimesSquares(double[] v) {
        Check.sameLength(v.length, "v", rows(), "rows");
        var result = new double[columns];
        for (int i = 0; i < v.length; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                result[index[k]] += v[i] * value[k] * value[k];
            }
        }
        return result;
    }

    /** This less another matrix of the same shape; places where both agree hold nothing. */
    public SparseRows minus(SparseRows other) {
        Check.sameLength(rows(), "rows", other.rows(), "rows of the other");
        Check.sameLength(columns, "columns", other.columns, "columns of the other");
        var to = new int[start.length];
        var places = new int[index.length + other.index.length];
        var numbers = new double[places.length];
        int n = 0;
        for (int i = 0; i < rows(); i++) {
            int a = start[i];
            int b = other.start[i];
            while (a < start[i + 1] || b < other.start[i + 1]) {
                int ja = a < start[i + 1] ? index[a] : Integer.MAX_VALUE;
                int jb = b < other.start[i + 1] ? other.index[b] : Integer.MAX_VALUE;
                double v = (ja <= jb ? value[a++] : 0) - (jb <= ja ? other.value[b++] : 0);
                if (v != 0) {
                    places[n] = Math.min(ja, jb);
                    numbers[n++] = v;
                }
            }
            to[i + 1] = n;
        }
        return new SparseRows(columns, to, Arrays.copyOf(places, n), Arrays.copyOf(numbers, n));
    }

    /** Some of the rows, in the order given; a row may come more than once. */
    public SparseRows select(int... rows) {
        var to = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            int r = Check.index(rows[i], rows(), "rows[" + i + "]");
            to[i + 1] = to[i] + start[r + 1] - start[r];
        }
        var places = new int[to[rows.length]];
        var numbers = new double[places.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(index, start[rows[i]], places, to[i], to[i + 1] - to[i]);
            System.arraycopy(value, start[rows[i]], numbers, to[i], to[i + 1] - to[i]);
        }
        return new SparseRows(columns, to, places, numbers);
    }

    /** Each row divided by its Euclidean length; a row of zeros stays. */
    SparseRows ofUnitLength() {
        var scaled = new double[value.length];
        for (int i = 0; i < rows(); i++) {
            double squares = 0;
            for (int k = start[i]; k < start[i + 1]; k++) {
                squares += value[k] * value[k];
            }
            double length = Math.sqrt(squares);
            for (int k = start[i]; k < start[i + 1]; k++) {
                scaled[k] = value[k] / length;
            }
        }
        return new SparseRows(columns, start, index, scaled);
    }

    /** As a full matrix, [rows, columns]: for small ones. */
    public double[][] toMatrix() {
        var dense = new double[rows()][columns];
        for (int i = 0; i < dense.length; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                dense[i][index[k]] = value[k];
            }
        }
        return dense;
    }

    @Override
    public String toString() {
        return "SparseRows[" + rows() + " x " + columns + ", " + size() + " not 0]";
    }
}
