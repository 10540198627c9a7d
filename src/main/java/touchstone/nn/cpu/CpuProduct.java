package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import org.bytedeco.javacpp.DoublePointer;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/** Rows times a matrix: by loops where the matrix is small, else by OpenBLAS in tiles of one height, so many rows or few. */
final class CpuProduct implements Algebra.Product {
    private static final int SMALL = 4096; // elements of b; below it loops are as fast
    private static final int TILE =
            64; // rows; the last tile is filled up with zeros, so that each row is computed alike

    private final Threads threads;
    private final double[][] b;
    private final int d;
    private final DoublePointer copy; // [n, d] row by row; without elements where b is small

    CpuProduct(Threads threads, double[][] b) {
        this.threads = threads;
        this.b = b;
        d = b.length == 0 ? 0 : b[0].length;
        long size = (long) b.length * d;
        copy = size < SMALL ? new DoublePointer() : new DoublePointer(size);
        if (size >= SMALL) {
            for (int j = 0; j < b.length; j++) {
                copy.position((long) j * d).put(b[j]);
            }
            copy.position(0);
        }
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
        if (copy.isNull()) {
            threads.share(a.length, work, (from, to) -> loops(a, out, from, to));
        } else {
            int tiles = (a.length + TILE - 1) / TILE;
            OneThread.run(() -> threads.share(tiles, work / 8, (from, to) -> {
                for (int t = from; t < to; t++) {
                    tile(a, t * TILE, Math.min(a.length, (t + 1) * TILE), out);
                }
            }));
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

    private void tile(double[][] a, int from, int to, double[][] out) {
        int n = b.length;
        try (Scratch left = Scratch.doubles((long) TILE * d);
                Scratch product = Scratch.doubles((long) TILE * n)) {
            DoublePointer x = left.doubles();
            var zeros = new double[d];
            for (int i = 0; i < TILE; i++) {
                x.position((long) i * d).put(from + i < to ? a[from + i] : zeros);
            }
            x.position(0);
            DoublePointer y = product.doubles();
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, TILE, n, d, 1, x, d, copy, d, 0, y, n);
            for (int i = from; i < to; i++) {
                y.position((long) (i - from) * n).get(out[i]);
            }
            y.position(0);
        }
    }
}
