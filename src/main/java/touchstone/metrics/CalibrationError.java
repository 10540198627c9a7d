package touchstone.metrics;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Distance between confidence and accuracy over the bins of a {@link Reliability}, in [0, 1]; 0 is calibrated. Bins are of
 * equal width and closed on the right unless the name says otherwise; 15 of them is the usual choice.
 */
@Reference({"guo2017calibration", "naeini2015bayesian"})
public final class CalibrationError {
    /** Bins used when none are given. */
    public static final int BINS = 15;

    private CalibrationError() {}

    /** Expected calibration error over {@value #BINS} bins: {@code sum_b n_b / n |conf_b - acc_b|}. */
    public static double expected(double[] confidence, boolean[] correct) {
        return expected(confidence, correct, BINS);
    }

    /** Expected calibration error, {@code sum_b n_b / n |conf_b - acc_b|}. */
    public static double expected(double[] confidence, boolean[] correct, int bins) {
        return expected(Reliability.equalWidth(confidence, correct, bins));
    }

    /** Expected calibration error over bins made as named. */
    public static double expected(double[] confidence, boolean[] correct, int bins, Binning binning) {
        return expected(Reliability.of(confidence, correct, bins, binning));
    }

    /** Expected calibration error over bins of equal count. */
    public static double equalMass(double[] confidence, boolean[] correct, int bins) {
        return expected(Reliability.equalMass(confidence, correct, bins));
    }

    /** Expected calibration error of bins made before. */
    public static double expected(Reliability r) {
        double sum = 0;
        for (Reliability.Bin bin : r.bins()) {
            sum += bin.count() * Math.abs(bin.gap());
        }
        return sum / r.count();
    }

    /** Maximum calibration error, the largest gap of a bin that is not empty. */
    public static double maximum(Reliability r) {
        return r.bins().stream()
                .mapToDouble(bin -> Math.abs(bin.gap()))
                .max()
                .orElseThrow(() -> new IllegalArgumentException("maximum calibration error needs a bin, there were 0"));
    }

    /** Maximum calibration error over bins of equal width. */
    public static double maximum(double[] confidence, boolean[] correct, int bins) {
        return maximum(Reliability.equalWidth(confidence, correct, bins));
    }

    /** Root mean square calibration error, {@code sqrt(sum_b n_b / n (conf_b - acc_b)^2)}. */
    public static double rootMeanSquare(double[] confidence, boolean[] correct, int bins) {
        return rootMeanSquare(Reliability.equalWidth(confidence, correct, bins));
    }

    /** Root mean square calibration error of bins made before. */
    public static double rootMeanSquare(Reliability r) {
        double sum = 0;
        for (Reliability.Bin bin : r.bins()) {
            sum += bin.count() * bin.gap() * bin.gap();
        }
        return Math.sqrt(sum / r.count());
    }

    /**
     * Mean over the classes of the expected calibration error of each class's probability.
     *
     * @param probabilities one distribution a row, [n, c]
     * @param labels true classes, [n], in [0, c)
     */
    public static double classwise(double[][] probabilities, int[] labels, int bins) {
        return classwise(probabilities, labels, bins, Binning.RIGHT_CLOSED);
    }

    /** {@link #classwise(double[][], int[], int)} over bins made as named. */
    public static double classwise(double[][] probabilities, int[] labels, int bins, Binning binning) {
        int classes = Rows.columns(probabilities, labels, "probabilities");
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            var p = new double[labels.length];
            var hit = new boolean[labels.length];
            for (int i = 0; i < labels.length; i++) {
                p[i] = probabilities[i][c];
                hit[i] = labels[i] == c;
            }
            Check.probabilities(p, "probabilities of class " + c);
            sum += expected(p, hit, bins, binning);
        }
        return sum / classes;
    }
}
