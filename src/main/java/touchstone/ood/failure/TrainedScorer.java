package touchstone.ood.failure;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** A trained scorer of rollouts. Immutable; scores at a step depend on that step and those before it. */
public final class TrainedScorer {
    private final SequenceScorer options;
    private final Scaling scaling;
    private final List<double[][]> weights = new ArrayList<>();

    TrainedScorer(SequenceScorer options, Scaling scaling, Network network) {
        this.options = options;
        this.scaling = scaling;
        network.parameters().forEach(p -> weights.add(p.value().toMatrix()));
    }

    static int longest(List<Rollout> rollouts) {
        return rollouts.stream().mapToInt(Rollout::length).max().orElse(0);
    }

    /**
     * The score of each step of each rollout, [n][its steps], in (0, 1); higher means more likely to fail.
     *
     * @param rollouts of the training rollouts' width and any length
     */
    public double[][] curves(List<Rollout> rollouts) {
        Check.nonEmpty(rollouts.size(), "rollouts");
        int steps = longest(rollouts);
        Network network = options.network(scaling.width(), steps);
        List<Parameter> parameters = network.parameters();
        for (int k = 0; k < weights.size(); k++) {
            set(parameters.get(k).value(), weights.get(k));
        }
        Tensor logits = network.logits(network.tensor(scaling.padded(rollouts, steps)));
        var curves = new double[rollouts.size()][];
        for (int i = 0; i < curves.length; i++) {
            curves[i] = new double[rollouts.get(i).length()];
            double sum = 0;
            for (int t = 0; t < curves[i].length; t++) {
                double p = RolloutLoss.logistic(logits.get(i * steps + t, 0));
                sum += p;
                curves[i][t] = options.kind() == SequenceScorer.Kind.MLP ? sum / (t + 1) : p;
            }
        }
        return curves;
    }

    private static void set(Tensor tensor, double[][] values) {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                tensor.set(i, j, values[i][j]);
            }
        }
    }

    @Override
    public String toString() {
        return "TrainedScorer[" + options + "]";
    }
}
