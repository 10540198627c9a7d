package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/** What is done row by row and column by column. Sums are in double, in an order that the shapes alone set. */
abstract class CudaRows extends CudaElements {
    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";
    private static final int ROWS_A_PART = 64;
    private static final int PARTS = 64; // of a sum down a column
    private static final int NUMBERS_A_PART = 4096;
    private static final int PARTS_OF_ALL = 1024;

    CudaRows(Context context, Blas blas) {
        super(context, blas);
    }

    private void teams(String kernel, Tensor x, Object... arguments) {
        context.kernels().launch(ROWS, kernel, Grid.team(x.rows(), x.columns()), arguments);
    }

    @Override
    public void softmax(Tensor x, Tensor y) {
        same(x, y, "y");
        teams("ts_softmax", x, in(x), out(y), rows(x), columns(x), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        teams("ts_softmax_gradient", y, in(y), in(dy), out(dx), rows(y), columns(y), apart(y), apart(dy), apart(dx));
        CudaTensor.keep(y, dy, dx);
    }

    @Override
    public void normaliseRows(Tensor x, double epsilon, Tensor y, Tensor inverse) {
        same(x, y, "y");
        long factor = out(gapless(inverse.demand(x.rows(), 1, "inverse"), "inverse"));
        teams("ts_normalise_rows", x, in(x), out(y), factor, rows(x), columns(x), apart(x), apart(y), (float) epsilon);
        CudaTensor.keep(x, y, inverse);
    }

    @Override
    public void normaliseRowsGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        long factor = in(gapless(inverse.demand(y.rows(), 1, "inverse"), "inverse"));
        String kernel = "ts_normalise_rows_gradient";
        teams(kernel, y, in(y), factor, in(dy), out(dx), rows(y), columns(y), apart(y), apart(dy), apart(dx));
        CudaTensor.keep(y, inverse, dy, dx);
    }

    @Override
    public void selectRows(Tensor x, int[] rows, Tensor out) {
        out.demand(rows.length, x.columns(), "out");
        Check.allIndices(rows, x.rows(), "rows");
        try (Scratch numbers = scratch((long) rows.length * Integer.BYTES)) {
            context.transfers().toCard(rows, numbers.address());
            long from = in(x);
            long to = out(out);
            long n = rows.length;
            Grid grid = Grid.over(out.size());
            context.kernels()
                    .launch(
                            ROWS,
                            "ts_select_rows",
                            grid,
                            from,
                            numbers.address(),
                            to,
                            n,
                            columns(x),
                            rows(x),
                            apart(x),
                            apart(out));
        }
        CudaTensor.keep(x, out);
    }

    @Override
    public void lookUp(Tensor table, Tensor ids, Tensor out) {
        out.demand(ids.size(), table.columns(), "out");
        demandIds(ids, table.rows());
        long n = ids.size();
        context.kernels()
                .launch(
                        ROWS,
                        "ts_look_up",
                        Grid.over(out.size()),
                        in(table),
                        in(ids),
                        out(out),
                        n,
                        columns(table),
                        rows(table),
                        columns(ids),
                        apart(table),
                        apart(ids),
                        apart(out));
        CudaTensor.keep(table, ids, out);
    }

    @Override
    public void addLookUpGradient(Tensor ids, Tensor dy, Tensor table) {
        dy.demand(ids.size(), table.columns(), "dy");
        demandIds(ids, table.rows());
        long n = ids.size();
        context.kernels()
                .launch(
                        ROWS,
                        "ts_add_look_up_gradient",
                        Grid.blocks(table.rows()),
                        in(ids),
                        in(dy),
                        out(table),
                        n,
                        columns(table),
                        rows(table),
                        columns(ids),
                        apart(ids),
                        apart(dy),
                        apart(table));
        CudaTensor.keep(ids, dy, table);
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
