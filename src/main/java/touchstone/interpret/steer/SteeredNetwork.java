package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** A network that is steered after some of its layers; inputs are rows, [n, inputs]. It keeps a copy of the network. */
public final class SteeredNetwork implements Steerable<double[][]> {
    private static final Pass PLAIN = Pass.evaluation();

    private final Network network;
    private final List<Integer> after;
    private final List<Integer> widths;

    private SteeredNetwork(Network network, List<Integer> after) {
        this.network = network.copy();
        this.after = List.copyOf(after);
        Check.nonEmpty(after.size(), "layers to steer after");
        for (int p = 0; p < after.size(); p++) {
            Check.index(after.get(p), network.layers().size(), "layer to steer after");
            if (p > 0 && after.get(p) <= after.get(p - 1)) {
                throw new IllegalArgumentException("layers to steer after must rise, were " + after);
            }
        }
        widths = after.stream().map(l -> network.layers().get(l).outputs()).toList();
    }

    /** A network steered after its layers of these numbers, from 0, rising. */
    public static SteeredNetwork of(Network network, Integer... after) {
        return new SteeredNetwork(network, List.of(after));
    }

    @Override
    public List<Integer> widths() {
        return widths;
    }

    @Override
    public List<double[][]> activations(double[][] inputs, Steering steering) {
        return run(inputs, steering).after;
    }

    /** The outputs of the steered network, [n, outputs]. */
    public double[][] outputs(double[][] inputs, Steering steering) {
        return run(inputs, steering).outputs.toMatrix();
    }

    /** The activations at each place before and after its map, and the outputs. */
    private static final class Run {
        private final List<double[][]> before = new ArrayList<>();
        private final List<double[][]> after = new ArrayList<>();
        private Tensor outputs;

        Run(Tensor inputs) {
            outputs = inputs;
        }
    }

    private Run run(double[][] inputs, Steering steering) {
        steering.demandFits(widths);
        var run = new Run(network.tensor(inputs).demandColumns(network.inputs(), "inputs"));
        for (int l = 0; l < network.layers().size(); l++) {
            run.outputs = network.layers().get(l).forward(run.outputs, PLAIN);
            int place = after.indexOf(l);
            if (place >= 0) {
                double[][] rows = run.outputs.toMatrix();
                run.before.add(Units.copy(rows));
                for (double[] row : rows) {
                    steering.maps().get(place).apply(row);
                }
                run.after.add(rows);
                run.outputs = network.tensor(rows);
            }
        }
        return run;
    }

    @Override
    public Slopes slopes(double[][] inputs, Steering steering, ActivationLoss loss) {
        List<AffineMap> maps = steering.affine();
        Run run = run(inputs, steering);
        List<double[][]> slopes =
                run.after.stream().map(a -> new double[a.length][a[0].length]).toList();
        double value = loss.add(run.after, slopes);
        var scale = new ArrayList<double[]>();
        var shift = new ArrayList<double[]>();
        widths.forEach(w -> scale.add(new double[w]));
        widths.forEach(w -> shift.add(new double[w]));
        int last = after.get(after.size() - 1);
        var d = new double[inputs.length][widths.get(widths.size() - 1)];
        Tensor dx = network.tensor(d);
        for (int l = last; l >= 0; l--) {
            int place = after.indexOf(l);
            if (place >= 0) {
                double[][] rows = dx.toMatrix();
                pull(
                        rows,
                        slopes.get(place),
                        run.before.get(place),
                        maps.get(place),
                        scale.get(place),
                        shift.get(place));
                dx = network.tensor(rows);
            }
            Layer layer = network.layers().get(l);
            dx = layer.backward(dx);
        }
        return new Slopes(value, scale, shift);
    }

    private static void pull(
            double[][] d, double[][] slopes, double[][] before, AffineMap map, double[] scale, double[] shift) {
        double[] factor = map.scale();
        for (int i = 0; i < d.length; i++) {
            for (int j = 0; j < d[i].length; j++) {
                double g = d[i][j] + slopes[i][j];
                scale[j] += g * before[i][j];
                shift[j] += g;
                d[i][j] = g * factor[j];
            }
        }
    }
}
