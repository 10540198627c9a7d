package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/**
 * A matrix in "device" memory. Before it, after it and in the gaps between its rows lies a pattern, a NaN of floats and of
 * doubles, that no kernel may change; a new matrix is full of it, so that what was never written is seen as well.
 */
final class Cells {
    private static final int PATTERN = 0x7fffa5a5;
    private static final int GUARD = 64; // cells on each side

    final int rows;
    final int columns;
    final int stride;
    private final int width; // bytes a cell
    private final Memory memory;

    private Cells(int rows, int columns, int gap, int width) {
        this.rows = rows;
        this.columns = columns;
        this.stride = columns + gap;
        this.width = width;
        memory = new Memory((long) width * (2 * GUARD + (long) rows * stride));
        for (long at = 0; at < memory.size(); at += Integer.BYTES) {
            memory.setInt(at, PATTERN);
        }
    }

    static Cells floats(int rows, int columns, int gap) {
        return new Cells(rows, columns, gap, Float.BYTES);
    }

    static Cells doubles(int rows, int columns) {
        return new Cells(rows, columns, 0, Double.BYTES);
    }

    static Cells ints(int rows, int columns) {
        return new Cells(rows, columns, 0, Integer.BYTES);
    }

    static Cells ints(int... values) {
        Cells out = ints(1, values.length);
        for (int j = 0; j < values.length; j++) {
            out.memory.setInt(out.at(0, j), values[j]);
        }
        return out;
    }

    /** A copy of a tensor. */
    static Cells of(Tensor x, int gap) {
        Cells out = floats(x.rows(), x.columns(), gap);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                out.memory.setFloat(out.at(i, j), (float) x.get(i, j));
            }
        }
        return out;
    }

    private long at(int row, int column) {
        return (long) width * (GUARD + (long) row * stride + column);
    }

    Pointer start() {
        return memory.share((long) width * GUARD);
    }

    float get(int row, int column) {
        return memory.getFloat(at(row, column));
    }

    double getDouble(int row, int column) {
        return memory.getDouble(at(row, column));
    }

    int getInt(int row, int column) {
        return memory.getInt(at(row, column));
    }

    void setDouble(int row, int column, double value) {
        memory.setDouble(at(row, column), value);
    }

    /** A copy as a tensor of the backend. */
    Tensor tensor(Backend backend) {
        Tensor out = backend.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.set(i, j, get(i, j));
            }
        }
        return out;
    }

    byte[] bytes() {
        return memory.getByteArray(0, (int) memory.size());
    }

    void restore(byte[] bytes) {
        memory.write(0, bytes, 0, bytes.length);
    }

    /** Demands that nothing was written outside of the matrix. */
    void checkGuards(String what) {
        for (int cell = -GUARD; cell < (long) rows * stride + GUARD; cell++) {
            boolean inside = cell >= 0 && cell < (long) rows * stride && cell % stride < columns;
            for (int part = 0; part < width && !inside; part += Integer.BYTES) {
                int found = memory.getInt((long) width * (GUARD + cell) + part);
                if (found != PATTERN) {
                    assertEquals(
                            PATTERN,
                            found,
                            what + " wrote to cell " + cell + " of [" + rows + ", " + columns + "] with stride "
                                    + stride);
                }
            }
        }
    }
}
