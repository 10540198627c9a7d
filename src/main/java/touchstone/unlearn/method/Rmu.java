package touchstone.unlearn.method;

import java.util.List;
import touchstone.nn.Parameter;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.HiddenDistance;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Representation misdirection: pulls the forget set's hidden vectors to one random control vector and holds those of the rest where they
 * were, {@code gamma mse(h, c u / |u|)(forget) + alpha mse(h, h_ref)(retain)}.
 *
 * <p>Differs from the paper: the layer is the last hidden one, and all parameters below it move.
 *
 * @param length c, of the control vector, above 0
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("li2024wmdp")
public record Rmu(double length, double gamma, double alpha) implements Objective {
    public Rmu {
        Check.positive(length, "length");
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Length 20, weights 1 and 100; published settings run from 2 to 300 and from 1 to 1200, by model: tune them. */
    public static Rmu defaults() {
        return new Rmu(20, 1, 100);
    }

    @Override
    public List<Term> terms(Task task) {
        Examples gone = task.forget();
        Examples kept = task.retain();
        double[][] before = features(task.reference(), kept);
        double[] control = HiddenDistance.control(before[0].length, length, Seeds.rng(task.seed(), "rmu"));
        return List.of(
                Term.hidden(gone, HiddenDistance.toVector(gone.targets(), control), gamma),
                Term.hidden(kept, HiddenDistance.toRows(kept.targets(), before), alpha));
    }

    private static double[][] features(ForgetModel model, Examples data) {
        long weights = model.parameters().stream()
                .filter(p -> p.kind() == Parameter.Kind.WEIGHT)
                .count();
        if (weights < 2) {
            throw new IllegalArgumentException(
                    "RMU needs a model with a hidden layer, had one of " + weights + " weight matrices");
        }
        return model.features(data.tensor(model.backend())).toMatrix();
    }
}
