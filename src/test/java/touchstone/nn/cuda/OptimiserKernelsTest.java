package touchstone.nn.cuda;

import static touchstone.nn.cuda.Numbers.CPU;
import static touchstone.nn.cuda.Numbers.assertBits;
import static touchstone.nn.cuda.Numbers.normal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;

/** Steps of optimisers give the bits of the processor, step after step. */
class OptimiserKernelsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 997, 70_001})
    void sgd(int n) {
        Tensor gradient = normal(1, n, "gradient");
        Parameter parameter = new Parameter("w", normal(1, n, "value"), gradient, Parameter.Kind.WEIGHT);
        Tensor velocity = CPU.zeros(1, n);
        Cells value = Cells.of(parameter.value(), 0);
        Cells by = Cells.of(gradient, 0);
        Cells speed = Cells.of(velocity, 0);
        for (int t = 0; t < 3; t++) {
            CPU.sgd(parameter, velocity, 0.1, 0.9);
            Device.launch("ts_sgd", value, by, speed, n, 0.1f, 0.9f);
        }
        assertBits(parameter.value(), value);
        assertBits(velocity, speed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 997, 70_001})
    void adam(int n) {
        Tensor gradient = normal(1, n, "gradient");
        Parameter parameter = new Parameter("w", normal(1, n, "value"), gradient, Parameter.Kind.WEIGHT);
        Tensor first = CPU.zeros(1, n);
        Tensor second = CPU.zeros(1, n);
        Cells value = Cells.of(parameter.value(), 0);
        Cells m = Cells.of(first, 0);
        Cells v = Cells.of(second, 0);
        for (int t = 1; t <= 3; t++) {
            double rate = 1e-3 / (1 - Math.pow(0.9, t));
            double scale = 1 / Math.sqrt(1 - Math.pow(0.999, t));
            CPU.adam(parameter, first, second, new Backend.AdamStep(rate, 0.9, 0.999, scale, 1e-8));
            Device.launch(
                    "ts_adam",
                    value,
                    Cells.of(gradient, 0),
                    m,
                    v,
                    n,
                    (float) rate,
                    0.9f,
                    0.999f,
                    (float) (1 - 0.9),
                    (float) (1 - 0.999),
                    (float) scale,
                    1e-8f);
        }
        assertBits(parameter.value(), value);
        assertBits(first, m);
        assertBits(second, v);
    }
}
