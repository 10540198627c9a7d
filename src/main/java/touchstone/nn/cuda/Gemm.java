package touchstone.nn.cuda;

import java.util.Map;
import touchstone.nn.cuda.CudaOptions.Precision;
import touchstone.nn.cuda.Kernels.Grid;

/**
 * Products of float32 matrices in a precision. For bf16 the factors are rounded by a kernel of ours and multiplied as bf16 with sums
 * in float32, rather than by CUBLAS_COMPUTE_32F_FAST_16BF, which leaves it to cuBLAS whether and how it rounds: so the result does
 * not depend on what a version of cuBLAS finds faster, and the product itself reads half the bytes.
 */
record Gemm(Context context, Blas blas, Precision precision) {
    private static final String FORCE = "NVIDIA_TF32_OVERRIDE";
    private static final int ALIGNED = 8; // numbers of 2 bytes that tensor cores load at once

    /** Demands a card that can. */
    static void demand(Card card, Precision precision) {
        if (precision == Precision.BF16 && card.major() < 8) {
            throw CudaException.missing("the card " + card.name() + " has compute capability " + card.capability()
                    + ", products in bf16 need 8.0 (Ampere, 2020) or newer: use TOUCHSTONE_CUDA_MATH=exact or tf32");
        }
    }

    /** Demands an environment that leaves the precision to us. */
    static void demandUnforced(Map<String, String> environment) {
        String forced = environment.getOrDefault(FORCE, "").strip();
        if (!forced.isEmpty() && !forced.equals("0")) {
            throw CudaException.missing(
                    FORCE + "=" + forced + " makes cuBLAS round the factors of every float32 product to 10 bits"
                            + " after the point: unset it, and use TOUCHSTONE_CUDA_MATH=tf32 where that is wanted");
        }
    }

    /** {@code C = A B}, or that added to C, of [m, k] and [k, n]; m, n and k are 1 or more. */
    void product(Factor a, Factor b, boolean adds, Factor c, int m, int n, int k) {
        product(precision, a, b, adds, c, m, n, k);
    }

    void product(Precision p, Factor a, Factor b, boolean adds, Factor c, int m, int n, int k) {
        demand(context.device(), p);
        if (p == Precision.BF16) {
            rounded(a, b, adds, c, m, n, k, 1);
        } else {
            blas.floats(p == Precision.EXACT, a, b, adds, c, m, n, k);
        }
    }

    /** {@code C = A B} of a batch: matrices that lie one behind the other without gaps. */
    void products(Factor a, Factor b, Factor c, int m, int n, int k, int count) {
        if (precision == Precision.BF16) {
            rounded(a, b, false, c, m, n, k, count);
        } else {
            blas.batch(precision == Precision.EXACT, a, b, c, m, n, k, count);
        }
    }

    private void rounded(Factor a, Factor b, boolean adds, Factor c, int m, int n, int k, int count) {
        long left = (long) count * (a.turned() ? k : m);
        long right = (long) count * (b.turned() ? n : k);
        try (Scratch x = context.scratch(bytes(left, a.turned() ? m : k));
                Scratch y = context.scratch(bytes(right, b.turned() ? k : n))) {
            Factor first = round(a, left, a.turned() ? m : k, x, count);
            Factor second = round(b, right, b.turned() ? k : n, y, count);
            Factor out = count == 1 ? c.every(m * c.apart()) : c;
            blas.halves(first, second, adds, out, m, n, k, count);
        }
    }

    private static long apart(long columns) {
        return (columns + ALIGNED - 1) / ALIGNED * ALIGNED;
    }

    private static long bytes(long rows, long columns) {
        return rows * apart(columns) * Short.BYTES;
    }

    private Factor round(Factor x, long rows, long columns, Scratch to, int count) {
        long wide = apart(columns);
        Grid grid = Grid.over(rows * columns);
        context.kernels()
                .launch("algebra", "ts_bfloat16", grid, x.address(), to.address(), rows, columns, x.apart(), wide);
        return x.moved(to.address(), wide, rows / count * wide);
    }
}
