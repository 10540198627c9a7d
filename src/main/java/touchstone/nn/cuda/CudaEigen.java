package touchstone.nn.cuda;

import java.util.Comparator;
import java.util.stream.IntStream;
import touchstone.nn.Algebra;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/**
 * Eigenvectors of a symmetric matrix in double by the cyclic method of Jacobi, whose kernels say how. The residual and the vectors'
 * angles end at some d ulps of the matrix, at any gap between eigenvalues. It takes some ten sweeps of d^3 work: more work than by
 * LAPACK's way, but all of it in parallel, without another library of 300 MB and more on the user's machine.
 */
final class CudaEigen {
    private static final String THEME = "eigen";
    private static final double ULP = 0x1p-52;
    private static final int SWEEPS = 60; // it takes 8 to 12

    private final Context context;
    private final int d;
    private final long a;
    private final long vectors;
    private final long turns;
    private final long sums;

    private CudaEigen(Context context, int d, long block) {
        this.context = context;
        this.d = d;
        long square = (long) d * d * Double.BYTES;
        a = block;
        vectors = a + square;
        turns = vectors + square;
        sums = turns + 2L * (d + 1) * Double.BYTES;
    }

    static Algebra.Eigen of(Context context, double[][] s) {
        int d = s.length;
        for (int i = 0; i < d; i++) {
            Check.sameLength(d, "rows of s", s[i].length, "row " + i + " of s");
            Check.allFinite(s[i], "s[" + i + "]");
        }
        if (d == 0) {
            return new Algebra.Eigen(new double[0], new double[0][]);
        }
        double scale = scale(s);
        long numbers = 2L * d * d + 3L * (d + 2);
        try (Scratch block = context.scratch(numbers * Double.BYTES)) {
            return new CudaEigen(context, d, block.address()).solve(scaled(s, scale), scale);
        }
    }

    /** A power of two near the largest number, so that squares neither overflow nor vanish. */
    private static double scale(double[][] s) {
        double most = 0;
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j <= i; j++) {
                most = Math.max(most, Math.abs(s[i][j]));
            }
        }
        return most < Double.MIN_NORMAL ? Double.MIN_NORMAL : Math.scalb(1.0, Math.getExponent(most));
    }

    private static double[][] scaled(double[][] s, double scale) {
        int d = s.length;
        var out = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                out[i][j] = s[i][j] / scale;
                out[j][i] = out[i][j];
            }
        }
        return out;
    }

    private Algebra.Eigen solve(double[][] s, double scale) {
        var rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            rows[i][i] = 1;
        }
        Panels.doubles(context, s, 0, d, a);
        Panels.doubles(context, rows, 0, d, vectors);
        double size = 0;
        for (double[] row : s) {
            for (double v : row) {
                size += v * v;
            }
        }
        sweep(size);
        var ends = new double[d][d];
        Panels.fetch(context, a, d, d, ends, 0, 0);
        Panels.fetch(context, vectors, d, d, rows, 0, 0);
        return sorted(ends, rows, scale);
    }

    /** Sweeps until what is off the diagonal, squared, is rounding, or falls no more and is little. */
    private void sweep(double size) {
        double floor = Math.pow(d * ULP, 2) * size;
        double before = Double.POSITIVE_INFINITY;
        for (int s = 0; s < SWEEPS; s++) {
            double off = offDiagonal();
            if (off <= ULP * ULP * size || (off <= floor && off > before / 4)) {
                return;
            }
            before = off;
            for (long round = 0; round < (d + 1) / 2 * 2 - 1; round++) {
                rotate(round);
            }
        }
        throw new ArithmeticException("the eigenvalues of s, [" + d + ", " + d + "], were not found in " + SWEEPS
                + " sweeps: the card computes wrongly");
    }

    private void rotate(long round) {
        Kernels kernels = context.kernels();
        long n = d;
        long pairs = (n + 1) / 2;
        kernels.launch(THEME, "ts_jacobi_angles", Grid.over(pairs), a, turns, n, round);
        kernels.launch(THEME, "ts_jacobi_rows", Grid.over(pairs * n), turns, a, n, round);
        kernels.launch(THEME, "ts_jacobi_rows", Grid.over(pairs * n), turns, vectors, n, round);
        kernels.launch(THEME, "ts_jacobi_columns", Grid.over(pairs * n), turns, a, n, round);
    }

    private double offDiagonal() {
        context.kernels().launch(THEME, "ts_off_diagonal", Grid.blocks(d), a, sums + Double.BYTES, (long) d);
        context.kernels().launch("columns", "ts_total", Grid.blocks(1), sums + Double.BYTES, sums, (long) d);
        return context.transfers().number(sums);
    }

    private static Algebra.Eigen sorted(double[][] ends, double[][] rows, double scale) {
        int d = rows.length;
        int[] order = IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> ends[i][i]).thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
        var values = new double[d];
        var vectors = new double[d][];
        for (int r = 0; r < d; r++) {
            values[r] = ends[order[r]][order[r]] * scale;
            vectors[r] = rows[order[r]];
            double length = 0;
            for (double v : vectors[r]) {
                length += v * v;
            }
            for (int j = 0; j < d; j++) {
                vectors[r][j] /= Math.sqrt(length);
            }
        }
        return new Algebra.Eigen(values, vectors);
    }
}
