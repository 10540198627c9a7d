package touchstone.nn.cuda;

import touchstone.nn.Activation;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.Blas.Factor;
import touchstone.nn.cuda.Kernels.Grid;
import touchstone.util.Check;

/** Products, and what is done to each element alone. */
abstract class CudaElements implements Backend {
    private static final String THEME = "elementwise";

    final Context context;
    final Blas blas;

    CudaElements(Context context, Blas blas) {
        this.context = context;
        this.blas = blas;
    }

    /** Numbers of the card's memory for as long as a call takes. */
    record Scratch(DeviceMemory memory, DeviceMemory.Block block) implements AutoCloseable {
        long address() {
            return block.address();
        }

        @Override
        public void close() {
            memory.giveBack(block);
        }
    }

    Scratch scratch(long bytes) {
        context.enter();
        return new Scratch(context.memory(), context.memory().take(bytes));
    }

    static void same(Tensor a, Tensor b, String name) {
        b.demand(a.rows(), a.columns(), name);
    }

    static long in(Tensor x) {
        return CudaTensor.in(x);
    }

    static long out(Tensor x) {
        return CudaTensor.out(x);
    }

    static long apart(Tensor x) {
        return CudaTensor.apart(x);
    }

    /** Launches a kernel with a thread an element of x. */
    private void each(String kernel, Tensor x, Object... arguments) {
        context.kernels().launch(THEME, kernel, Grid.over(x.size()), arguments);
    }

    static long rows(Tensor x) {
        return x.rows();
    }

    static long columns(Tensor x) {
        return x.columns();
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return new CudaTensor(new Store(context, Math.multiplyExact(rows, columns)), rows, columns, 0, columns);
    }

    @Override
    public void ab(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demand(a.columns(), b.columns(), "b").columns(), "out");
        product(factor(a), factor(b), false, out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    @Override
    public void abt(Tensor a, Tensor b, Tensor out) {
        out.demand(a.rows(), b.demandColumns(a.columns(), "b").rows(), "out");
        product(factor(a), factor(b).turn(), false, out, a.columns());
        CudaTensor.keep(a, b, out);
    }

    @Override
    public void addAtb(Tensor a, Tensor b, Tensor out) {
        out.demand(a.columns(), b.demand(a.rows(), b.columns(), "b").columns(), "out");
        product(factor(a).turn(), factor(b), true, out, a.rows());
        CudaTensor.keep(a, b, out);
    }

    private static Factor factor(Tensor x) {
        return Factor.of(in(x), apart(x));
    }

    private void product(Factor a, Factor b, boolean adds, Tensor out, int inner) {
        if (out.size() == 0) {
            return;
        }
        if (inner > 0) {
            blas.product(a, b, adds, Factor.of(out(out), apart(out)), out.rows(), out.columns(), inner);
        } else if (!adds) {
            fill(out, 0);
        }
    }

    @Override
    public void fill(Tensor x, double value) {
        each("ts_fill", x, out(x), rows(x), columns(x), apart(x), (float) value);
        CudaTensor.keep(x);
    }

    @Override
    public void add(double factor, Tensor x, Tensor y) {
        same(x, y, "y");
        each("ts_add", x, in(x), out(y), rows(x), columns(x), apart(x), apart(y), (float) factor);
        CudaTensor.keep(x, y);
    }

    @Override
    public void times(Tensor x, Tensor y, Tensor out) {
        same(x, y, "y");
        same(x, out, "out");
        each("ts_times", x, in(x), in(y), out(out), rows(x), columns(x), apart(x), apart(y), apart(out));
        CudaTensor.keep(x, y, out);
    }

    @Override
    public void scale(double factor, Tensor x) {
        each("ts_scale", x, out(x), rows(x), columns(x), apart(x), (float) factor);
        CudaTensor.keep(x);
    }

    @Override
    public void addRow(Tensor row, Tensor x) {
        row.demand(1, x.columns(), "row");
        each("ts_add_row", x, in(row), out(x), rows(x), columns(x), apart(x));
        CudaTensor.keep(row, x);
    }

    @Override
    public void timesRow(Tensor x, Tensor row, Tensor out) {
        same(x, out, "out");
        row.demand(1, x.columns(), "row");
        each("ts_times_row", x, in(x), in(row), out(out), rows(x), columns(x), apart(x), apart(out));
        CudaTensor.keep(x, row, out);
    }

    private static String kernel(Activation f) {
        return switch (f) {
            case RELU -> "ts_relu";
            case GELU -> "ts_gelu";
            case TANH -> "ts_tanh";
        };
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        same(x, y, "y");
        each(kernel(f), x, in(x), out(y), rows(x), columns(x), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx) {
        same(x, dy, "dy");
        same(x, dx, "dx");
        String kernel = kernel(f) + "_gradient";
        each(kernel, x, in(x), in(dy), out(dx), rows(x), columns(x), apart(x), apart(dy), apart(dx));
        CudaTensor.keep(x, dy, dx);
    }

    @Override
    public void standardise(Tensor x, Tensor mean, Tensor inverse, Tensor y) {
        same(x, y, "y");
        mean.demand(1, x.columns(), "mean");
        inverse.demand(1, x.columns(), "inverse");
        each("ts_standardise", x, in(x), in(mean), in(inverse), out(y), rows(x), columns(x), apart(x), apart(y));
        CudaTensor.keep(x, mean, inverse, y);
    }

    @Override
    public void inverseRoot(Tensor x, double epsilon, Tensor out) {
        same(x, out, "out");
        each("ts_inverse_root", x, in(x), out(out), rows(x), columns(x), apart(x), apart(out), (float) epsilon);
        CudaTensor.keep(x, out);
    }

    /** Demands rows without gaps; returns it. */
    static Tensor gapless(Tensor x, String name) {
        if (!x.contiguous()) {
            throw new IllegalArgumentException(
                    name + " must lie without gaps, was " + x.shape() + " with stride " + x.stride());
        }
        return x;
    }

    /** Demands whole numbers in [0, size), read on the processor, so that a wrong one is named before a kernel runs. */
    static void demandIds(Tensor ids, int size) {
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
