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
    protected Tensor over(int rows, int columns, int offset, int stride) {
        return new DoubleTensor(data, rows, columns, offset, stride);
    }
}
