package touchstone.nn.cpu;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.Tensor;

/**
 * Large products by OpenBLAS through ND4J. OpenBLAS rounds differently with each number of its threads, so it gets one, and
 * panels of the output of a fixed height are shared out to ours. Arrays are copied out of and into the heap, a small part of the
 * work of a product that is large enough; native memory is freed at once.
 */
final class Blas {
    private static final long LARGE = 16_000_000; // multiplications; below it the plain loops are as fast
    private static final int PANEL = 128; // rows
    private static int inside;
    private static int before;

    private Blas() {}

    /** Whether a product of so many multiplications is better done here. */
    static boolean suits(long work, Tensor a, Tensor b, Tensor out) {
        return work >= LARGE && a.contiguous() && b.contiguous() && out.contiguous();
    }

    /** {@code out = a op(b)}. */
    static void floats(Threads threads, FloatTensor a, FloatTensor b, boolean tb, FloatTensor out) {
        try (INDArray right = space(DataType.FLOAT, b.columns(), b.rows())) {
            ((FloatPointer) right.data().addressPointer()).put(b.data, b.start(0), b.size());
            panels(threads, a.rows(), (from, to) -> {
                try (INDArray left = space(DataType.FLOAT, a.columns(), to - from);
                        INDArray product = space(DataType.FLOAT, out.columns(), to - from)) {
                    ((FloatPointer) left.data().addressPointer()).put(a.data, a.start(from), (int) left.length());
                    Nd4j.gemm(right, left, product, tb, false, 1, 0);
                    ((FloatPointer) product.data().addressPointer())
                            .get(out.data, out.start(from), (int) product.length());
                }
            });
        }
    }

    /** As {@link #floats}, in double. */
    static void doubles(Threads threads, DoubleTensor a, DoubleTensor b, boolean tb, DoubleTensor out) {
        try (INDArray right = space(DataType.DOUBLE, b.columns(), b.rows())) {
            ((DoublePointer) right.data().addressPointer()).put(b.data, b.start(0), b.size());
            panels(threads, a.rows(), (from, to) -> {
                try (INDArray left = space(DataType.DOUBLE, a.columns(), to - from);
                        INDArray product = space(DataType.DOUBLE, out.columns(), to - from)) {
                    ((DoublePointer) left.data().addressPointer()).put(a.data, a.start(from), (int) left.length());
                    Nd4j.gemm(right, left, product, tb, false, 1, 0);
                    ((DoublePointer) product.data().addressPointer())
                            .get(out.data, out.start(from), (int) product.length());
                }
            });
        }
    }

    private static void panels(Threads threads, int rows, Threads.Range body) {
        enter();
        try {
            int count = (rows + PANEL - 1) / PANEL;
            threads.share(count, LARGE, (first, last) -> {
                for (int p = first; p < last; p++) {
                    body.run(p * PANEL, Math.min(rows, (p + 1) * PANEL));
                }
            });
        } finally {
            leave();
        }
    }

    /** The setting is the process's: the first in sets it, the last out restores it. */
    private static synchronized void enter() {
        if (inside++ == 0) {
            before = Nd4j.factory().blas().getMaxThreads();
            Nd4j.factory().blas().setMaxThreads(1);
        }
    }

    private static synchronized void leave() {
        if (--inside == 0) {
            Nd4j.factory().blas().setMaxThreads(before);
        }
    }

    /** Rows side by side are the columns of the transpose: out^T = op(b)^T a^T by columns. */
    private static INDArray space(DataType type, int height, int width) {
        return Nd4j.createUninitialized(type, new long[] {height, width}, 'f');
    }
}
