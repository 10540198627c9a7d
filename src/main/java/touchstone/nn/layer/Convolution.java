package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.nn.Window;
import touchstone.util.Check;

/**
 * Convolution (without flipping the kernel, as is usual): images [n, height * width * channels], channels last, to [n, down *
 * across * filters]. The patches under the window are laid out as rows and multiplied by W [kernel * kernel * channels,
 * filters]. First weights are normal with deviation {@code gain / sqrt(patch)}; the bias starts at 0.
 *
 * @param window how the kernel walks
 * @param filters channels of the outputs, 1 or more
 * @param gain as in {@link Dense}
 */
public record Convolution(Window window, int filters, double gain) implements Layer.Spec {
    public Convolution {
        Check.atLeast(filters, 1, "filters");
        Check.notNegative(gain, "gain");
    }

    /** With the gain for a ReLU after, root 2. */
    public static Convolution of(Window window, int filters) {
        return new Convolution(window, filters, Math.sqrt(2));
    }

    @Override
    public Layer build(int inputs, Site site) {
        demand(window, inputs);
        return new Built(this, site);
    }

    static void demand(Window window, int inputs) {
        if (window.inputs() != inputs) {
            throw new IllegalArgumentException(
                    "window must be of images of " + inputs + " numbers, was of " + window.inputs() + ": " + window);
        }
    }

    private static final class Built implements Layer {
        private final Window window;
        private final int filters;
        private final Backend backend;
        private final Buffers buffers;
        private final Parameter weight;
        private final Parameter bias;
        private Tensor patches;

        Built(Convolution options, Site site) {
            window = options.window;
            filters = options.filters;
            backend = site.backend();
            buffers = site.buffers();
            weight = site.normal("weight", window.patch(), filters, options.gain / Math.sqrt(window.patch()));
            bias = site.plain("bias", filters, 0);
            patches = buffers.take("patches", 0, window.patch());
        }

        @Override
        public int outputs() {
            return window.down() * window.across() * filters;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight, bias);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            int rows = x.rows() * window.down() * window.across();
            patches = buffers.take("patches", rows, window.patch());
            backend.unfold(window, x, patches);
            Tensor y = buffers.take("y", rows, filters);
            backend.ab(patches, weight.value(), y);
            backend.addRow(bias.value(), y);
            return y.reshape(x.rows(), outputs());
        }

        @Override
        public Tensor backward(Tensor dy) {
            accumulate(dy);
            Tensor back = buffers.take("dpatches", patches.rows(), window.patch());
            backend.abt(dy.reshape(patches.rows(), filters), weight.value(), back);
            Tensor dx = buffers.take("dx", dy.rows(), window.inputs());
            backend.fold(window, back, dx);
            return dx;
        }

        @Override
        public void accumulate(Tensor dy) {
            Tensor places = dy.reshape(patches.rows(), filters);
            backend.addAtb(patches, places, weight.gradient());
            backend.addColumnSums(places, bias.gradient());
        }
    }
}
