package touchstone.unlearn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.PerExample;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * A network of touchstone.nn with one row of outputs an example or a step: a linear model where its only layer is dense. Its features
 * are the inputs of its last layer.
 */
public final class NetworkModel implements ForgetModel {
    private final Network network;
    private final int steps;
    private final LongFunction<Network> make;

    private NetworkModel(Network network, int steps, LongFunction<Network> make) {
        this.network = network;
        this.steps = steps;
        this.make = make;
    }

    /** An untrained classifier: {@code make} builds the network from a seed of its first weights. */
    public static NetworkModel of(LongFunction<Network> make, long seed) {
        return sequences(make, seed, 1);
    }

    /** An untrained model that gives so many rows of outputs an example. */
    public static NetworkModel sequences(LongFunction<Network> make, long seed, int steps) {
        return new NetworkModel(make.apply(seed), Check.atLeast(steps, 1, "steps"), make);
    }

    /** The network itself, which training changes. */
    public Network network() {
        return network;
    }

    @Override
    public Backend backend() {
        return network.backend();
    }

    @Override
    public List<Parameter> parameters() {
        return network.parameters();
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public Tensor logits(Tensor x) {
        return network.logits(x);
    }

    @Override
    public Tensor features(Tensor x) {
        return network.features(x);
    }

    @Override
    public List<double[][]> layers(Tensor x) {
        var all = new ArrayList<double[][]>();
        Tensor y = x.demandColumns(network.inputs(), "x");
        for (Layer layer : network.layers()) {
            y = layer.forward(y, Pass.evaluation());
            all.add(y.toMatrix());
        }
        return all;
    }

    @Override
    public double accumulate(Tensor x, int[] examples, Loss loss, Pass pass) {
        return network.accumulate(x, examples, loss, pass);
    }

    @Override
    public double accumulateFeatures(Tensor x, int[] examples, Loss loss, Pass pass) {
        return network.accumulateFeatures(x, examples, loss, pass);
    }

    @Override
    public double[] squaredGradients(Tensor x, int[] examples, Loss loss) {
        return PerExample.sumOfSquares(network, x, examples, loss);
    }

    @Override
    public NetworkModel copy() {
        return new NetworkModel(network.copy(), steps, make);
    }

    @Override
    public NetworkModel fresh(long seed) {
        return sequences(make, seed, steps);
    }
}
