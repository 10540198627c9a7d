package touchstone.nn.cpu;

import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import touchstone.nn.Algebra;
import touchstone.util.Check;

/** {@link Algebra} by OpenBLAS, kept to one of its threads; rows are shared out in panels of a fixed height. */
record CpuAlgebra(Threads threads) implements Algebra {
    private static final int PANEL = 512; // rows of a sum of products
    private static final long LARGE = 20_000_000; // multiplications; below it loops take less than to set a thread
    private static final int SEGMENTS = 8; // sums that are added in order

    @Override
    public Product times(double[][] b) {
        return new CpuProduct(threads, b);
    }

    @Override
    public double[][] gram(int n, int d, Rows rows) {
        int panels = (n + PANEL - 1) / PANEL;
        int segments = Math.min(SEGMENTS, Math.max(1, panels));
        var parts = new double[segments][];
        long work = (long) n * d * d / 2;
        Runnable sums = () -> threads.share(segments, work / Tiles.GAIN, (from, to) -> {
            for (int s = from; s < to; s++) {
                int start = panels * s / segments * PANEL;
                int end = Math.min(n, panels * (s + 1) / segments * PANEL);
                parts[s] = work < LARGE ? loops(start, end, d, rows) : segment(start, end, d, rows);
            }
        });
        if (work < LARGE) {
            sums.run();
        } else {
            OneThread.run(sums);
        }
        var out = new double[d][d];
        for (double[] part : parts) {
            for (int i = 0; i < d; i++) {
                for (int j = i; j < d; j++) {
                    out[i][j] += part[i * d + j];
                    out[j][i] = out[i][j];
                }
            }
        }
        return out;
    }

    private static double[] loops(int from, int to, int d, Rows rows) {
        var sum = new double[d * d];
        var row = new double[d];
        for (int i = from; i < to; i++) {
            rows.put(i, row, 0);
            for (int a = 0; a < d; a++) {
                double v = row[a];
                for (int b = a; b < d; b++) {
                    sum[a * d + b] += v * row[b];
                }
            }
        }
        return sum;
    }

    private static double[] segment(int from, int to, int d, Rows rows) {
        var sum = new double[d * d];
        var panel = new double[Math.min(PANEL, Math.max(0, to - from)) * d];
        try (Scratch x = Scratch.doubles(panel.length);
                Scratch s = Scratch.doubles(sum.length)) {
            s.doubles().put(sum);
            for (int start = from; start < to; start += PANEL) {
                int height = Math.min(PANEL, to - start);
                for (int i = 0; i < height; i++) {
                    rows.put(start + i, panel, i * d);
                }
                x.doubles().put(panel, 0, height * d);
                cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, d, height, 1, x.doubles(), d, 1, s.doubles(), d);
            }
            s.doubles().get(sum);
        }
        return sum;
    }

    @Override
    public Eigen eigen(double[][] s) {
        return SymmetricEigen.of(threads, s);
    }

    @Override
    public Neighbours neighbours(double[][] rows, int k) {
        Check.atLeast(k, 1, "k");
        if (k > rows.length) {
            throw new IllegalArgumentException("k must be at most the number of rows, was " + k + " of " + rows.length);
        }
        return CpuNeighbours.of(threads, rows, k);
    }
}
