package touchstone.nn.cuda;

import com.sun.jna.Memory;

/** Products in double, sums of squares and triangular systems by cuBLAS. */
record Triangles(Blas blas) {
    private static final int LEFT = 0; // CUBLAS_SIDE_LEFT
    private static final int LOWER = 0; // CUBLAS_FILL_MODE_LOWER, column by column: our upper triangle
    private static final int UPPER = 1; // CUBLAS_FILL_MODE_UPPER: our lower triangle
    private static final int PLAIN = 0; // CUBLAS_OP_N
    private static final int TURNED = 1; // CUBLAS_OP_T
    private static final int ANY_DIAGONAL = 0; // CUBLAS_DIAG_NON_UNIT
    private static final Memory ONE = doubles(1);
    private static final Memory NONE = doubles(0);
    private static final Memory FLOAT_ONE = floats(1);
    private static final Memory FLOAT_NONE = floats(0);

    /** {@code C = A B} of [m, k] and [k, n] in double; m, n and k are 1 or more. */
    void product(Factor a, Factor b, Factor c, int m, int n, int k) {
        int left = b.operation();
        int right = a.operation();
        long x = b.address();
        long y = a.address();
        long out = c.address();
        synchronized (blas) {
            blas.run(
                    "cublasDgemm_v2",
                    left,
                    right,
                    n,
                    m,
                    k,
                    ONE,
                    x,
                    b.leading(),
                    y,
                    a.leading(),
                    NONE,
                    out,
                    c.leading());
        }
    }

    /** The upper triangle of {@code C = X^T X}, [d, d], or that added to C, of rows [n, d] without gaps, in double. */
    void squares(long x, int n, int d, boolean adds, long c) {
        synchronized (blas) {
            blas.run("cublasDsyrk_v2", LOWER, PLAIN, d, n, ONE, x, d, adds ? ONE : NONE, c, d);
        }
    }

    /** The same in float, of rows that lie {@code apart}. */
    void floatSquares(long x, int apart, int n, int d, boolean adds, long c) {
        synchronized (blas) {
            blas.precise(true);
            blas.run("cublasSsyrk_v2", LOWER, PLAIN, d, n, FLOAT_ONE, x, apart, adds ? FLOAT_ONE : FLOAT_NONE, c, d);
        }
    }

    /** Each row x of X [n, d] becomes {@code L^-1 x}, in float; of L [d, d] the lower triangle is read. */
    void solve(Factor l, Factor x, int n, int d) {
        synchronized (blas) {
            blas.precise(true);
            blas.run(
                    "cublasStrsm_v2",
                    LEFT,
                    UPPER,
                    TURNED,
                    ANY_DIAGONAL,
                    d,
                    n,
                    FLOAT_ONE,
                    l.address(),
                    l.leading(),
                    x.address(),
                    x.leading());
        }
    }

    private static Memory doubles(double value) {
        var memory = new Memory(Double.BYTES);
        memory.setDouble(0, value);
        return memory;
    }

    private static Memory floats(float value) {
        var memory = new Memory(Float.BYTES);
        memory.setFloat(0, value);
        return memory;
    }
}
