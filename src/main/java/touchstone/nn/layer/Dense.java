package touchstone.nn.layer;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * {@code y = x W + b}, [n, inputs] to [n, outputs], W [inputs, outputs]. First weights are normal with deviation
 * {@code gain / sqrt(inputs)}; the bias starts at 0.
 *
 * @param outputs columns of y, 1 or more
 * @param bias whether there is a b
 * @param gain 1 keeps the variance of the inputs; root 2 makes up for a ReLU before; 0 starts at zero
 */
public record Dense(int outputs, boolean bias, double gain) implements Layer.Spec {
    public Dense {
        Check.atLeast(outputs, 1, "outputs");
        Check.notNegative(gain, "gain");
    }

    /** With a bias and gain 1. */
    public static Dense of(int outputs) {
        return new Dense(outputs, true, 1);
    }

    public Dense withBias(boolean on) {
        return new Dense(outputs, on, gain);
    }

    public Dense withGain(double g) {
        return new Dense(outputs, bias, g);
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final Site site;
        private final Buffers buffers;
        private final Parameter weight;
        private final List<Parameter> parameters = new ArrayList<>();
        private Tensor input;

        Built(Dense spec, int inputs, Site site) {
            this.site = site;
            buffers = site.buffers();
            weight = site.normal("weight", inputs, spec.outputs, spec.gain / Math.sqrt(inputs));
            parameters.add(weight);
            if (spec.bias) {
                parameters.add(site.plain("bias", spec.outputs, 0));
            }
            input = buffers.take("x", 0, inputs);
        }

        @Override
        public int outputs() {
            return weight.value().columns();
        }

        @Override
        public List<Parameter> parameters() {
            return List.copyOf(parameters);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            input = x;
            Tensor y = buffers.take("y", x.rows(), outputs());
            site.backend().ab(x, weight.value(), y);
            if (parameters.size() > 1) {
                site.backend().addRow(parameters.get(1).value(), y);
            }
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            accumulate(dy);
            Tensor dx = buffers.take("dx", dy.rows(), weight.value().rows());
            site.backend().abt(dy, weight.value(), dx);
            return dx;
        }

        @Override
        public boolean rowByRow() {
            return true;
        }

        @Override
        public Tensor backwardSquares(Tensor dy) {
            Tensor dx = buffers.take("dx", dy.rows(), weight.value().rows());
            site.backend().abt(dy, weight.value(), dx);
            Tensor xx = buffers.take("xx", input.rows(), input.columns());
            site.backend().times(input, input, xx);
            site.backend().times(dy, dy, dy);
            accumulate(xx, dy);
            return dx;
        }

        @Override
        public void accumulate(Tensor dy) {
            accumulate(input, dy);
        }

        private void accumulate(Tensor x, Tensor dy) {
            site.backend().addAtb(x, dy, weight.gradient());
            if (parameters.size() > 1) {
                site.backend().addColumnSums(dy, parameters.get(1).gradient());
            }
        }
    }
}
