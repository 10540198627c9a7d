package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;

/** What is done to each row alone. Sums are in double, in an order that the number of columns alone sets. */
abstract class CudaRows extends CudaElements {
    CudaRows(Context context, Gemm gemm) {
        super(context, gemm);
    }

    private void teams(String kernel, Tensor x, Object... arguments) {
        context.kernels().launch("rows", kernel, Grid.team(x.rows(), x.columns()), arguments);
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
}
