package touchstone.nn.cuda;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaOptions.Precision;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/**
 * Algebra of float32 matrices that stay on a card: for work that begins and ends there, and for measuring it. Tensors belong to the
 * backend; outputs are made before, come last and are overwritten. Results depend on the arguments, the memory cap, the card and
 * the version of cuBLAS. Where rows are worked on in slabs, their height follows from the shapes and the cap, and scratch memory stays
 * below half of the cap.
 */
public final class CudaMatrices {
    private static final String ALGEBRA = "algebra";

    private final CudaBackend backend;
    private final Triangles triangles;
    private final Slabs slabs;

    private CudaMatrices(CudaBackend backend) {
        this.backend = backend;
        triangles = new Triangles(backend.gemm.blas());
        slabs = new Slabs(backend);
    }

    /**
     * Algebra of a backend's tensors.
     *
     * @param cuda as {@link Cuda#floats} gives it
     */
    public static CudaMatrices on(Backend cuda) {
        if (cuda instanceof CudaBackend card) {
            return new CudaMatrices(card);
        }
        throw new IllegalArgumentException("cuda must be a backend of Cuda.floats, was a "
                + cuda.getClass().getSimpleName());
    }

    /** {@code out = A B}: [m, k] by [k, n] to [m, n]. */
    public void ab(Precision precision, Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demand(a.columns(), b.columns(), "b").columns(), "out");
        backend.product(precision, CudaProducts.factor(a), CudaProducts.factor(b), out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    /** {@code out = A B^T}: [m, k] by [n, k] to [m, n]. */
    public void abt(Precision precision, Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demandColumns(a.columns(), "b").rows(), "out");
        backend.product(
                precision, CudaProducts.factor(a), CudaProducts.factor(b).turn(), out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    /**
     * The k nearest rows of each query, by {@code |q|^2 + |x|^2 - 2 q x}, whose error is some d ulps of {@code (|q| + |x|)^2} with
     * exact products: distances far below the lengths are rough.
     *
     * @param precision of the products
     * @param queries [m, d]
     * @param rows [n, d], n and d 1 or more
     * @param k 1 to 128; where it is more than n, infinity and -1 end each list
     */
    public Nearest nearest(Precision precision, Tensor queries, Tensor rows, int k) {
        Check.between(k, 1, Nearest.MOST, "k");
        Check.atLeast(rows.rows(), 1, "rows");
        Check.atLeast(queries.demandColumns(rows.columns(), "queries").columns(), 1, "columns of queries");
        return Nearest.of(backend, precision, queries, rows, k);
    }

    /**
     * Means and covariances of columns: sums over n divided by n, of numbers less their mean; symmetric to the bit. Sums are
     * float32.
     *
     * @param x [n, d], n and d 1 or more
     * @param mean [1, d]
     * @param out [d, d] without gaps
     */
    public void covariance(Tensor x, Tensor mean, Tensor out) {
        Check.atLeast(x.rows(), 1, "rows of x");
        int d = Check.atLeast(x.columns(), 1, "columns of x");
        mean.demand(1, d, "mean");
        long sums = CudaTensor.out(CudaProducts.gapless(out.demand(d, d, "out"), "out"));
        backend.fill(mean, 0);
        backend.addColumnSums(x, mean);
        backend.scale(1.0 / x.rows(), mean);
        try (Scratch middle = backend.scratch((long) d * Double.BYTES)) {
            backend.columnMeans(x, middle.address());
            slabs.each(x, d, (slab, from, off) -> {
                backend.centre(slab, middle.address(), off);
                triangles.floatSquares(CudaTensor.in(off), d, slab.rows(), d, from > 0, sums);
            });
        }
        launch(ALGEBRA, "ts_mirror", Grid.over(out.size()), sums, (long) d, (long) d, (float) (1.0 / x.rows()));
        CudaTensor.keep(x, mean, out);
    }

    /**
     * Each row x becomes {@code L^-1 x}.
     *
     * @param l [d, d]; its lower triangle is read
     * @param x [n, d], overwritten
     */
    public void solveLower(Tensor l, Tensor x) {
        l.demand(x.columns(), x.columns(), "l");
        if (x.size() > 0) {
            Factor rows = Factor.of(CudaTensor.out(x), CudaTensor.apart(x));
            triangles.solve(CudaProducts.factor(l), rows, x.rows(), x.columns());
        }
        CudaTensor.keep(l, x);
    }

    /**
     * Squared distances {@code |L^-1 (x - mean)|^2} of rows, Mahalanobis' where {@code L L^T} is a covariance.
     *
     * @param x [n, d]
     * @param mean [1, d]
     * @param l [d, d]; its lower triangle is read
     * @param out [n, 1]
     */
    public void mahalanobis(Tensor x, Tensor mean, Tensor l, Tensor out) {
        int d = x.columns();
        l.demand(d, d, "l");
        long scores = CudaTensor.out(CudaProducts.gapless(out.demand(x.rows(), 1, "out"), "out"));
        slabs.less(x, d, mean, (slab, from, off) -> {
            solveLower(l, off);
            lengths("ts_row_squares", off, scores + (long) from * Float.BYTES);
        });
        CudaTensor.keep(x, mean, l, out);
    }

    /**
     * Lengths {@code |B (x - origin)|} of rows in a space, ViM's residual where the rows of B span the null space.
     *
     * @param x [n, d]
     * @param origin [1, d]
     * @param basis B, [r, d]
     * @param out [n, 1]
     */
    public void residual(Tensor x, Tensor origin, Tensor basis, Tensor out) {
        int r = basis.demandColumns(x.columns(), "basis").rows();
        long scores = CudaTensor.out(CudaProducts.gapless(out.demand(x.rows(), 1, "out"), "out"));
        slabs.less(x, Math.max(r, x.columns()), origin, (slab, from, off) -> {
            Tensor image = backend.zeros(slab.rows(), r);
            try {
                abt(Precision.EXACT, off, basis, image);
                lengths("ts_row_lengths", image, scores + (long) from * Float.BYTES);
            } finally {
                CudaBackend.free(image);
            }
        });
        CudaTensor.keep(x, origin, basis, out);
    }

    /** {@code out[i] = log(sum_j exp(x[i, j]))}, of [n, d] to [n, 1]; -infinity of no columns. */
    public void logSumExp(Tensor x, Tensor out) {
        long sums = CudaTensor.out(CudaProducts.gapless(out.demand(x.rows(), 1, "out"), "out"));
        lengths("ts_log_sum_exp", x, sums);
        CudaTensor.keep(x, out);
    }

    /** Fills a tensor with numbers in [-1, 1) of 24 bits each, made on the card; element (i, j) follows from seed and place alone. */
    public void uniform(Tensor x, long seed) {
        Grid grid = Grid.over(x.size());
        long apart = CudaTensor.apart(x);
        launch(ALGEBRA, "ts_uniform", grid, CudaTensor.out(x), (long) x.rows(), (long) x.columns(), apart, seed);
        CudaTensor.keep(x);
    }

    /** Brings a tensor's numbers to the card now, if the newest are not there. */
    public void upload(Tensor x) {
        CudaTensor.in(x);
    }

    /** Gives a tensor's memory on the card back at once, and that of all tensors over the same numbers: they are zeros after. */
    public void free(Tensor x) {
        CudaBackend.free(x);
    }

    /** Waits until everything has run; a kernel's fault comes to light here. */
    public void synchronize() {
        backend.context.synchronize();
    }

    /** The card in use. */
    public Card card() {
        return backend.context.device();
    }

    private void launch(String theme, String kernel, Grid grid, Object... arguments) {
        backend.context.kernels().launch(theme, kernel, grid, arguments);
    }

    /** A number of each row. */
    private void lengths(String kernel, Tensor x, long out) {
        Grid grid = Grid.team(x.rows(), x.columns());
        launch("rows", kernel, grid, CudaTensor.in(x), out, (long) x.rows(), (long) x.columns(), CudaTensor.apart(x));
    }
}
