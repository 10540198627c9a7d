package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/** Rows that are found by number. */
abstract class CudaLookups extends CudaRows {
    private static final String LOOKUPS = "lookups";

    CudaLookups(Context context, Gemm gemm) {
        super(context, gemm);
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
                            LOOKUPS,
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
                        LOOKUPS,
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
                        LOOKUPS,
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

    /** Demands whole numbers in [0, size), read on the processor, so that a wrong one is named before a kernel runs. */
    private static void demandIds(Tensor ids, int size) {
        for (int i = 0; i < ids.rows(); i++) {
            for (int t = 0; t < ids.columns(); t++) {
                double value = ids.get(i, t);
                if ((int) value != value) {
                    throw new IllegalArgumentException(
                            "ids[" + i + ", " + t + "] must be a whole number in [0, " + size + "), was " + value);
                }
                Check.index((int) value, size, "ids[" + i + ", " + t + "]");
            }
        }
    }
}
