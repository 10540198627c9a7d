package touchstone.nn.cpu;

import touchstone.nn.Activation;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.Window;
import touchstone.util.Check;

/** What both precisions share: everything but products, sums over arrays, and updates. */
abstract class CpuBackend implements Backend {
    private static final int EXPONENTIAL = 20; // a row's transcendental element costs about so many multiplications

    final Threads threads;
    private final Rows rows;

    CpuBackend(Threads threads, Rows rows) {
        this.threads = threads;
        this.rows = rows;
    }

    /** The kernels of heads in d columns together. */
    abstract HeadKernels kernels(Heads heads, int d);

    static void same(Tensor a, Tensor b, String name) {
        b.demand(a.rows(), a.columns(), name);
    }

    private void share(Tensor x, int cost, Threads.Range body) {
        threads.share(x.rows(), (long) x.size() * cost, body);
    }

    private void each(Tensor x, int cost, RowBody body) {
        share(x, cost, (from, to) -> {
            for (int i = from; i < to; i++) {
                body.row(i);
            }
        });
    }

    /** What to do with one row. */
    interface RowBody {
        void row(int i);
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        same(x, y, "y");
        share(x, EXPONENTIAL, (from, to) -> rows.activate(f, x, y, from, to));
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx) {
        same(x, dy, "dy");
        same(x, dx, "dx");
        share(x, EXPONENTIAL, (from, to) -> rows.activateGradient(f, x, dy, dx, from, to));
    }

    @Override
    public void softmax(Tensor x, Tensor y) {
        same(x, y, "y");
        each(x, EXPONENTIAL, i -> rows.softmax(x, y, i, x.columns()));
    }

    @Override
    public void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        each(y, 2, i -> rows.softmaxGradient(y, dy, dx, i));
    }

    @Override
    public void normaliseRows(Tensor x, double epsilon, Tensor y, Tensor inverse) {
        same(x, y, "y");
        inverse.demand(x.rows(), 1, "inverse");
        each(x, 3, i -> rows.normalise(x, epsilon, y, inverse, i));
    }

    @Override
    public void normaliseRowsGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        each(y, 3, i -> rows.normaliseGradient(y, inverse, dy, dx, i));
    }

    @Override
    public void columnMoments(Tensor x, Tensor mean, Tensor variance) {
        Check.atLeast(x.rows(), 1, "rows");
        ColumnKernels.moments(x, mean.demand(1, x.columns(), "mean"), variance.demand(1, x.columns(), "variance"));
    }

    @Override
    public void standardise(Tensor x, Tensor mean, Tensor inverse, Tensor y) {
        same(x, y, "y");
        each(x, 1, i -> {
            for (int j = 0; j < x.columns(); j++) {
                y.set(i, j, (x.get(i, j) - mean.get(0, j)) * inverse.get(0, j));
            }
        });
    }

    @Override
    public void inverseRoot(Tensor x, double epsilon, Tensor out) {
        same(x, out, "out");
        each(x, EXPONENTIAL, i -> {
            for (int j = 0; j < x.columns(); j++) {
                out.set(i, j, 1 / Math.sqrt(x.get(i, j) + epsilon));
            }
        });
    }

    @Override
    public void standardiseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx) {
        same(y, dy, "dy");
        same(y, dx, "dx");
        ColumnKernels.standardiseGradient(y, inverse, dy, dx);
    }

    @Override
    public void addColumnDots(Tensor x, Tensor y, Tensor out) {
        same(x, y, "y");
        addArray(ColumnKernels.dots(x, y), out);
    }

    static void addArray(double[] sums, Tensor out) {
        out.demand(1, sums.length, "out");
        for (int j = 0; j < sums.length; j++) {
            out.set(0, j, out.get(0, j) + sums[j]);
        }
    }

    @Override
    public void timesRow(Tensor x, Tensor row, Tensor out) {
        same(x, out, "out");
        row.demand(1, x.columns(), "row");
        each(x, 1, i -> rows.timesRow(x, row, out, i));
    }

    @Override
    public void unfold(Window window, Tensor x, Tensor out) {
        x.demandColumns(window.inputs(), "x");
        out.demand(x.rows() * window.down() * window.across(), window.patch(), "out");
        fill(out, 0);
        share(x, window.kernel(), (from, to) -> ImageKernels.unfold(window, x, out, from, to));
    }

    @Override
    public void fold(Window window, Tensor patches, Tensor dx) {
        fill(dx.demandColumns(window.inputs(), "dx"), 0);
        share(dx, window.kernel(), (from, to) -> ImageKernels.fold(window, patches, dx, from, to));
    }

    @Override
    public void maxPool(Window window, Tensor x, Tensor y, Tensor places) {
        x.demandColumns(window.inputs(), "x");
        fill(y, Double.NEGATIVE_INFINITY);
        share(x, 2, (from, to) -> ImageKernels.maxPool(window, x, y, places, from, to));
    }

    @Override
    public void maxPoolGradient(Tensor places, Tensor dy, Tensor dx) {
        fill(dx, 0);
        share(dy, 2, (from, to) -> ImageKernels.maxPoolGradient(places, dy, dx, from, to));
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        x.demandColumns(window.inputs(), "x");
        fill(y, 0);
        share(x, 2, (from, to) -> ImageKernels.averagePool(window, x, y, from, to));
    }

    @Override
    public void averagePoolGradient(Window window, Tensor dy, Tensor dx) {
        fill(dx.demandColumns(window.inputs(), "dx"), 0);
        share(dx, 2, (from, to) -> ImageKernels.averagePoolGradient(window, dy, dx, from, to));
    }

    @Override
    public void attention(Heads heads, Tensor x, Tensor weights, Tensor out) {
        HeadKernels kernels = kernels(heads, out.columns());
        threads.share(items(heads, x), attentionWork(heads, x), (from, to) -> {
            for (int item = from; item < to; item++) {
                kernels.forward(x, weights, out, item);
            }
        });
    }

    @Override
    public void attentionGradient(Heads heads, Tensor x, Tensor weights, Tensor dout, Tensor dx) {
        fill(dx, 0);
        HeadKernels kernels = kernels(heads, dout.columns());
        threads.share(items(heads, x), 2 * attentionWork(heads, x), (from, to) -> {
            for (int item = from; item < to; item++) {
                kernels.backward(x, weights, dout, dx, item);
            }
        });
    }

    private static int items(Heads heads, Tensor x) {
        return x.rows() / heads.steps() * heads.count();
    }

    private static long attentionWork(Heads heads, Tensor x) {
        return (long) x.size() * heads.steps();
    }
}
