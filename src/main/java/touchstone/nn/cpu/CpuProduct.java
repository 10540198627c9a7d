package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

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

    private final Threads threads;
    private final double[][] b;
    private final int d;
    private final int width;
    private final DoublePointer blocks; // for each block of rows of b its transpose, [d, width]; none where b is small

    CpuProduct(Threads threads, double[][] b) {
        this.threads = threads;
        this.b = b;
        d = b.length == 0 ? 0 : b[0].length;
        for (double[] row : b) {
            Check.sameLength(row.length, "rows of b", d, "the first row of b");
        }
        long size = (long) b.length * d;
        width = Math.max(1, Math.min(WIDTH, Tiles.ALONE / HEIGHT / Math.max(1, d)));
        blocks = size < SMALL ? new DoublePointer() : new DoublePointer(size);
        if (size >= SMALL) {
            transpose();
        }
    }

    private void transpose() {
        for (int start = 0; start < b.length; start += width) {
            int n = Math.min(width, b.length - start);
            var block = new double[n * d];
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < d; k++) {
                    block[k * n + j] = b[start + j][k];
                }
            }
            blocks.position((long) start * d).put(block);
        }
        blocks.position(0);
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
        if (blocks.isNull()) {
            threads.share(a.length, work, (from, to) -> loops(a, out, from, to));
        } else {
            int bands = (a.length + HEIGHT - 1) / HEIGHT;
            threads.share(bands, work / Tiles.GAIN, (from, to) -> bands(a, out, from, to));
        }
        return out;
    }

    private void loops(double[][] a, double[][] out, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < b.length; j++) {
                double sum = 0;
                for (int k = 0; k < d; k++) {
                    sum += a[i][k] * b[j][k];
                }
                out[i][j] = sum;
            }
        }
    }

    private void bands(double[][] a, double[][] out, int first, int last) {
        var zeros = new double[d];
        try (Scratch left = Scratch.doubles((long) HEIGHT * d);
                Scratch product = Scratch.doubles((long) HEIGHT * width)) {
            DoublePointer x = left.doubles();
            var part = new double[HEIGHT * width];
            for (int band = first; band < last; band++) {
                int from = band * HEIGHT;
                for (int i = 0; i < HEIGHT; i++) {
                    x.position((long) i * d).put(from + i < a.length ? a[from + i] : zeros);
                }
                x.position(0);
                for (int start = 0; start < b.length; start += width) {
                    int n = Math.min(width, b.length - start);
                    DoublePointer block = blocks.getPointer((long) start * d);
                    DoublePointer y = product.doubles();
                    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, HEIGHT, n, d, 1, x, d, block, n, 0, y, n);
                    y.get(part, 0, HEIGHT * n);
                    for (int i = 0; i < HEIGHT && from + i < a.length; i++) {
                        System.arraycopy(part, i * n, out[from + i], start, n);
                    }
                }
            }
        }
    }
}
