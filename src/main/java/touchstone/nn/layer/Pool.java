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

/**
 * Pooling by channel: images [n, height * width * channels] to [n, down * across * channels]. The largest number takes the
 * whole gradient, the first of equals; padding never wins. A mean divides by kernel x kernel, padding included.
 *
 * @param window how the window walks
 * @param kind largest or mean
 */
public record Pool(Window window, Kind kind) implements Layer.Spec {
    /** What is made of the numbers under the window. */
    public enum Kind {
        MAX,
        AVERAGE
    }

    public static Pool max(Window window) {
        return new Pool(window, Kind.MAX);
    }

    public static Pool average(Window window) {
        return new Pool(window, Kind.AVERAGE);
    }

    @Override
    public Layer build(int inputs, Site site) {
        Convolution.demand(window, inputs);
        return new Built(this, site);
    }

    private static final class Built implements Layer {
        private final Window window;
        private final Kind kind;
        private final Backend backend;
        private final Buffers buffers;

        Built(Pool options, Site site) {
            window = options.window;
            kind = options.kind;
            backend = site.backend();
            buffers = site.buffers();
        }

        @Override
        public int outputs() {
            return window.down() * window.across() * window.channels();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            Tensor y = buffers.take("y", x.rows(), outputs());
            if (kind == Kind.MAX) {
                backend.maxPool(window, x, y, buffers.take("places", x.rows(), outputs()));
            } else {
                backend.averagePool(window, x, y);
            }
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            Tensor dx = buffers.take("dx", dy.rows(), window.inputs());
            if (kind == Kind.MAX) {
                backend.maxPoolGradient(buffers.take("places", dy.rows(), outputs()), dy, dx);
            } else {
                backend.averagePoolGradient(window, dy, dx);
            }
            return dx;
        }
    }
}
