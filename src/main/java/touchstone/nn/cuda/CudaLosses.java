package touchstone.nn.cuda;

import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;

/** Losses whose numbers stay on the card: what comes back is one number. */
final class CudaLosses {
    private CudaLosses() {}

    /** As {@link Tensor#addCrossEntropy}, in double but for exponentials. */
    static double crossEntropy(CudaTensor z, int[] labels, double[] shares, Tensor gradient) {
        Context context = z.store.context();
        gradient.demand(z.rows(), z.columns(), "gradient");
        long n = z.rows();
        long c = z.columns();
        try (Scratch numbers = context.scratch(n * Integer.BYTES);
                Scratch weights = context.scratch(n * Double.BYTES);
                Scratch losses = context.scratch((n + 1) * Double.BYTES)) {
            context.transfers().toCard(labels, numbers.address());
            context.transfers().toCard(shares, shares.length, weights.address());
            Object[] arguments = {
                CudaTensor.in(z),
                numbers.address(),
                weights.address(),
                CudaTensor.out(gradient),
                losses.address(),
                n,
                c,
                CudaTensor.apart(z),
                CudaTensor.apart(gradient)
            };
            context.kernels().launch("losses", "ts_cross_entropy", Grid.team(n, c), arguments);
            long sum = losses.address() + n * Double.BYTES;
            context.kernels().launch("columns", "ts_total", Grid.blocks(1), losses.address(), sum, n);
            CudaTensor.keep(z, gradient);
            return context.transfers().number(sum);
        }
    }
}
