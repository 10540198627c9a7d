package touchstone.nn.cuda;

import touchstone.nn.Activation;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;

/** What is done to each element alone. */
abstract class CudaElements extends CudaProducts {
    CudaElements(Context context, Gemm gemm) {
        super(context, gemm);
    }

    /** Launches a kernel with a thread an element of x. */
    private void each(String kernel, Tensor x, Object... arguments) {
        context.kernels().launch("elementwise", kernel, Grid.over(x.size()), arguments);
    }

    private void activation(String kernel, Tensor x, Object... arguments) {
        context.kernels().launch("activations", kernel, Grid.over(x.size()), arguments);
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
        activation(kernel(f), x, in(x), out(y), rows(x), columns(x), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx) {
        same(x, dy, "dy");
        same(x, dx, "dx");
        String kernel = kernel(f) + "_gradient";
        activation(kernel, x, in(x), in(dy), out(dx), rows(x), columns(x), apart(x), apart(dy), apart(dx));
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
}
