package touchstone.nn;

import java.util.List;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * A network: layers from inputs to outputs. Its features are the inputs of its last layer, its logits the outputs of that. It
 * holds buffers, so it serves one thread at a time.
 *
 * <p>Example: {@code Network.of(Backends.floats(), 1, 64, Dense.of(100), Activate.relu(), Dense.of(10))}.
 */
public final class Network {
    private final Backend backend;
    private final int inputs;
    private final List<Layer.Spec> specs;
    private final Chain chain;
    private final Buffers buffers;
    private final Traffic traffic;

    private Network(Backend backend, long seed, int inputs, List<Layer.Spec> specs, Traffic traffic) {
        this.traffic = traffic;
        this.backend = backend;
        this.inputs = Check.atLeast(inputs, 1, "inputs");
        this.specs = List.copyOf(specs);
        Check.nonEmpty(specs.size(), "layers");
        this.chain = Chain.build(inputs, this.specs, new Site(backend, "", seed));
        this.buffers = new Buffers(backend);
    }

    /** Builds a network; equal seeds give equal first weights. */
    public static Network of(Backend backend, long seed, int inputs, Layer.Spec... layers) {
        return of(backend, seed, inputs, List.of(layers));
    }

    /** Builds a network from a list of layers. */
    public static Network of(Backend backend, long seed, int inputs, List<Layer.Spec> layers) {
        return new Network(backend, seed, inputs, layers, new Traffic());
    }

    /** A network of the same layers that holds a copy of the parameters: a frozen teacher, or a reference. Their traffic is one. */
    public Network copy() {
        var copy = new Network(backend, 0, inputs, specs, traffic);
        for (int i = 0; i < parameters().size(); i++) {
            Tensor to = copy.parameters().get(i).value();
            backend.fill(to, 0);
            backend.add(1, parameters().get(i).value(), to);
        }
        return copy;
    }

    public Backend backend() {
        return backend;
    }

    /** Columns of the inputs. */
    public int inputs() {
        return inputs;
    }

    /** Columns of the outputs. */
    public int outputs() {
        return chain.outputs();
    }

    /** The network in words: inputs and layers with their options. */
    public String architecture() {
        return inputs + " -> " + specs;
    }

    /** All parameters in a fixed order. */
    public List<Parameter> parameters() {
        return chain.parameters();
    }

    /** The layers in place, in order. */
    public List<Layer> layers() {
        return chain.layers();
    }

    /** Number of trained numbers. */
    public int trainedSize() {
        return parameters().stream()
                .filter(Parameter::trained)
                .mapToInt(p -> p.value().size())
                .sum();
    }

    /** What went through this network and its copies so far. */
    public Traffic traffic() {
        return traffic;
    }

    /** A batch as a tensor of the backend, [n, d]. */
    public Tensor tensor(double[][] rows) {
        Tensor x = backend.zeros(rows.length, rows.length == 0 ? 0 : rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != x.columns()) {
                Check.sameLength(rows[i].length, "rows[" + i + "]", x.columns(), "rows[0]");
            }
            for (int j = 0; j < rows[i].length; j++) {
                if (!Double.isFinite(rows[i][j])) { // the name is put together for a failure only
                    Check.finite(rows[i][j], "rows[" + i + "][" + j + "]");
                }
                x.set(i, j, rows[i][j]);
            }
        }
        return x;
    }

    /** The outputs for x [n, inputs]; they hold until the next pass. */
    public Tensor forward(Tensor x, Pass pass) {
        traffic.forward(x.rows());
        return chain.forward(x.demandColumns(inputs, "x"), pass);
    }

    /** The logits without dropout. */
    public Tensor logits(Tensor x) {
        return forward(x, Pass.evaluation());
    }

    /** The inputs of the last layer, without dropout: [n, width of the layer before]. */
    public Tensor features(Tensor x) {
        traffic.forward(x.rows());
        return chain.body().forward(x.demandColumns(inputs, "x"), Pass.evaluation());
    }

    /** The last layer's parameters: of a dense one the weight [features, classes] and the bias [1, classes]. */
    public List<Parameter> head() {
        return layers().get(layers().size() - 1).parameters();
    }

    /** Sets all gradients to zero. */
    public void clearGradients() {
        parameters().forEach(p -> backend.fill(p.gradient(), 0));
    }

    /** Passes forward and back: adds the loss's gradient to the parameters'; returns the loss. */
    public double accumulate(Tensor x, int[] examples, Loss loss, Pass pass) {
        Tensor y = forward(x, pass);
        Tensor dy = buffers.take("dy", y.rows(), y.columns());
        backend.fill(dy, 0);
        double value = loss.add(y, examples, 1, dy);
        traffic.backward(y.rows());
        chain.accumulate(dy);
        return value;
    }

    /**
     * Adds to the parameters' gradients, for each row, the squares of that row's own gradient, without dropout. Whether all layers can
     * do that for many rows at once is {@link #rowByRow}.
     *
     * @param loss whose gradient by a row of the outputs belongs to that row alone
     */
    void accumulateSquares(Tensor x, int[] examples, Loss loss) {
        Tensor y = forward(x, Pass.evaluation());
        Tensor dy = buffers.take("dy", y.rows(), y.columns());
        backend.fill(dy, 0);
        loss.add(y, examples, 1, dy);
        traffic.backward(y.rows());
        chain.backwardSquares(dy);
    }

    /** Whether each row of the outputs depends on the same row of the inputs alone, in all layers. */
    boolean rowByRow() {
        return chain.rowByRow();
    }

    /** Adds the gradient of a loss of the features, in which the last layer has no part; returns the loss. */
    public double accumulateFeatures(Tensor x, int[] examples, Loss loss, Pass pass) {
        Chain body = chain.body();
        traffic.forward(x.rows());
        Tensor h = body.forward(x.demandColumns(inputs, "x"), pass);
        Tensor dh = buffers.take("dh", h.rows(), h.columns());
        backend.fill(dh, 0);
        double value = loss.add(h, examples, 1, dh);
        traffic.backward(h.rows());
        body.accumulate(dh);
        return value;
    }

    /**
     * Gradient of a loss by the inputs, [n, inputs], without dropout; it holds until the next pass. Adds to the parameters'
     * gradients as well.
     */
    public Tensor inputGradient(Tensor x, int[] examples, Loss loss) {
        Tensor y = forward(x, Pass.evaluation());
        Tensor dy = buffers.take("dy", y.rows(), y.columns());
        backend.fill(dy, 0);
        loss.add(y, examples, 1, dy);
        traffic.backward(y.rows());
        return chain.backward(dy);
    }

    /** The loss of a batch without dropout; gradients stay as they are. */
    public double loss(Tensor x, int[] examples, Loss loss) {
        Tensor y = logits(x);
        return loss.add(y, examples, 1, buffers.take("dy", y.rows(), y.columns()));
    }
}
