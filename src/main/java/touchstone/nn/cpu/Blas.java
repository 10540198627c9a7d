package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * One product of float tensors by OpenBLAS, {@code out = op(A) op(B) + keep out}. Arrays are copied out of and into the heap, which
 * costs less than the plain loops do already for small products.
 *
 * <p>The output is cut into tiles, by sizes alone, and the tiles are shared out to our threads: the bits do not depend on their
 * number.
 *
 * @param keep 0 or 1
 */
record Blas(FloatTensor a, boolean ta, FloatTensor b, boolean tb, float keep, FloatTensor out) {
    private static final long LEAST = 20_000; // multiplications; below it the plain loops are as fast
    private static final long LEAST_NARROW = 4_000; // the same where rows of the output are too short for vectors
    private static final long LARGE = 2_000_000_000; // multiplications from which larger tiles pay for setting a thread
    private static final int PANEL = 128; // rows of a tile then
    private static final int ROWS = 32; // rows of a tile where whole rows of the output are too many multiplications
    private static final int LEAST_ROWS = 8; // the same where sums are long

    /** Whether a product of so many multiplications, with so many columns, is better done here. */
    static boolean suits(long work, int columns) {
        return work >= (columns < FloatGemm.NARROW ? LEAST_NARROW : LEAST);
    }

    private int inner() {
        return ta ? a.rows() : a.columns();
    }

    void run(Threads threads) {
        long work = (long) a.size() * out.columns();
        int most = Tiles.ALONE / inner(); // elements of a tile
        if (work >= LARGE || most < LEAST_ROWS * LEAST_ROWS) {
            OneThread.run(() -> tiles(threads, work, PANEL, out.columns()));
        } else if (most >= (long) LEAST_ROWS * out.columns()) {
            tiles(threads, work, Math.min(out.rows(), most / out.columns()), out.columns());
        } else {
            int height = most >= ROWS * LEAST_ROWS ? ROWS : LEAST_ROWS;
            tiles(threads, work, height, most / height);
        }
    }

    private void tiles(Threads threads, long work, int height, int width) {
        int down = (out.rows() + height - 1) / height;
        int across = (out.columns() + width - 1) / width;
        try (Scratch left = Scratch.floats(a.size());
                Scratch right = Scratch.floats(b.size())) {
            in(a, left.floats());
            in(b, right.floats());
            threads.share(down * across, work / Tiles.GAIN, (first, last) -> {
                for (int t = first; t < last; t++) {
                    tile(left.floats(), right.floats(), t / across * height, height, t % across * width, width);
                }
            });
        }
    }

    private void tile(FloatPointer left, FloatPointer right, int row, int height, int column, int width) {
        int rows = Math.min(height, out.rows() - row);
        int columns = Math.min(width, out.columns() - column);
        FloatTensor to = (FloatTensor) out.block(row, rows, column, columns);
        try (Scratch product = Scratch.floats(to.size())) {
            FloatPointer c = product.floats();
            if (keep != 0) {
                in(to, c);
            }
            int transA = ta ? CblasTrans : CblasNoTrans;
            int transB = tb ? CblasTrans : CblasNoTrans;
            FloatPointer from = left.getPointer((long) row * (ta ? 1 : a.columns()));
            FloatPointer by = right.getPointer((long) column * (tb ? b.columns() : 1));
            cblas_sgemm(
                    CblasRowMajor,
                    transA,
                    transB,
                    rows,
                    columns,
                    inner(),
                    1,
                    from,
                    a.columns(),
                    by,
                    b.columns(),
                    keep,
                    c,
                    columns);
            out(c, to);
        }
    }

    static void in(FloatTensor from, FloatPointer to) {
        if (from.contiguous()) {
            to.put(from.data, from.start(0), from.size());
            return;
        }
        for (int i = 0; i < from.rows(); i++) {
            to.position((long) i * from.columns()).put(from.data, from.start(i), from.columns());
        }
        to.position(0);
    }

    static void out(FloatPointer from, FloatTensor to) {
        if (to.contiguous()) {
            from.get(to.data, to.start(0), to.size());
            return;
        }
        for (int i = 0; i < to.rows(); i++) {
            from.position((long) i * to.columns()).get(to.data, to.start(i), to.columns());
        }
        from.position(0);
    }
}
