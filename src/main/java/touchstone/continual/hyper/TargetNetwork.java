package touchstone.continual.hyper;

import java.util.List;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;

/** A network whose weights come from outside, as one row: weights and biases in the network's order, row by row. */
final class TargetNetwork {
    private final Network network;
    private final List<Parameter> trained;

    TargetNetwork(Network network) {
        this.network = network;
        this.trained = network.parameters().stream().filter(Parameter::trained).toList();
    }

    int size() {
        return network.trainedSize();
    }

    Network network() {
        return network;
    }

    /** The weights in use, [size]. */
    double[] weights() {
        var out = new double[size()];
        int at = 0;
        for (Parameter p : trained) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    out[at++] = p.value().get(i, j);
                }
            }
        }
        return out;
    }

    /** Takes the weights of a row of a tensor. */
    void take(Tensor rows, int row) {
        int at = 0;
        for (Parameter p : trained) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    p.value().set(i, j, rows.get(row, at++));
                }
            }
        }
    }

    /** Adds the gradient of a loss by the weights in use to a row of a tensor; returns the loss. */
    double accumulate(Tensor x, int[] examples, Loss loss, Tensor gradient, int row) {
        network.clearGradients();
        double value = network.accumulate(x, examples, loss, Pass.evaluation());
        int at = 0;
        for (Parameter p : trained) {
            for (int i = 0; i < p.gradient().rows(); i++) {
                for (int j = 0; j < p.gradient().columns(); j++, at++) {
                    gradient.set(row, at, gradient.get(row, at) + p.gradient().get(i, j));
                }
            }
        }
        return value;
    }
}
