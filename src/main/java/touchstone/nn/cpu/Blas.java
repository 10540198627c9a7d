package touchstone.nn.cpu;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.Tensor;

/**
 * Large products by OpenBLAS through ND4J. Arrays are copied out of and into the heap, a small part of the work of a product
 * that is large enough; native memory is freed at once.
 */
final class Blas {
    private static final long LARGE = 16_000_000; // multiplications; below it the plain loops are as fast

    private Blas() {}

    /** Whether a product of so many multiplications is better done here. */
    static boolean suits(long work, Tensor a, Tensor b, Tensor out) {
        return work >= LARGE && a.contiguous() && b.contiguous() && out.contiguous();
    }

    /** {@code out = op(a) op(b)}. */
    static void floats(FloatTensor a, boolean ta, FloatTensor b, boolean tb, FloatTensor out) {
        try (INDArray left = space(a, DataType.FLOAT);
                INDArray right = space(b, DataType.FLOAT);
                INDArray product = space(out, DataType.FLOAT)) {
            floats(left).put(a.data, a.start(0), a.size());
            floats(right).put(b.data, b.start(0), b.size());
            Nd4j.gemm(right, left, product, tb, ta, 1, 0);
            floats(product).get(out.data, out.start(0), out.size());
        }
    }

    /** As {@link #floats}, in double. */
    static void doubles(DoubleTensor a, boolean ta, DoubleTensor b, boolean tb, DoubleTensor out) {
        try (INDArray left = space(a, DataType.DOUBLE);
                INDArray right = space(b, DataType.DOUBLE);
                INDArray product = space(out, DataType.DOUBLE)) {
            doubles(left).put(a.data, a.start(0), a.size());
            doubles(right).put(b.data, b.start(0), b.size());
            Nd4j.gemm(right, left, product, tb, ta, 1, 0);
            doubles(product).get(out.data, out.start(0), out.size());
        }
    }

    /** Rows side by side are the columns of the transpose: out^T = op(b)^T op(a)^T by columns. */
    private static INDArray space(Tensor x, DataType type) {
        return Nd4j.createUninitialized(type, new long[] {x.columns(), x.rows()}, 'f');
    }

    private static FloatPointer floats(INDArray array) {
        return (FloatPointer) array.data().addressPointer();
    }

    private static DoublePointer doubles(INDArray array) {
        return (DoublePointer) array.data().addressPointer();
    }
}
