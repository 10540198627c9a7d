package touchstone.nn;

/**
 * The heavy algebra of detectors and other methods over rows, in double: what a machine may do faster than plain loops. Like
 * {@link Backend} it is a seam: callers do not change with the machine. Results depend on the arguments alone, to the bit, not on
 * the number of threads. Arguments are not modified.
 */
public interface Algebra {
    /**
     * Gets ready to multiply by a matrix.
     *
     * @param b [n, d]; kept, not to be changed
     */
    Product times(double[][] b);

    /**
     * {@code sum_i x_i x_i^T}, [d, d], symmetric to the bit.
     *
     * @param n number of rows
     * @param d length of each
     * @param rows gives them; asked from several threads at once, in any order
     */
    double[][] gram(int n, int d, Rows rows);

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @param s [d, d], finite; its lower triangle is read
     * @throws IllegalArgumentException if it is not square, or not finite
     */
    Eigen eigen(double[][] s);

    /**
     * Gets ready to find the nearest of many rows.
     *
     * @param rows [n, d], finite; kept, not to be changed
     * @param k 1 to n
     */
    Neighbours neighbours(double[][] rows, int k);

    /** Rows that are made as they are asked for. */
    @FunctionalInterface
    interface Rows {
        /** Writes row {@code i} to {@code into[at]} and what follows. */
        void put(int i, double[] into, int at);
    }

    /**
     * Eigenvalues in rising order, [d], and for each its eigenvector of length 1, a row of [d, d], up to its sign.
     *
     * @param values owned by the caller
     * @param vectors owned by the caller
     */
    @SuppressWarnings("ArrayRecordComponent") // a pair of results; never compared
    record Eigen(double[] values, double[][] vectors) {}

    /** Multiplies by a matrix B, [n, d]. */
    @FunctionalInterface
    interface Product {
        /** {@code A B^T}: [m, d] to [m, n]. A row of the result depends on that row of A alone. */
        double[][] of(double[][] a);
    }

    /** Finds nearest rows. */
    @FunctionalInterface
    interface Neighbours {
        /** The squared distance of each query, [m, d], to its k-th nearest row, as the sum of squares in double rounds it: [m]. */
        double[] kth(double[][] queries);
    }
}
