package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;

/** Brier score, the mean squared error of probabilities; lower is better, and both usual scalings are given. */
@Reference("brier1950verification")
public final class Brier {
    private Brier() {}

    /** Mean of {@code (p - y)^2} for a yes-or-no event, in [0, 1]; [n] each. */
    public static double binary(double[] probability, boolean[] happened) {
        Check.sameLength(probability.length, "probability", happened.length, "happened");
        Check.nonEmpty(probability.length, "probability");
        Check.probabilities(probability, "probability");
        double sum = 0;
        for (int i = 0; i < probability.length; i++) {
            double error = probability[i] - (happened[i] ? 1 : 0);
            sum += error * error;
        }
        return sum / probability.length;
    }

    /**
     * Mean over the rows of {@code sum_c (p_c - y_c)^2}, in [0, 2]: Brier's own definition.
     *
     * @param probabilities one distribution a row, [n, c]
     * @param labels true classes, [n], in [0, c)
     */
    public static double sumOverClasses(double[][] probabilities, int[] labels) {
        int classes = Rows.columns(probabilities, labels, "probabilities");
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            Check.probabilities(probabilities[i], "probabilities[" + i + "]");
            for (int c = 0; c < classes; c++) {
                double error = probabilities[i][c] - (labels[i] == c ? 1 : 0);
                sum += error * error;
            }
        }
        return sum / labels.length;
    }

    /** {@link #sumOverClasses} divided by the number of classes. */
    public static double meanOverClasses(double[][] probabilities, int[] labels) {
        return sumOverClasses(probabilities, labels) / probabilities[0].length;
    }
}
