package touchstone.rlhf.policy;

import java.util.List;
import java.util.function.IntFunction;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Embedding;
import touchstone.util.Check;

/**
 * A softmax over the outputs of a network, in double: a table of logits with a row a state, or layers over features. It does not
 * change: a {@link PolicyDescent} trains a copy. Start values are uniform over the actions unless given.
 */
public final class SoftmaxPolicy implements Policy {
    private final Shape shape;
    private final Network network;

    /** How networks of one input and body are built for a number of outputs. */
    private record Shape(int inputs, IntFunction<List<Layer.Spec>> layers, long seed) {
        Network network(int outputs) {
            return Network.of(Cpu.doubles(1), seed, inputs, layers.apply(outputs));
        }
    }

    private SoftmaxPolicy(Shape shape, Network network) {
        this.shape = shape;
        this.network = network;
    }

    /** A table, uniform: a state is the vector of its number in [0, states) alone. */
    public static SoftmaxPolicy tabular(int states, int actions) {
        Check.atLeast(states, 1, "states");
        Check.atLeast(actions, 1, "actions");
        var shape = new Shape(1, outputs -> List.of(Embedding.of(states, outputs)), 1);
        Network network = shape.network(actions);
        zero(network);
        return new SoftmaxPolicy(shape, network);
    }

    /** A table of the given finite logits, [states, actions]. */
    public static SoftmaxPolicy tabular(double[][] logits) {
        Check.nonEmpty(logits.length, "logits");
        SoftmaxPolicy policy = tabular(logits.length, logits[0].length);
        Tensor table = policy.network.parameters().get(0).value();
        for (int s = 0; s < logits.length; s++) {
            Check.sameLength(logits[s].length, "logits[" + s + "]", table.columns(), "logits[0]");
            for (int a = 0; a < logits[s].length; a++) {
                table.set(s, a, Check.finite(logits[s][a], "logits[" + s + "][" + a + "]"));
            }
        }
        return policy;
    }

    /** One hidden layer of tanh over features; the last layer starts at zero, so that the policy is uniform. */
    public static SoftmaxPolicy mlp(int features, int hidden, int actions, long seed) {
        Check.atLeast(hidden, 1, "hidden");
        return of(features, List.of(Dense.of(hidden), Activate.tanh()), actions, seed);
    }

    /** Any layers over vectors of so many inputs, with a dense layer to the actions after them that starts at zero. */
    public static SoftmaxPolicy of(int inputs, List<Layer.Spec> body, int actions, long seed) {
        Check.atLeast(actions, 1, "actions");
        List<Layer.Spec> first = List.copyOf(body);
        var shape = new Shape(inputs, outputs -> with(first, Dense.of(outputs).withGain(0)), seed);
        return new SoftmaxPolicy(shape, shape.network(actions));
    }

    private static List<Layer.Spec> with(List<Layer.Spec> body, Layer.Spec head) {
        return java.util.stream.Stream.concat(body.stream(), java.util.stream.Stream.of(head))
                .toList();
    }

    private static void zero(Network network) {
        network.parameters().forEach(p -> network.backend().fill(p.value(), 0));
    }

    @Override
    public int actions() {
        return network.outputs();
    }

    @Override
    public synchronized double[][] logProbs(double[][] states) {
        return logProbs(network, states);
    }

    static double[][] logProbs(Network network, double[][] states) {
        Check.nonEmpty(states.length, "states");
        double[][] result = network.logits(network.tensor(states)).toMatrix();
        for (double[] row : result) {
            normalise(row);
        }
        return result;
    }

    /** Takes logits to log-probabilities, in place. */
    static void normalise(double[] row) {
        double most = Double.NEGATIVE_INFINITY;
        for (double z : row) {
            most = Math.max(most, z);
        }
        double sum = 0;
        for (double z : row) {
            sum += Math.exp(z - most);
        }
        double log = most + Math.log(sum);
        for (int a = 0; a < row.length; a++) {
            row[a] -= log;
        }
    }

    /** All parameters one after the other, row by row; a copy. */
    public double[] parameters() {
        return flat(network, false);
    }

    /** The same policy with other parameters, finite, as many as {@link #parameters()}. */
    public SoftmaxPolicy withParameters(double[] values) {
        Check.allFinite(values, "values");
        Check.sameLength(values.length, "values", parameters().length, "parameters");
        Network copy = shape.network(actions());
        int at = 0;
        for (Parameter p : copy.parameters()) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    p.value().set(i, j, values[at++]);
                }
            }
        }
        return new SoftmaxPolicy(shape, copy);
    }

    static double[] flat(Network network, boolean gradients) {
        var result = new double
                [network.parameters().stream().mapToInt(p -> p.value().size()).sum()];
        int at = 0;
        for (Parameter p : network.parameters()) {
            Tensor x = gradients ? p.gradient() : p.value();
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    result[at++] = x.get(i, j);
                }
            }
        }
        return result;
    }

    /** A copy of the network that may be trained. */
    Network trainable() {
        return withParameters(parameters()).network;
    }

    /** The policy of this shape over a copy of a network that was trained. */
    SoftmaxPolicy frozen(Network trained) {
        return withParameters(flat(trained, false));
    }

    /** A network of one output over the same states, which says 0 everywhere: the start of a value function. */
    Network critic() {
        Network critic = shape.network(1);
        critic.head().forEach(p -> critic.backend().fill(p.value(), 0));
        return critic;
    }
}
