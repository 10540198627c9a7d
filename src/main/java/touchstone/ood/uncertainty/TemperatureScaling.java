package touchstone.ood.uncertainty;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Temperature scaling: the one temperature T at which {@code softmax(z / T)} has the least negative log-likelihood on held-out
 * rows. It changes confidences but no prediction.
 *
 * <p>Follows the paper, but solves exactly: the likelihood is convex in {@code b = 1 / T}, and its slope,
 * {@code mean_i (sum_j p_j z_j - z_label)}, rises through 0 at the optimum; the root is found by bracketing, Newton's steps
 * and bisection where those leave the bracket.
 *
 * @param temperature T, above 0; above 1 for an over-confident model
 * @param negativeLogLikelihood its mean at T on the rows fitted to, in nats
 */
@Reference("guo2017calibration")
public record TemperatureScaling(double temperature, double negativeLogLikelihood) {
    public TemperatureScaling {
        Check.positive(temperature, "temperature");
    }

    /**
     * Finds the temperature.
     *
     * @param logits of rows the model was not trained on, [n, c]
     * @param labels true classes, [n], in [0, c)
     * @throws IllegalArgumentException if there is no optimum: all true classes have the largest logit (T falls to 0), or
     *     their mean logit does not exceed that of all classes (T rises without end)
     */
    public static TemperatureScaling fit(double[][] logits, int[] labels) {
        LogitRows.classes(logits, labels);
        double[][] z = Arrays.stream(logits).map(TemperatureScaling::belowMost).toArray(double[][]::new);
        if (IntStream.range(0, z.length).allMatch(i -> z[i][labels[i]] == 0)) {
            throw new IllegalArgumentException(
                    "temperature needs a row whose true class has not the largest logit: there was" + " none of "
                            + labels.length + ", so the likelihood has no optimum above 0");
        }
        if (!(derivatives(z, labels, 0)[0] < 0)) {
            throw new IllegalArgumentException(
                    "temperature needs logits that tell of the labels: the mean logit of the true"
                            + " class does not exceed that of all classes over " + labels.length + " rows");
        }
        double low = 0;
        double high = 1;
        while (derivatives(z, labels, high)[0] < 0) {
            low = high;
            high *= 2;
        }
        double b = root(z, labels, low, high);
        return new TemperatureScaling(1 / b, loss(z, labels, b));
    }

    /** The row less its largest element, which changes no softmax. */
    private static double[] belowMost(double[] z) {
        double most = Arrays.stream(z).max().orElse(0);
        return Arrays.stream(z).map(v -> v - most).toArray();
    }

    /** The root of the rising slope in (low, high]: Newton, kept inside the bracket by bisection. */
    private static double root(double[][] logits, int[] labels, double low, double high) {
        double b = (low + high) / 2;
        for (int step = 0; step < 200; step++) {
            double[] d = derivatives(logits, labels, b);
            if (d[0] < 0) {
                low = b;
            } else {
                high = b;
            }
            double next = b - d[0] / d[1];
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - b) <= 2 * Math.ulp(b)) {
                return next;
            }
            b = next;
        }
        return b;
    }

    /** First and second derivative of the mean negative log-likelihood by b. */
    private static double[] derivatives(double[][] logits, int[] labels, double b) {
        double first = 0;
        double second = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] p = LogitRows.softmax(scaled(logits[i], b));
            double mean = 0;
            for (int j = 0; j < p.length; j++) {
                mean += p[j] * logits[i][j];
            }
            for (int j = 0; j < p.length; j++) {
                second += p[j] * (logits[i][j] - mean) * (logits[i][j] - mean);
            }
            first += mean - logits[i][labels[i]];
        }
        return new double[] {first / labels.length, second / labels.length};
    }

    private static double loss(double[][] logits, int[] labels, double b) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] z = scaled(logits[i], b);
            sum += LogitRows.logSumExp(z) - z[labels[i]];
        }
        return sum / labels.length;
    }

    private static double[] scaled(double[] z, double b) {
        return Arrays.stream(z).map(v -> v * b).toArray();
    }

    /** {@code softmax(z / T)} of logits [n, c]. */
    public double[][] apply(double[][] logits) {
        LogitRows.classes(logits, "logits");
        return Arrays.stream(logits)
                .map(z -> LogitRows.softmax(
                        Arrays.stream(z).map(v -> v / temperature).toArray()))
                .toArray(double[][]::new);
    }
}
