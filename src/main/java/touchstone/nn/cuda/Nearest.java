package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaOptions.Precision;
import touchstone.nn.cuda.Kernels.Grid;

/** Nearest rows of queries, on the card: of each query k squared distances, rising, and the rows' numbers. */
public final class Nearest implements AutoCloseable {
    /** The longest list that the kernels keep. */
    static final int MOST = 128;

    private static final int QUERIES = 2048; // a tile of products: 256 MB
    private static final int ROWS = 1 << 15;

    private final Tensor squared;
    private final Store numbers;

    private Nearest(Tensor squared, Store numbers) {
        this.squared = squared;
        this.numbers = numbers;
    }

    /** Squared distances, [m, k]; infinity where there are fewer rows. */
    public Tensor squared() {
        return squared;
    }

    /** Numbers of the rows, row by row, [m k]; fetched from the card; -1 where there are fewer rows. */
    public int[] indices() {
        var out = new int[squared.size()];
        numbers.context().transfers().fromCard(numbers.toRead(), out);
        CudaTensor.keep(squared);
        return out;
    }

    /** Gives the memory on the card back at once. */
    @Override
    public void close() {
        CudaBackend.free(squared);
        numbers.free();
    }

    static Nearest of(CudaBackend backend, Precision precision, Tensor queries, Tensor rows, int k) {
        int m = queries.rows();
        var found = new Nearest(backend.zeros(m, k), new Store(backend.context, Math.multiplyExact(m, k)));
        try {
            found.search(backend.gemm, precision, queries, rows);
            return found;
        } catch (CudaException e) {
            found.close();
            throw e;
        }
    }

    private void search(Gemm gemm, Precision precision, Tensor queries, Tensor rows) {
        Context context = gemm.context();
        int m = queries.rows();
        int n = rows.rows();
        int d = rows.columns();
        int wide = context.fitting(8, (long) d * Float.BYTES, Math.min(ROWS, n));
        int high = context.fitting(8, (long) Math.max(wide, d) * Float.BYTES, Math.min(QUERIES, m));
        try (Scratch products = context.scratch((long) high * wide * Float.BYTES);
                Scratch lengths = context.scratch((long) m * Float.BYTES);
                Scratch others = context.scratch((long) n * Float.BYTES)) {
            squares(context, queries, lengths.address());
            squares(context, rows, others.address());
            for (int top = 0; top < m; top += high) {
                Tensor tile = queries.block(top, Math.min(high, m - top), 0, d);
                Factor left = CudaProducts.factor(tile);
                for (int from = 0; from < n; from += wide) {
                    Tensor slab = rows.block(from, Math.min(wide, n - from), 0, d);
                    Factor right = CudaProducts.factor(slab).turn();
                    Factor out = Factor.of(products.address(), slab.rows());
                    gemm.product(precision, left, right, false, out, tile.rows(), slab.rows(), d);
                    long a = lengths.address() + (long) top * Float.BYTES;
                    long b = others.address() + (long) from * Float.BYTES;
                    take(out.address(), a, b, new Place(top, tile.rows(), from, slab.rows()));
                }
            }
        }
        CudaTensor.keep(queries, rows, squared);
    }

    private static void squares(Context context, Tensor x, long out) {
        Grid grid = Grid.team(x.rows(), x.columns());
        long apart = CudaTensor.apart(x);
        context.kernels()
                .launch(
                        "rows",
                        "ts_row_squares",
                        grid,
                        CudaTensor.in(x),
                        out,
                        (long) x.rows(),
                        (long) x.columns(),
                        apart);
    }

    /** A tile of queries and a slab of rows. */
    private record Place(int top, long queries, long from, long rows) {}

    /** Takes in products, with the squared lengths of queries and rows. */
    private void take(long products, long a, long b, Place at) {
        long k = squared.columns();
        long values = CudaTensor.out(squared) + at.top * k * Float.BYTES;
        long indices = numbers.toWrite() + at.top * k * Integer.BYTES;
        Grid grid = Grid.blocks(at.queries);
        Kernels kernels = numbers.context().kernels();
        String kernel = "ts_nearest";
        kernels.launch(
                "neighbours", kernel, grid, products, a, b, values, indices, at.queries, at.rows, at.rows, at.from, k);
    }
}
