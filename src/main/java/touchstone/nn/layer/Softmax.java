package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;

/** Softmax of each row, [n, d] to [n, d]. Not for the end of a classifier: cross-entropy takes logits. */
public record Softmax() implements Layer.Spec {
    @Override
    public Layer build(int inputs, Site site) {
        return new Built(inputs, site);
    }

    private static final class Built implements Layer {
        private final Site site;
        private final Buffers buffers;
        private Tensor output;

        Built(int inputs, Site site) {
            this.site = site;
            buffers = site.buffers();
            output = buffers.take("y", 0, inputs);
        }

        @Override
        public int outputs() {
            return output.columns();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            output = buffers.take("y", x.rows(), x.columns());
            site.backend().softmax(x, output);
            return output;
        }

        @Override
        public Tensor backward(Tensor dy) {
            site.backend().softmaxGradient(output, dy, dy);
            return dy;
        }
    }
}
