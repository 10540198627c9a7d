package touchstone.nn.cuda;

import java.lang.ref.Reference;
import touchstone.nn.Tensor;

/** A tensor over a {@link Store}. Elements are read and written in the processor's copy. */
final class CudaTensor extends Tensor {
    final Store store;

    CudaTensor(Store store, int rows, int columns, int offset, int stride) {
        super(rows, columns, offset, stride);
        this.store = store;
    }

    static CudaTensor of(Tensor x) {
        if (x instanceof CudaTensor mine) {
            return mine;
        }
        throw new IllegalArgumentException("tensor must belong to the CUDA backend, was a "
                + x.getClass().getSimpleName() + " of shape " + x.shape());
    }

    /** Address on the card of the first element, to read from. */
    static long in(Tensor x) {
        return of(x).store.toRead() + (long) x.start(0) * Float.BYTES;
    }

    /** Address on the card of the first element, to write to. */
    static long out(Tensor x) {
        return of(x).store.toWrite() + (long) x.start(0) * Float.BYTES;
    }

    /** Distance between rows as kernels are told it; that of a lone row has no meaning and is its length. */
    static long apart(Tensor x) {
        return x.rows() <= 1 ? x.columns() : x.stride();
    }

    /** Keeps tensors, and with them their memory, until here: work that uses it is in the stream by then. */
    @SuppressWarnings("ReachabilityFenceUsage") // where a call fails, nothing is in the stream that needs them
    static void keep(Tensor... tensors) {
        for (Tensor t : tensors) {
            Reference.reachabilityFence(t);
        }
    }

    @Override
    public double get(int row, int column) {
        return store.read()[start(row) + column];
    }

    @Override
    public void set(int row, int column, double value) {
        store.write()[start(row) + column] = (float) value;
    }

    @Override
    public void copyTo(double[] out, int at) {
        float[] numbers = store.read();
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                out[at + i * columns() + j] = numbers[start(i) + j];
            }
        }
    }

    @Override
    public void copyFrom(double[] in, int at) {
        float[] numbers = store.write();
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                numbers[start(i) + j] = (float) in[at + i * columns() + j];
            }
        }
    }

    @Override
    public double addCrossEntropy(int[] labels, double[] shares, Tensor gradient) {
        return size() == 0 ? 0 : CudaLosses.crossEntropy(this, labels, shares, gradient);
    }

    @Override
    protected Tensor over(int rows, int columns, int offset, int stride) {
        return new CudaTensor(store, rows, columns, offset, stride);
    }
}
