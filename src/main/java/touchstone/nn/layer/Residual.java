package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Chain;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;

/**
 * {@code y = x + f(x)}, with f layers that keep the shape.
 *
 * @param layers f, one after another
 */
public record Residual(List<Layer.Spec> layers) implements Layer.Spec {
    public Residual {
        layers = List.copyOf(layers);
    }

    public static Residual of(Layer.Spec... layers) {
        return new Residual(List.of(layers));
    }

    @Override
    public Layer build(int inputs, Site site) {
        Chain chain = Chain.build(inputs, layers, site);
        if (chain.outputs() != inputs) {
            throw new IllegalArgumentException(
                    "layers must give the " + inputs + " columns they take, gave " + chain.outputs());
        }
        return new Built(chain, site);
    }

    private static final class Built implements Layer {
        private final Chain chain;
        private final Backend backend;
        private final Buffers buffers;

        Built(Chain chain, Site site) {
            this.chain = chain;
            backend = site.backend();
            buffers = site.buffers();
        }

        @Override
        public int outputs() {
            return chain.outputs();
        }

        @Override
        public List<Parameter> parameters() {
            return chain.parameters();
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            Tensor y = copy(chain.forward(x, pass), "y");
            backend.add(1, x, y);
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            Tensor dx = copy(dy, "dx");
            backend.add(1, chain.backward(dy), dx);
            return dx;
        }

        private Tensor copy(Tensor x, String name) {
            Tensor to = buffers.take(name, x.rows(), x.columns());
            backend.fill(to, 0);
            backend.add(1, x, to);
            return to;
        }
    }
}
