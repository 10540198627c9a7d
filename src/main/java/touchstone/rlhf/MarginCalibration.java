package touchstone.rlhf;

import java.util.Locale;
import touchstone.metrics.Brier;
import touchstone.metrics.CalibrationError;
import touchstone.metrics.Reliability;
import touchstone.metrics.Temperature;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Whether a reward's margins mean what they say: {@code sigma(margin)} as the probability that the preferred answer is preferred.
 * The confidence of a pair is {@code max(p, 1 - p)}, and it is right when the margin is above 0.
 *
 * @param negativeLogLikelihood {@code mean -log p}, in nats; log 2 = 0.693 for a coin
 * @param brier mean of {@code (1 - p)^2}, in [0, 1]; 0.25 for a coin
 * @param expected expected calibration error over 10 bins of equal width on [0.5, 1]
 * @param maximum the largest gap of such a bin
 * @param temperature the T that margins must be divided by for the least loss on these pairs, and that loss: above 1 for margins too
 *     large; 0 when all are right, infinite when they tell nothing
 * @param reliability the bins, of width 0.05 on [0, 1] and closed on the left, so that a tie falls among the doubtful; those below 0.5 are empty
 */
@Reference("guo2017calibration")
public record MarginCalibration(
        double negativeLogLikelihood,
        double brier,
        double expected,
        double maximum,
        Temperature temperature,
        Reliability reliability) {
    private static final int BINS = 20;

    /** Of the margins of held-out pairs in logits, preferred less other, [n]. */
    public static MarginCalibration of(double... margins) {
        double loss = Temperature.lossOfLeads(margins);
        Check.nonEmpty(margins.length, "margins");
        var p = new double[margins.length];
        var confidence = new double[margins.length];
        var right = new boolean[margins.length];
        var preferred = new boolean[margins.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Logistic.sigmoid(margins[i]);
            confidence[i] = Logistic.sigmoid(Math.abs(margins[i]));
            right[i] = margins[i] > 0;
            preferred[i] = true;
        }
        Reliability bins = Reliability.leftClosed(confidence, right, BINS);
        return new MarginCalibration(
                loss,
                Brier.binary(p, preferred),
                CalibrationError.expected(bins),
                CalibrationError.maximum(bins),
                Temperature.ofLeads(margins),
                bins);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "NLL %.4f (%.4f at temperature %.3g; a coin's is 0.6931), Brier %.4f, ECE %.4f, largest gap %.4f",
                negativeLogLikelihood,
                temperature.negativeLogLikelihood(),
                temperature.value(),
                brier,
                expected,
                maximum);
    }
}
