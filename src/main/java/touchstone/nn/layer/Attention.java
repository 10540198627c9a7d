package touchstone.nn.layer;

import java.util.ArrayList;
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
 * Self-attention of several heads, [n * steps, d] to [n * steps, d]: queries, keys and values of each position are
 * {@code x W}, W [d, 3 d]; each head mixes values by {@code softmax(Q K^T / sqrt(d / heads))} over the positions of the same
 * example; a last matrix [d, d] joins the heads. Follows the paper; no biases.
 *
 * @param heads dividing d, 1 or more
 * @param steps positions an example, 1 or more
 * @param causal whether a position sees only itself and those before it
 */
@Reference("vaswani2017attention")
public record Attention(int heads, int steps, boolean causal) implements Layer.Spec {
    public Attention {
        Check.atLeast(heads, 1, "heads");
        Check.atLeast(steps, 1, "steps");
    }

    @Override
    public Layer build(int inputs, Site site) {
        if (inputs % heads != 0) {
            throw new IllegalArgumentException("heads must divide the inputs, were " + heads + " of " + inputs);
        }
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final Backend.Heads heads;
        private final Backend backend;
        private final Buffers buffers;
        private final Layer project;
        private final Layer join;
        private Tensor projected;
        private Tensor weights;

        Built(Attention options, int inputs, Site site) {
            heads = new Backend.Heads(options.heads, options.steps, options.causal);
            backend = site.backend();
            buffers = site.buffers();
            Dense plain = Dense.of(inputs).withBias(false);
            project = new Dense(3 * inputs, false, 1).build(inputs, site.child("project"));
            join = plain.build(inputs, site.child("join"));
            projected = buffers.take("projected", 0, 3 * inputs);
            weights = buffers.take("weights", 0, options.steps);
        }

        @Override
        public int outputs() {
            return join.outputs();
        }

        @Override
        public List<Parameter> parameters() {
            var all = new ArrayList<>(project.parameters());
            all.addAll(join.parameters());
            return List.copyOf(all);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            if (x.rows() % heads.steps() != 0) {
                throw new IllegalArgumentException(
                        "rows must be a multiple of the " + heads.steps() + " steps, were " + x.rows());
            }
            projected = project.forward(x, pass);
            weights = buffers.take("weights", x.rows() * heads.count(), heads.steps());
            Tensor mixed = buffers.take("mixed", x.rows(), x.columns());
            backend.attention(heads, projected, weights, mixed);
            return join.forward(mixed, pass);
        }

        @Override
        public Tensor backward(Tensor dy) {
            Tensor mixed = join.backward(dy);
            Tensor dx = buffers.take("dprojected", projected.rows(), projected.columns());
            backend.attentionGradient(heads, projected, weights, mixed, dx);
            return project.backward(dx);
        }
    }
}
