package touchstone.ood.threshold;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A threshold on scores, from scores of in-distribution examples that the detector was not fitted to, at a rate of false
 * alarms. For a further example that is exchangeable with those, {@code P(alarm) <= rate}, whatever the distribution and
 * however few they are; this chance is over the calibration examples too. What the rate is for the calibration examples at
 * hand, {@link Threshold#falseAlarmBound} says.
 *
 * <p>Follows conformal prediction: the threshold is the k-th smallest of n scores, {@code k = ceil((n + 1)(1 - rate))}, and
 * only scores above it alarm, so ties make alarms rarer.
 *
 * @param rate the rate of false alarms, in (0, 1)
 * @param undecided examples whose p-value lies in (rate, undecided] are {@link Decision#UNDECIDED}; in [rate, 1), and at
 *     {@code rate} nothing is
 */
@Reference({"vovk2005algorithmic", "bates2023testing"})
public record ThresholdCalibrator(double rate, double undecided) {
    public ThresholdCalibrator {
        Check.insideUnit(rate, "rate");
        if (!(undecided >= rate && undecided < 1)) {
            throw new IllegalArgumentException("undecided must lie in [rate, 1) = [" + rate + ", 1), was " + undecided);
        }
    }

    /** A rate of false alarms of 5 %, without abstention. */
    public static ThresholdCalibrator defaults() {
        return atFalseAlarmRate(0.05);
    }

    /** A rate of false alarms, without abstention. */
    public static ThresholdCalibrator atFalseAlarmRate(double rate) {
        return new ThresholdCalibrator(rate, rate);
    }

    /** Examples whose p-value lies above the rate but at most here are undecided. */
    public ThresholdCalibrator withUndecided(double p) {
        return new ThresholdCalibrator(rate, p);
    }

    /**
     * Calibrates.
     *
     * @param idScores scores of in-distribution examples, [n]; higher means further out; infinities are legal; at least
     *     {@code 1 / rate - 1} of them, for with fewer no threshold short of infinity keeps the rate
     */
    public Threshold fit(double[] idScores) {
        Check.nonEmpty(idScores.length, "idScores");
        Check.noNaN(idScores, "idScores");
        double[] sorted = idScores.clone();
        Arrays.sort(sorted);
        if (alarms(sorted.length) < 1) {
            throw new IllegalArgumentException("idScores must hold at least " + least() + " scores for a rate of "
                    + rate + ", had " + sorted.length);
        }
        return new Threshold(this, sorted);
    }

    /** {@code n + 1 - k}: how many ranks of n + 1 alarm; a hair of slack, so that 0.05 of 20 is 1. */
    int alarms(int n) {
        return (int) Math.floor((n + 1) * rate * (1 + 4 * Math.ulp(1.0)));
    }

    private int least() {
        int n = Math.max(1, (int) Math.ceil(1 / rate) - 2);
        while (alarms(n) < 1) {
            n++;
        }
        return n;
    }
}
