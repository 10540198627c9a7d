package touchstone.nn.cpu;

import touchstone.nn.Tensor;

/** A tensor over a double array. */
final class DoubleTensor extends Tensor {
    final double[] data;

    DoubleTensor(double[] data, int rows, int columns, int offset, int stride) {
        super(rows, columns, offset, stride);
        this.data = data;
    }

    static DoubleTensor of(Tensor x) {
        if (x instanceof DoubleTensor mine) {
            return mine;
        }
        throw new IllegalArgumentException("tensor must belong to the double backend, was a "
                + x.getClass().getSimpleName() + " of shape " + x.shape());
    }

    @Override
    public double get(int row, int column) {
        return data[start(row) + column];
    }

    @Override
    public void set(int row, int column, double value) {
        data[start(row) + column] = value;
    }

    @Override
    public void copyTo(double[] out, int at) {
        for (int i = 0; i < rows(); i++) {
            System.arraycopy(data, start(i), out, at + i * columns(), columns());
        }
    }

    @Override
    public void copyFrom(double[] in, int at) {
        for (int i = 0; i < rows(); i++) {
            System.arraycopy(in, at + i * columns(), data, start(i), columns());
        }
    }

    @Override
    protected Tensor over(int rows, int columns, int offset, int stride) {
        return new DoubleTensor(data, rows, columns, offset, stride);
    }
}
