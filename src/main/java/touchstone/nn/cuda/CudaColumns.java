package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/** Sums down the columns and over everything, in double, in an order that the shapes alone set. */
abstract class CudaColumns extends CudaLookups {
    private static final String COLUMNS = "columns";
    private static final int ROWS_A_PART = 64;
    private static final int PARTS = 64; // of a sum down a column
    private static final int NUMBERS_A_PART = 4096;
    private static final int PARTS_OF_ALL = 1024;

    CudaColumns(Context context, Gemm gemm) {
        super(context, gemm);
    }

    private static long parts(Tensor x) {
        return Math.min(PARTS, Math.max(1, x.rows() / ROWS_A_PART));
    }

    /** Room for the sums down the columns of x, or of its parts. */
    private Scratch doubles(long count) {
        return scratch(Math.max(1, count) * Double.BYTES);
    }

    private void columns(String kernel, Grid grid, Object... arguments) {
        context.kernels().launch(COLUMNS, kernel, grid, arguments);
    }

    private void sums(Tensor x, long parts) {
        Grid grid = Grid.tiles(x.columns(), parts(x));
        columns("ts_column_sums", grid, in(x), parts, rows(x), columns(x), parts(x), apart(x));
    }

    private void dots(Tensor x, Tensor y, long parts) {
        Grid grid = Grid.tiles(x.columns(), parts(x));
        columns("ts_column_dots", grid, in(x), in(y), parts, rows(x), columns(x), parts(x), apart(x), apart(y));
    }

    private void means(long parts, long mean, Tensor x) {
        columns("ts_mean_parts", Grid.over(x.columns()), parts, mean, columns(x), parts(x), rows(x));
    }

    @Override
    public void addColumnSums(Tensor x, Tensor out) {
        out.demand(1, x.columns(), "out");
        try (Scratch parts = doubles(parts(x) * x.columns())) {
            sums(x, parts.address());
            columns("ts_add_parts", Grid.over(x.columns()), parts.address(), out(out), columns(x), parts(x));
        }
        CudaTensor.keep(x, out);
    }

    @Override
    public void addColumnDots(Tensor x, Tensor y, Tensor out) {
        same(x, y, "y");
        out.demand(1, x.columns(), "out");
        try (Scratch parts = doubles(parts(x) * x.columns())) {
            dots(x, y, parts.address());
            columns("ts_add_parts", Grid.over(x.columns()), parts.address(), out(out), columns(x), parts(x));
        }
        CudaTensor.keep(x, y, out);
    }

    /** Means of the columns of x, in double, to an address on the card. */
    void columnMeans(Tensor x, long mean) {
        try (Scratch parts = doubles(parts(x) * x.columns())) {
            sums(x, parts.address());
            means(parts.address(), mean, x);
        }
        CudaTensor.keep(x);
    }

    /** {@code y = x - mean}, means in double at an address on the card. */
    void centre(Tensor x, long mean, Tensor y) {
        same(x, y, "y");
        columns("ts_centre", Grid.over(x.size()), in(x), mean, out(y), rows(x), columns(x), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void columnMoments(Tensor x, Tensor mean, Tensor variance) {
        Check.atLeast(x.rows(), 1, "rows");
        mean.demand(1, x.columns(), "mean");
        variance.demand(1, x.columns(), "variance");
        Grid line = Grid.over(x.columns());
        Grid tiles = Grid.tiles(x.columns(), parts(x));
        try (Scratch parts = doubles(parts(x) * x.columns());
                Scratch middle = doubles(x.columns())) {
            long p = parts.address();
            long m = middle.address();
            sums(x, p);
            means(p, m, x);
            columns("ts_column_squares", tiles, in(x), m, p, rows(x), columns(x), parts(x), apart(x));
            columns("ts_moments", line, m, p, out(mean), out(variance), columns(x), parts(x), rows(x));
        }
        CudaTensor.keep(x, mean, variance);
    }

    @Override
    public void standardiseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        inverse.demand(1, y.columns(), "inverse");
        try (Scratch parts = doubles(parts(y) * y.columns());
                Scratch mean = doubles(y.columns());
                Scratch along = doubles(y.columns())) {
            long m = mean.address();
            long a = along.address();
            sums(dy, parts.address());
            means(parts.address(), m, y);
            dots(y, dy, parts.address());
            means(parts.address(), a, y);
            Grid grid = Grid.over(y.size());
            String kernel = "ts_standardise_gradient";
            columns(
                    kernel,
                    grid,
                    in(y),
                    in(inverse),
                    in(dy),
                    m,
                    a,
                    out(dx),
                    rows(y),
                    columns(y),
                    apart(y),
                    apart(dy),
                    apart(dx));
        }
        CudaTensor.keep(y, inverse, dy, dx);
    }

    @Override
    public double sumOfSquares(Tensor x) {
        if (x.size() == 0) {
            return 0;
        }
        long count = Math.min(PARTS_OF_ALL, Math.max(1, x.size() / NUMBERS_A_PART));
        try (Scratch parts = doubles(count);
                Scratch sum = doubles(1)) {
            long p = parts.address();
            columns("ts_squares_parts", Grid.blocks(count), in(x), p, rows(x), columns(x), count, apart(x));
            columns("ts_total", Grid.blocks(1), p, sum.address(), count);
            CudaTensor.keep(x);
            return context.transfers().number(sum.address());
        }
    }
}
