package touchstone.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * The one number T that logits must be divided by for the least negative log-likelihood; it changes confidences but no prediction.
 *
 * <p>Follows the paper, but solves exactly: the likelihood is convex in {@code b = 1 / T}, and its slope,
 * {@code mean_i (sum_j p_j z_j - z_label)}, rises through 0 at the optimum; the root is found by bracketing, Newton's steps
 * and bisection where those leave the bracket.
 *
 * @param value T; above 1 for an over-confident model
 * @param negativeLogLikelihood its mean at T on the rows fitted to, in nats
 */
@Reference("guo2017calibration")
public record Temperature(double value, double negativeLogLikelihood) {
    public Temperature {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("value must be a number of 0 or more, was " + value);
        }
    }

    /**
     * The temperature of rows of logits, a finite number above 0.
     *
     * @param logits of rows the model was not trained on, [n, c]
     * @param labels true classes, [n], in [0, c)
     * @throws IllegalArgumentException if there is no optimum: all true classes have the largest logit (T falls to 0), or
     *     their mean logit does not exceed that of all classes (T rises without end)
     */
    public static Temperature fit(double[][] logits, int[] labels) {
        Rows.columns(logits, labels, "logits");
        double[][] z = Arrays.stream(logits).map(Temperature::belowMost).toArray(double[][]::new);
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
        return new Temperature(1 / b, loss(z, labels, b));
    }

    /**
     * The temperature of leads in logits, each of which should be above 0: a pair of lead d is the row (0, d) of class 1. Where the
     * likelihood has no optimum this gives its limit: 0 when no lead is below 0, infinity when their mean is not above 0.
     */
    public static Temperature ofLeads(double[] leads) {
        Check.nonEmpty(leads.length, "leads");
        Check.allFinite(leads, "leads");
        double sum = Arrays.stream(leads).sum();
        if (!(sum > 0)) {
            return new Temperature(Double.POSITIVE_INFINITY, Math.log(2));
        }
        if (Arrays.stream(leads).allMatch(d -> d >= 0)) {
            double ties = Arrays.stream(leads).filter(d -> d == 0).count();
            return new Temperature(0, ties / leads.length * Math.log(2));
        }
        var rows = new double[leads.length][];
        Arrays.setAll(rows, i -> new double[] {0, leads[i]});
        var ones = new int[leads.length];
        Arrays.fill(ones, 1);
        return fit(rows, ones);
    }

    /** Mean negative log-likelihood of leads as they are, {@code mean -log sigma(d)}, in nats. */
    public static double lossOfLeads(double[] leads) {
        Check.nonEmpty(leads.length, "leads");
        Check.allFinite(leads, "leads");
        return Arrays.stream(leads).map(d -> Logistic.softplus(-d)).sum() / leads.length;
    }

    /** The row less its largest element, which changes no softmax. */
    private static double[] belowMost(double[] z) {
        Check.allFinite(z, "logits");
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

    /** First and second derivative of the mean negative log-likelihood by b, of rows whose largest element is 0. */
    private static double[] derivatives(double[][] logits, int[] labels, double b) {
        double first = 0;
        double second = 0;
        for (int i = 0; i < labels.length; i++) {
            double total = 0;
            double mean = 0;
            for (double z : logits[i]) {
                double e = Math.exp(b * z);
                total += e;
                mean += e * z;
            }
            mean /= total;
            for (double z : logits[i]) {
                second += Math.exp(b * z) / total * (z - mean) * (z - mean);
            }
            first += mean - logits[i][labels[i]];
        }
        return new double[] {first / labels.length, second / labels.length};
    }

    private static double loss(double[][] logits, int[] labels, double b) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double total = 0;
            for (double z : logits[i]) {
                total += Math.exp(b * z);
            }
            sum += Math.log(total) - b * logits[i][labels[i]];
        }
        return sum / labels.length;
    }
}
