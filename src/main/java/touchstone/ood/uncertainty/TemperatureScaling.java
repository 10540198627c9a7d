package touchstone.ood.uncertainty;

import java.util.Arrays;
import touchstone.metrics.Temperature;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Temperature scaling: the one temperature T at which {@code softmax(z / T)} has the least negative log-likelihood on held-out
 * rows. It changes confidences but no prediction.
 *
 * <p>Follows the paper, but solves exactly: see {@link Temperature}.
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
        Temperature found = Temperature.fit(logits, labels);
        return new TemperatureScaling(found.value(), found.negativeLogLikelihood());
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
