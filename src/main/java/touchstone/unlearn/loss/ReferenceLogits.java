package touchstone.unlearn.loss;

import java.util.Arrays;
import touchstone.util.Check;

/** What a frozen model says of all examples of a set: logits, a row a place. Immutable. */
public final class ReferenceLogits {
    private final double[][] rows;

    private ReferenceLogits(double[][] rows) {
        this.rows = rows;
    }

    /** From logits [n * steps, c]; copied. */
    public static ReferenceLogits of(double[][] logits) {
        Check.nonEmpty(logits.length, "reference logits");
        return new ReferenceLogits(Arrays.stream(logits).map(double[]::clone).toArray(double[][]::new));
    }

    /** Log-probabilities at a place, over a temperature, for a model of so many classes. */
    double[] logP(int place, int classes, double temperature) {
        return LogSoftmax.of(scaled(place, classes, temperature));
    }

    /** A copy of the logits at a place over a temperature. */
    double[] scaled(int place, int classes, double temperature) {
        double[] row = rows[Check.index(place, rows.length, "place in the reference logits")];
        if (row.length != classes) {
            throw new IllegalArgumentException(
                    "the reference model must have the model's " + classes + " outputs, had " + row.length);
        }
        return Arrays.stream(row).map(z -> z / temperature).toArray();
    }

    /** {@code -log p} of each example's labels, summed over its places, [n]: what preference losses need of a reference. */
    public double[] sequenceLosses(Targets targets) {
        Check.sameLength(rows.length, "reference logits", targets.size() * targets.steps(), "places of the targets");
        var sums = new double[targets.size()];
        for (int i = 0; i < sums.length; i++) {
            int[] example = {i};
            for (int t = 0; t < targets.steps(); t++) {
                int place = i * targets.steps() + t;
                int label = targets.label(example, t, rows[place].length);
                sums[i] -= label < 0 ? 0 : LogSoftmax.of(rows[place])[label];
            }
        }
        return sums;
    }
}
