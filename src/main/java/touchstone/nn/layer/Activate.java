package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Activation;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;

/**
 * A function of each element; the shape stays.
 *
 * @param f the function
 */
public record Activate(Activation f) implements Layer.Spec {
    public static Activate relu() {
        return new Activate(Activation.RELU);
    }

    public static Activate gelu() {
        return new Activate(Activation.GELU);
    }

    public static Activate tanh() {
        return new Activate(Activation.TANH);
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(f, inputs, site);
    }

    private static final class Built implements Layer {
        private final Activation f;
        private final Site site;
        private final Buffers buffers;
        private Tensor input;

        Built(Activation f, int inputs, Site site) {
            this.f = f;
            this.site = site;
            buffers = site.buffers();
            input = buffers.take("x", 0, inputs);
        }

        @Override
        public int outputs() {
            return input.columns();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public boolean rowByRow() {
            return true;
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            input = x;
            Tensor y = buffers.take("y", x.rows(), x.columns());
            site.backend().activate(f, x, y);
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            site.backend().activateGradient(f, input, dy, dy);
            return dy;
        }
    }
}
