package touchstone.nn.cuda;

import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.Window;
import touchstone.nn.cuda.Blas.Factor;
import touchstone.nn.cuda.Kernels.Grid;

/** Arithmetic in float on a card: images, attention and optimisers, above {@link CudaRows} and {@link CudaElements}. */
final class CudaBackend extends CudaRows {
    private static final String ATTENTION = "attention";
    private static final int THIRDS = 3; // queries, keys, values

    CudaBackend(Context context, Blas blas) {
        super(context, blas);
    }

    /** Gives a tensor's memory on the card back at once, without waiting for the collector; it is zero from here on. */
    static void free(Tensor x) {
        CudaTensor.of(x).store.free();
    }

    /** Ends the use of the card. */
    void close() {
        context.enter();
        context.synchronize();
        blas.close();
        context.close();
    }

    /** Launches a kernel over images: its pointers, the number of images, the window, the strides. */
    private void images(String kernel, long work, Window w, Object[] pointers, long images, Object... strides) {
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
        context.kernels().launch("images", kernel, Grid.over(work), all);
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
        images("ts_unfold", out.size(), window, pointers(in(x), out(out)), x.rows(), apart(x), apart(out));
        CudaTensor.keep(x, out);
    }

    @Override
    public void fold(Window window, Tensor patches, Tensor dx) {
        dx.demandColumns(window.inputs(), "dx");
        patches.demand(dx.rows() * window.down() * window.across(), window.patch(), "patches");
        images("ts_fold", dx.size(), window, pointers(in(patches), out(dx)), dx.rows(), apart(patches), apart(dx));
        CudaTensor.keep(patches, dx);
    }

    @Override
    public void maxPool(Window window, Tensor x, Tensor y, Tensor places) {
        x.demandColumns(window.inputs(), "x");
        y.demand(x.rows(), outputs(window), "y");
        same(y, places, "places");
        Object[] pointers = pointers(in(x), out(y), out(places));
        images("ts_max_pool", y.size(), window, pointers, x.rows(), apart(x), apart(y), apart(places));
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
                        "images",
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
        images("ts_average_pool", y.size(), window, pointers(in(x), out(y)), x.rows(), apart(x), apart(y));
        CudaTensor.keep(x, y);
    }

    @Override
    public void averagePoolGradient(Window window, Tensor dy, Tensor dx) {
        dx.demandColumns(window.inputs(), "dx");
        dy.demand(dx.rows(), outputs(window), "dy");
        images(
                "ts_average_pool_gradient",
                dx.size(),
                window,
                pointers(in(dy), out(dx)),
                dx.rows(),
                apart(dy),
                apart(dx));
        CudaTensor.keep(dy, dx);
    }

    /** Sizes of attention: of the blocks that one batch of products works on. */
    private record Cut(int examples, int heads, int steps, int width) {
        static Cut of(Heads heads, Tensor x, int d) {
            x.demandColumns(THIRDS * d, "x");
            if (d % heads.count() != 0 || x.rows() % heads.steps() != 0) {
                throw new IllegalArgumentException("attention needs columns in multiples of " + heads.count()
                        + " heads and rows in multiples of " + heads.steps() + " steps, had x " + x.shape());
            }
            return new Cut(x.rows() / heads.steps(), heads.count(), heads.steps(), d / heads.count());
        }

        int items() {
            return examples * heads;
        }

        /** Numbers of a third. */
        long third() {
            return (long) items() * steps * width;
        }

        float scale() {
            return (float) (1 / Math.sqrt(width));
        }

        Factor block(long address) {
            return Factor.of(address, width).every((long) steps * width);
        }

        Factor square(long address) {
            return Factor.of(address, steps).every((long) steps * steps);
        }
    }

    private Scratch floats(long count) {
        return scratch(Math.max(1, count) * Float.BYTES);
    }

    private void heads(String kernel, Cut c, long from, long to, long thirds, long stride) {
        Grid grid = Grid.over(thirds * c.third());
        context.kernels()
                .launch(
                        ATTENTION,
                        kernel,
                        grid,
                        from,
                        to,
                        (long) c.examples,
                        (long) c.steps,
                        (long) c.heads,
                        (long) c.width,
                        thirds,
                        stride);
    }

    @Override
    public void attention(Heads heads, Tensor x, Tensor weights, Tensor out) {
        Cut c = Cut.of(heads, x, out.demand(x.rows(), out.columns(), "out").columns());
        long p = out(gapless(weights.demand(c.items() * c.steps, c.steps, "weights"), "weights"));
        if (x.size() == 0) {
            return;
        }
        try (Scratch parts = floats(THIRDS * c.third());
                Scratch mixed = floats(c.third())) {
            heads("ts_heads_apart", c, in(x), parts.address(), THIRDS, apart(x));
            Factor queries = c.block(parts.address());
            Factor keys = c.block(parts.address() + c.third() * Float.BYTES);
            Factor values = c.block(parts.address() + 2 * c.third() * Float.BYTES);
            blas.products(keys, queries.turn(), c.square(p), c.steps, c.steps, c.width, c.items());
            Grid grid = Grid.over((long) c.items() * c.steps);
            long causal = heads.causal() ? 1 : 0;
            context.kernels()
                    .launch(
                            ATTENTION,
                            "ts_attention_softmax",
                            grid,
                            p,
                            (long) c.items(),
                            (long) c.steps,
                            causal,
                            c.scale());
            Factor result = c.block(mixed.address());
            blas.products(c.square(p).turn(), values, result, c.steps, c.width, c.steps, c.items());
            heads("ts_heads_together", c, mixed.address(), out(out), 1, apart(out));
        }
        CudaTensor.keep(x, weights, out);
    }

    @Override
    public void attentionGradient(Heads heads, Tensor x, Tensor weights, Tensor dout, Tensor dx) {
        Cut c = Cut.of(heads, x, dout.demand(x.rows(), dout.columns(), "dout").columns());
        same(x, dx, "dx");
        long p = in(gapless(weights.demand(c.items() * c.steps, c.steps, "weights"), "weights"));
        if (x.size() == 0) {
            return;
        }
        long third = c.third() * Float.BYTES;
        try (Scratch parts = floats(THIRDS * c.third());
                Scratch slopes = floats(THIRDS * c.third());
                Scratch byOut = floats(c.third());
                Scratch byWeights = floats((long) c.items() * c.steps * c.steps)) {
            heads("ts_heads_apart", c, in(x), parts.address(), THIRDS, apart(x));
            heads("ts_heads_apart", c, in(dout), byOut.address(), 1, apart(dout));
            Factor outs = c.block(byOut.address());
            Factor values = c.block(parts.address() + 2 * third);
            Factor square = c.square(byWeights.address());
            blas.products(
                    c.square(p), outs, c.block(slopes.address() + 2 * third), c.steps, c.width, c.steps, c.items());
            blas.products(values, outs.turn(), square, c.steps, c.steps, c.width, c.items());
            Grid grid = Grid.over((long) c.items() * c.steps);
            String kernel = "ts_attention_softmax_gradient";
            long s = byWeights.address();
            context.kernels().launch(ATTENTION, kernel, grid, p, s, (long) c.items(), (long) c.steps, c.scale());
            Factor keys = c.block(parts.address() + third);
            Factor queries = c.block(parts.address());
            blas.products(square.turn(), keys, c.block(slopes.address()), c.steps, c.width, c.steps, c.items());
            blas.products(square, queries, c.block(slopes.address() + third), c.steps, c.width, c.steps, c.items());
            heads("ts_heads_together", c, slopes.address(), out(dx), THIRDS, apart(dx));
        }
        CudaTensor.keep(x, weights, dout, dx);
    }

    @Override
    public void sgd(Parameter parameter, Tensor velocity, double rate, double momentum) {
        Tensor value = gapless(parameter.value(), "value");
        Tensor gradient = gapless(parameter.gradient(), "gradient");
        same(value, gapless(velocity, "velocity"), "velocity");
        long n = value.size();
        Grid grid = Grid.over(n);
        context.kernels()
                .launch("optimise", "ts_sgd", grid, out(value), in(gradient), out(velocity), n, (float) rate, (float)
                        momentum);
        CudaTensor.keep(value, gradient, velocity);
    }

    @Override
    public void adam(Parameter parameter, Tensor first, Tensor second, AdamStep step) {
        Tensor value = gapless(parameter.value(), "value");
        Tensor gradient = gapless(parameter.gradient(), "gradient");
        same(value, gapless(first, "first"), "first");
        same(value, gapless(second, "second"), "second");
        context.kernels()
                .launch(
                        "optimise",
                        "ts_adam",
                        Grid.over(value.size()),
                        out(value),
                        in(gradient),
                        out(first),
                        out(second),
                        (long) value.size(),
                        (float) step.rate(),
                        (float) step.beta1(),
                        (float) step.beta2(),
                        (float) (1 - step.beta1()),
                        (float) (1 - step.beta2()),
                        (float) step.scale(),
                        (float) step.epsilon());
        CudaTensor.keep(value, gradient, first, second);
    }
}
