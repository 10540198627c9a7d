package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;

/** Attention by heads: products in batches, one matrix an example and head. */
abstract class CudaAttention extends CudaImages {
    private static final String ATTENTION = "attention";
    private static final int THIRDS = 3; // queries, keys, values

    CudaAttention(Context context, Gemm gemm) {
        super(context, gemm);
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
            gemm.products(keys, queries.turn(), c.square(p), c.steps, c.steps, c.width, c.items());
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
            gemm.products(c.square(p).turn(), values, result, c.steps, c.width, c.steps, c.items());
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
            gemm.products(
                    c.square(p), outs, c.block(slopes.address() + 2 * third), c.steps, c.width, c.steps, c.items());
            gemm.products(values, outs.turn(), square, c.steps, c.steps, c.width, c.items());
            Grid grid = Grid.over((long) c.items() * c.steps);
            String kernel = "ts_attention_softmax_gradient";
            long s = byWeights.address();
            context.kernels().launch(ATTENTION, kernel, grid, p, s, (long) c.items(), (long) c.steps, c.scale());
            Factor keys = c.block(parts.address() + third);
            Factor queries = c.block(parts.address());
            gemm.products(square.turn(), keys, c.block(slopes.address()), c.steps, c.width, c.steps, c.items());
            gemm.products(square, queries, c.block(slopes.address() + third), c.steps, c.width, c.steps, c.items());
            heads("ts_heads_together", c, slopes.address(), out(dx), THIRDS, apart(dx));
        }
        CudaTensor.keep(x, weights, dout, dx);
    }
}
