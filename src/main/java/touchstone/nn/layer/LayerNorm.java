package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Layer norm: {@code y = g (x - mean) / sqrt(variance + epsilon) + b}, mean and variance (over d) of each row; g and b [1, d]
 * are trained and start at 1 and 0. Follows the paper.
 *
 * @param epsilon above 0
 */
@Reference("ba2016layer")
public record LayerNorm(double epsilon) implements Layer.Spec {
    public LayerNorm {
        Check.positive(epsilon, "epsilon");
    }

    /** Epsilon 1e-5. */
    public static LayerNorm defaults() {
        return new LayerNorm(1e-5);
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(epsilon, inputs, site);
    }

    private static final class Built implements Layer {
        private final double epsilon;
        private final Backend backend;
        private final Buffers buffers;
        private final Parameter gain;
        private final Parameter bias;
        private Tensor normal;
        private Tensor inverse;

        Built(double epsilon, int inputs, Site site) {
            this.epsilon = epsilon;
            backend = site.backend();
            buffers = site.buffers();
            gain = site.plain("gain", inputs, 1);
            bias = site.plain("bias", inputs, 0);
            normal = buffers.take("normal", 0, inputs);
            inverse = buffers.take("inverse", 0, 1);
        }

        @Override
        public int outputs() {
            return gain.value().columns();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(gain, bias);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            normal = buffers.take("normal", x.rows(), x.columns());
            inverse = buffers.take("inverse", x.rows(), 1);
            backend.normaliseRows(x, epsilon, normal, inverse);
            Tensor y = buffers.take("y", x.rows(), x.columns());
            backend.timesRow(normal, gain.value(), y);
            backend.addRow(bias.value(), y);
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            backend.addColumnSums(dy, bias.gradient());
            backend.addColumnDots(dy, normal, gain.gradient());
            backend.timesRow(dy, gain.value(), dy);
            backend.normaliseRowsGradient(normal, inverse, dy, dy);
            return dy;
        }
    }
}
