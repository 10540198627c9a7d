package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.Window;
import touchstone.nn.cuda.Kernels.Grid;

/** Windows over images. */
abstract class CudaImages extends CudaColumns {
    private static final String IMAGES = "images";
    private static final String POOLS = "pools";

    CudaImages(Context context, Gemm gemm) {
        super(context, gemm);
    }

    /** Launches a kernel over images: its pointers, the number of images, the window, the strides. */
    private void windows(
            String theme, String kernel, long work, Window w, Object[] pointers, long images, Object... strides) {
        Object[] sizes = {
            images,
            (long) w.height(),
            (long) w.width(),
            (long) w.channels(),
            (long) w.kernel(),
            (long) w.stride(),
            (long) w.padding()
        };
        var all = new Object[pointers.length + sizes.length + strides.length];
        System.arraycopy(pointers, 0, all, 0, pointers.length);
        System.arraycopy(sizes, 0, all, pointers.length, sizes.length);
        System.arraycopy(strides, 0, all, pointers.length + sizes.length, strides.length);
        context.kernels().launch(theme, kernel, Grid.over(work), all);
    }

    private static Object[] pointers(Object... addresses) {
        return addresses;
    }

    private static int outputs(Window w) {
        return w.down() * w.across() * w.channels();
    }

    @Override
    public void unfold(Window window, Tensor x, Tensor out) {
        x.demandColumns(window.inputs(), "x");
        out.demand(x.rows() * window.down() * window.across(), window.patch(), "out");
        windows(IMAGES, "ts_unfold", out.size(), window, pointers(in(x), out(out)), x.rows(), apart(x), apart(out));
        CudaTensor.keep(x, out);
    }

    @Override
    public void fold(Window window, Tensor patches, Tensor dx) {
        dx.demandColumns(window.inputs(), "dx");
        patches.demand(dx.rows() * window.down() * window.across(), window.patch(), "patches");
        windows(
                IMAGES,
                "ts_fold",
                dx.size(),
                window,
                pointers(in(patches), out(dx)),
                dx.rows(),
                apart(patches),
                apart(dx));
        CudaTensor.keep(patches, dx);
    }

    @Override
    public void maxPool(Window window, Tensor x, Tensor y, Tensor places) {
        x.demandColumns(window.inputs(), "x");
        y.demand(x.rows(), outputs(window), "y");
        same(y, places, "places");
        Object[] pointers = pointers(in(x), out(y), out(places));
        windows(POOLS, "ts_max_pool", y.size(), window, pointers, x.rows(), apart(x), apart(y), apart(places));
        CudaTensor.keep(x, y, places);
    }

    @Override
    public void maxPoolGradient(Tensor places, Tensor dy, Tensor dx) {
        same(places, dy, "dy");
        dx.demand(dy.rows(), dx.columns(), "dx");
        fill(dx, 0);
        Grid grid = Grid.blocks(dy.rows());
        String kernel = "ts_max_pool_gradient";
        long found = in(places);
        context.kernels()
                .launch(
                        POOLS,
                        kernel,
                        grid,
                        found,
                        in(dy),
                        out(dx),
                        rows(dy),
                        columns(dy),
                        apart(places),
                        apart(dy),
                        apart(dx));
        CudaTensor.keep(places, dy, dx);
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        x.demandColumns(window.inputs(), "x");
        y.demand(x.rows(), outputs(window), "y");
        windows(POOLS, "ts_average_pool", y.size(), window, pointers(in(x), out(y)), x.rows(), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void averagePoolGradient(Window window, Tensor dy, Tensor dx) {
        dx.demandColumns(window.inputs(), "dx");
        dy.demand(dx.rows(), outputs(window), "dy");
        windows(
                POOLS,
                "ts_average_pool_gradient",
                dx.size(),
                window,
                pointers(in(dy), out(dx)),
                dx.rows(),
                apart(dy),
                apart(dx));
        CudaTensor.keep(dy, dx);
    }
}
