package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What a regression says of examples, as an interval with a scale: a value y misses it by
 * {@code max(lower - y, y - upper) / scale}, negative inside. The three usual scores are of this form:
 *
 * <ul>
 *   <li>ABSOLUTE: lower = upper = the prediction, scale 1: the absolute error; intervals of one width.
 *   <li>NORMALIZED: the same with a predicted error as scale; widths follow it.
 *   <li>CQR: lower and upper are predicted quantiles, scale 1 (conformalised quantile regression).
 * </ul>
 *
 * <p>Immutable. Follows the papers.
 */
@Reference({"lei2018distribution", "romano2019conformalized"})
public final class Forecast {
    /** The scores there are. */
    public enum Kind {
        ABSOLUTE,
        NORMALIZED,
        CQR
    }

    private final Kind kind;
    private final double[] lower;
    private final double[] upper;
    private final double[] scale;

    private Forecast(Kind kind, double[] lower, double[] upper, double[] scale) {
        Check.allFinite(lower, "a forecast's prediction");
        Check.allFinite(upper, "a forecast's prediction");
        this.kind = kind;
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.scale = scale.clone();
    }

    /** Predictions alone, [n], in the unit of the target. */
    public static Forecast absolute(double[] predicted) {
        return new Forecast(Kind.ABSOLUTE, predicted, predicted, ones(predicted.length));
    }

    /** Predictions [n] with predicted errors [n], each above 0, in the unit of the target. */
    public static Forecast normalized(double[] predicted, double[] scale) {
        Check.sameLength(predicted.length, "predicted", scale.length, "scale");
        for (int i = 0; i < scale.length; i++) {
            Check.positive(scale[i], "scale[" + i + "]");
        }
        return new Forecast(Kind.NORMALIZED, predicted, predicted, scale);
    }

    /** A low and a high predicted quantile, [n] each, in the unit of the target; they may cross. */
    public static Forecast quantiles(double[] low, double[] high) {
        Check.sameLength(low.length, "low", high.length, "high");
        return new Forecast(Kind.CQR, low, high, ones(low.length));
    }

    /** Which score it makes. */
    public Kind kind() {
        return kind;
    }

    /** Number of examples. */
    public int size() {
        return lower.length;
    }

    /** By how much the values [n] miss, [n], in scales; negative inside. */
    public double[] scores(double[] actual) {
        Check.sameLength(actual.length, "actual", size(), "forecast");
        Check.allFinite(actual, "actual");
        var scores = new double[actual.length];
        Arrays.setAll(scores, i -> Math.max(lower[i] - actual[i], actual[i] - upper[i]) / scale[i]);
        return scores;
    }

    /** The interval of one example, widened by a quantile of the scores. */
    double low(int i, double quantile) {
        return lower[i] - quantile * scale[i];
    }

    double high(int i, double quantile) {
        return upper[i] + quantile * scale[i];
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
