package touchstone.nn.cuda;

import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.Kernels.Grid;

/** Arithmetic in float on a card: optimisers, above the rest by theme in {@link CudaAttention} and the classes under it. */
final class CudaBackend extends CudaAttention {
    CudaBackend(Context context, Gemm gemm) {
        super(context, gemm);
    }

    /** Gives a tensor's memory on the card back at once, without waiting for the collector; it is zero from here on. */
    static void free(Tensor x) {
        CudaTensor.of(x).store.free();
    }

    /** Ends the use of the card. */
    void close() {
        context.enter();
        context.synchronize();
        gemm.blas().close();
        context.close();
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
