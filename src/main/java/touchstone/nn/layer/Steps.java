package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Takes sequences apart: [n, steps * d], the steps of an example one after the other, to [n * steps, d]; the same numbers.
 * What follows works on each step, or, as {@link Gru} and {@link Attention}, along them.
 *
 * @param steps steps an example, 1 or more, dividing the inputs
 */
public record Steps(int steps) implements Layer.Spec {
    public Steps {
        Check.atLeast(steps, 1, "steps");
    }

    @Override
    public Layer build(int inputs, Site site) {
        if (inputs % steps != 0) {
            throw new IllegalArgumentException("steps must divide the inputs, were " + steps + " of " + inputs);
        }
        return new Built(steps, inputs / steps);
    }

    private record Built(int steps, int outputs) implements Layer {
        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return x.reshape(x.rows() * steps, outputs);
        }

        @Override
        public Tensor backward(Tensor dy) {
            return dy.reshape(dy.rows() / steps, outputs * steps);
        }
    }
}
