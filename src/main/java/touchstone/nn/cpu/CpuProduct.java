package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/**
 * Rows times a matrix: by loops where the matrix is small, else by OpenBLAS in tiles so small that it uses one thread. Tiles have one
 * form whatever the number of rows, so that a row is computed alike alone and among others.
 */
final class CpuProduct implements Algebra.Product {
    private static final int SMALL = 4096; // elements of b; below it loops are as fast
    private static final int HEIGHT = 16; // rows of a tile; the last is filled up with zeros
    private static final int WIDTH = 32; // rows of b in a tile, where d allows it

    private static final int GROUP = 16 * HEIGHT; // rows that are held against one block after the other
    private static final int MANY = 64; // blocks from which these are shared out, not the rows

    private final Threads threads;
    private final double[][] b;
    private final int d;
    private final int width;
    private final DoublePointer
            blocks; // of each block of rows of b, in columns [from, to), the transpose; none where b is small
    private final int[] from; // a triangular b has half of its columns there
    private final int[] to;

    CpuProduct(Threads threads, double[][] b) {
        this.threads = threads;
        this.b = b;
        d = b.length == 0 ? 0 : b[0].length;
        for (double[] row : b) {
            Check.sameLength(row.length, "rows of b", d, "the first row of b");
        }
        width = Math.max(1, Math.min(WIDTH, Tiles.ALONE / HEIGHT / Math.max(1, d)));
        long size = (long) b.length * d;
        int count = size < SMALL ? 0 : (b.length + width - 1) / width;
        from = new int[count];
        to = new int[count];
        blocks = size < SMALL ? new DoublePointer() : new DoublePointer(size);
        for (int block = 0; block < count; block++) {
            transpose(block);
        }
    }

    private int rows(int block) {
        return Math.min(width, b.length - block * width);
    }

    private void transpose(int block) {
        int n = rows(block);
        int first = d;
        int end = 0;
        for (int j = 0; j < n; j++) {
            double[] row = b[block * width + j];
            for (int k = 0; k < d; k++) {
                if (row[k] != 0) {
                    first = Math.min(first, k);
                    end = Math.max(end, k + 1);
                }
            }
        }
        from[block] = Math.min(first, end);
        to[block] = end;
        var columns = new double[n * (end - from[block])];
        for (int j = 0; j < n; j++) {
            for (int k = from[block]; k < end; k++) {
                columns[(k - from[block]) * n + j] = b[block * width + j][k];
            }
        }
        blocks.getPointer((long) block * width * d).put(columns);
    }

    @Override
    public double[][] of(double[][] a) {
        var out = new double[a.length][b.length];
        if (a.length == 0 || b.length == 0) {
            return out;
        }
        for (double[] row : a) {
            Check.sameLength(row.length, "rows of a", d, "rows of b");
        }
        long work = (long) a.length * b.length * d;
        int groups = (a.length + GROUP - 1) / GROUP;
        if (blocks.isNull()) {
            threads.share(a.length, work, (first, last) -> loops(a, out, first, last));
        } else if (to.length < MANY) {
            threads.share(groups, work / Tiles.GAIN, (first, last) -> {
                for (int group = first; group < last; group++) {
                    group(a, out, group * GROUP, (body, count) -> body.run(0, count));
                }
            });
        } else {
            for (int group = 0; group < groups; group++) {
                group(a, out, group * GROUP, (body, count) -> threads.share(count, work / groups / Tiles.GAIN, body));
            }
        }
        return out;
    }

    /** How blocks are gone over: by one thread or by several. */
    private interface Walk {
        void over(Threads.Range body, int blocks);
    }

    /** Rows from {@code at} on, as many as stay in a core's cache, against each block in turn. */
    private void group(double[][] a, double[][] out, int at, Walk walk) {
        int bands = (Math.min(GROUP, a.length - at) + HEIGHT - 1) / HEIGHT;
        var zeros = new double[d];
        try (Scratch left = Scratch.doubles((long) bands * HEIGHT * d)) {
            DoublePointer x = left.doubles();
            for (int i = 0; i < bands * HEIGHT; i++) {
                x.position((long) i * d).put(at + i < a.length ? a[at + i] : zeros);
            }
            x.position(0);
            walk.over((first, last) -> blocks(x, bands, out, at, first, last), to.length);
        }
    }

    private void blocks(DoublePointer x, int bands, double[][] out, int at, int first, int last) {
        var part = new double[HEIGHT * width];
        try (Scratch product = Scratch.doubles(part.length)) {
            for (int block = first; block < last; block++) {
                int n = rows(block);
                for (int band = 0; band < bands; band++) {
                    int top = at + band * HEIGHT;
                    multiply(x.getPointer((long) band * HEIGHT * d), block, product.doubles(), part);
                    for (int i = 0; i < HEIGHT && top + i < out.length; i++) {
                        System.arraycopy(part, i * n, out[top + i], block * width, n);
                    }
                }
            }
        }
    }

    private void loops(double[][] a, double[][] out, int first, int last) {
        for (int i = first; i < last; i++) {
            for (int j = 0; j < b.length; j++) {
                double sum = 0;
                for (int k = 0; k < d; k++) {
                    sum += a[i][k] * b[j][k];
                }
                out[i][j] = sum;
            }
        }
    }

    private void multiply(DoublePointer x, int block, DoublePointer y, double[] out) {
        int n = rows(block);
        int inner = to[block] - from[block];
        if (inner == 0) {
            Arrays.fill(out, 0, HEIGHT * n, 0);
            return;
        }
        DoublePointer left = x.getPointer(from[block]);
        DoublePointer right = blocks.getPointer((long) block * width * d);
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, HEIGHT, n, inner, 1, left, d, right, n, 0, y, n);
        y.get(out, 0, HEIGHT * n);
    }
}
