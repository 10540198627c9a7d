package touchstone.nn;

import touchstone.util.Check;

/**
 * A matrix of numbers that a {@link Backend} owns: {@code [rows, columns]}, row by row, with a stride, so that a block of it
 * is again a tensor over the same numbers. Everything a network passes on is such a matrix: a batch of vectors is [n, d]; a
 * batch of images is [n, height * width * channels], channels last; a batch of sequences is [n * steps, d], the steps of an
 * example side by side.
 *
 * <p>Layers never touch elements, they call the backend. {@code get} and {@code set} are for data going in and out, for
 * losses and for tests.
 */
public abstract class Tensor {
    private final int rows;
    private final int columns;
    private final int offset;
    private final int stride;

    /** A block whose element (i, j) lies at {@code offset + i * stride + j} of the backend's storage. */
    protected Tensor(int rows, int columns, int offset, int stride) {
        this.rows = Check.atLeast(rows, 0, "rows");
        this.columns = Check.atLeast(columns, 0, "columns");
        this.offset = offset;
        this.stride = stride;
    }

    /** The element (row, column); unchecked beyond the storage's own bounds. */
    public abstract double get(int row, int column);

    /** Sets the element (row, column), rounded to the backend's precision. */
    public abstract void set(int row, int column, double value);

    /** A tensor of another form over the same storage. */
    protected abstract Tensor over(int rows, int columns, int offset, int stride);

    public final int rows() {
        return rows;
    }

    public final int columns() {
        return columns;
    }

    /** Number of elements. */
    public final int size() {
        return rows * columns;
    }

    /** Where a row begins in the storage. */
    public final int start(int row) {
        return offset + row * stride;
    }

    /** Distance between the beginnings of two rows. */
    public final int stride() {
        return stride;
    }

    /** Whether the rows lie side by side without gaps. */
    public final boolean contiguous() {
        return stride == columns || rows <= 1;
    }

    /** The block of {@code height} rows from {@code row} and {@code width} columns from {@code column}; not a copy. */
    public final Tensor block(int row, int height, int column, int width) {
        if (row < 0 || height < 0 || row + height > rows || column < 0 || width < 0 || column + width > columns) {
            throw new IllegalArgumentException("block must lie within " + shape() + ", was rows " + row + " to "
                    + (row + height) + ", columns " + column + " to " + (column + width));
        }
        return over(height, width, start(row) + column, stride);
    }

    /** The first rows; not a copy. */
    public final Tensor head(int height) {
        return height == rows ? this : block(0, height, 0, columns);
    }

    /** The same numbers in another shape of the same size; not a copy. Demands rows without gaps. */
    public final Tensor reshape(int height, int width) {
        if (!contiguous() || height * width != size()) {
            throw new IllegalArgumentException("reshape to [" + height + ", " + width
                    + "] needs a tensor without gaps of that size, was " + shape() + " with stride " + stride);
        }
        return over(height, width, offset, width);
    }

    /** The shape as messages print it, such as {@code [32, 64]}. */
    public final String shape() {
        return "[" + rows + ", " + columns + "]";
    }

    /** A copy as rows, [rows, columns]. */
    public final double[][] toMatrix() {
        var out = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[i][j] = get(i, j);
            }
        }
        return out;
    }

    /** Copies all numbers, row by row, to {@code out} from {@code at} on. */
    public void copyTo(double[] out, int at) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[at + i * columns + j] = get(i, j);
            }
        }
    }

    /** Sets all numbers, row by row, to those of {@code in} from {@code at} on, rounded to the backend's precision. */
    public void copyFrom(double[] in, int at) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                set(i, j, in[at + i * columns + j]);
            }
        }
    }

    /**
     * Cross-entropy of logits, the rows of this tensor, in nats: {@code -sum_i shares[i] log softmax(z_i)[labels[i]]}. Computed where
     * the numbers lie; on the processor in double.
     *
     * @param labels of the rows, [n]: columns, but for rows whose share is 0
     * @param shares of the rows in the sum, [n], of any sign; rows whose share is 0 are left out
     * @param gradient of this shape; {@code shares[i] (softmax(z_i) - onehot)} is added to its rows
     */
    public double addCrossEntropy(int[] labels, double[] shares, Tensor gradient) {
        double loss = 0;
        var e = new double[columns];
        for (int i = 0; i < rows; i++) {
            if (shares[i] != 0) {
                loss += shares[i] * rowOfCrossEntropy(i, labels[i], shares[i], gradient, e);
            }
        }
        return loss;
    }

    /** {@code -log softmax(row)[label]}; e is room for a row. */
    private double rowOfCrossEntropy(int i, int label, double share, Tensor gradient, double[] e) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            most = Math.max(most, get(i, j));
        }
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            e[j] = Math.exp(get(i, j) - most);
            sum += e[j];
        }
        for (int j = 0; j < columns; j++) {
            double slope = e[j] / sum - (j == label ? 1 : 0);
            gradient.set(i, j, gradient.get(i, j) + share * slope);
        }
        return Math.log(sum) + most - get(i, label);
    }

    /** The same block as one row where its rows lie without gaps, else itself: for what is done to each element alone. */
    public final Tensor joined() {
        return rows > 1 && contiguous() ? over(1, size(), offset, size()) : this;
    }

    /** Demands a shape; returns this. */
    public final Tensor demand(int height, int width, String name) {
        if (rows != height || columns != width) {
            throw new IllegalArgumentException(
                    name + " must have shape [" + height + ", " + width + "], had " + shape());
        }
        return this;
    }

    /** Demands a number of columns; returns this. */
    public final Tensor demandColumns(int width, String name) {
        return demand(rows, width, name);
    }
}
