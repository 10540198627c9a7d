package touchstone.rlhf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Check;

/** A trained network that gives each row one number: a reward, higher is better, or a cost, higher is worse. Immutable. */
public final class ScalarNetwork {
    private static final Backend BACKEND =
            Cpu.floats(1); // networks here are small: a second thread costs more than it saves

    private final List<Layer.Spec> layers;
    private final int inputs;
    private final List<double[][]> weights = new ArrayList<>();

    private ScalarNetwork(List<Layer.Spec> layers, Network trained) {
        this.layers = layers;
        this.inputs = trained.inputs();
        List<Parameter> parameters = trained.parameters();
        int own = build(layers, inputs, 0).parameters().size(); // a trained network may have layers behind these
        parameters.subList(0, own).forEach(p -> weights.add(p.value().toMatrix()));
    }

    /** The first layers of a trained network. */
    static ScalarNetwork of(List<Layer.Spec> layers, Network trained) {
        return new ScalarNetwork(layers, trained);
    }

    /** A network to train; its head must give one number a row. */
    static Network build(List<Layer.Spec> layers, int inputs, long seed) {
        Network network = Network.of(BACKEND, seed, inputs, layers);
        if (network.outputs() != 1) {
            throw new IllegalArgumentException("the head must give one number a row, gave " + network.outputs()
                    + ": a reward or a cost is a number, not a class; end the layers with Dense.of(1)");
        }
        return network;
    }

    /** Rows of two sides, one behind the other: row 2i is the first side of pair i, row 2i + 1 the second; [2n, d]. */
    static double[][] interleaved(double[][] first, String nameOfFirst, double[][] second, String nameOfSecond) {
        Check.sameLength(first.length, nameOfFirst, second.length, nameOfSecond);
        if (first.length < 2) {
            throw new IllegalArgumentException(nameOfFirst + " must hold at least 2 pairs, held " + first.length
                    + ": any direction that puts a single pair in order fits it");
        }
        var rows = new double[2 * first.length][];
        boolean differ = false;
        for (int i = 0; i < first.length; i++) {
            Check.sameLength(first[i].length, nameOfFirst + "[" + i + "]", first[0].length, nameOfFirst + "[0]");
            Check.sameLength(second[i].length, nameOfSecond + "[" + i + "]", first[0].length, nameOfFirst + "[0]");
            rows[2 * i] = first[i];
            rows[2 * i + 1] = second[i];
            differ |= !Arrays.equals(first[i], second[i]);
        }
        if (!differ) {
            throw new IllegalArgumentException(
                    nameOfFirst + " and " + nameOfSecond + " must differ: the features of all " + first.length
                            + " pairs are identical on both sides, so nothing can be learnt");
        }
        return rows;
    }

    /** One number a row of features [n, d], [n]. */
    public double[] of(double[][] rows) {
        Check.nonEmpty(rows.length, "rows");
        Network network = build(layers, inputs, 0);
        List<Parameter> parameters = network.parameters();
        for (int k = 0; k < weights.size(); k++) {
            Tensor to = parameters.get(k).value();
            double[][] from = weights.get(k);
            for (int i = 0; i < from.length; i++) {
                for (int j = 0; j < from[i].length; j++) {
                    to.set(i, j, from[i][j]);
                }
            }
        }
        Tensor out = network.logits(network.tensor(rows));
        var numbers = new double[rows.length];
        Arrays.setAll(numbers, i -> out.get(i, 0));
        return numbers;
    }

    /** The numbers of the first side less those of the second, [n]. */
    public double[] margins(double[][] first, double[][] second) {
        double[] a = of(first);
        double[] b = of(second);
        Check.sameLength(a.length, "first", b.length, "second");
        Arrays.setAll(a, i -> a[i] - b[i]);
        return a;
    }

    @Override
    public String toString() {
        return "ScalarNetwork[" + inputs + " -> " + layers + "]";
    }
}
