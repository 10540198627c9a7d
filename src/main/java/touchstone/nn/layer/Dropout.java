package touchstone.nn.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Dropout: in training each number is set to 0 with the given probability and else divided by the probability of staying; out of
 * training nothing happens, but in a sampling pass. The mask comes from the pass's seed and step and the layer's name.
 *
 * <p>Differs from the paper: scaled while training instead of afterwards, as is usual.
 *
 * @param probability of being dropped, in [0, 1)
 */
@Reference("srivastava2014dropout")
public record Dropout(double probability) implements Layer.Spec {
    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must lie in [0, 1), was " + probability);
        }
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(probability, inputs, site);
    }

    private static final class Built implements Layer {
        private final double probability;
        private final int inputs;
        private final String name;
        private final Backend backend;
        private final Buffers buffers;
        private boolean dropping;

        Built(double probability, int inputs, Site site) {
            this.probability = probability;
            this.inputs = inputs;
            this.name = site.name();
            backend = site.backend();
            buffers = site.buffers();
        }

        @Override
        public int outputs() {
            return inputs;
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
            dropping = pass.dropout() && probability > 0;
            if (!dropping) {
                return x;
            }
            Tensor mask = buffers.take("mask", x.rows(), x.columns());
            RandomGenerator rng = Seeds.rng(pass.seed(), name, pass.step());
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    mask.set(i, j, rng.nextDouble() < probability ? 0 : 1 / (1 - probability));
                }
            }
            Tensor y = buffers.take("y", x.rows(), x.columns());
            backend.times(x, mask, y);
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            if (dropping) {
                backend.times(dy, buffers.take("mask", dy.rows(), dy.columns()), dy);
            }
            return dy;
        }
    }
}
