package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;

/** A calibrated classifier of sets. Immutable. */
public final class ConformalClassifier {
    private final SplitConformalClassifier options;
    private final int classes;
    private final ConformalPValues[] laws;
    private final boolean byClass;

    ConformalClassifier(SplitConformalClassifier options, int classes, ConformalPValues[] laws, boolean byClass) {
        this.options = options;
        this.classes = classes;
        this.laws = laws;
        this.byClass = byClass;
    }

    /** The quantile of each group, or of each class; +Infinity where calibration examples are too few. */
    public double[] quantiles() {
        return Arrays.stream(laws)
                .mapToDouble(law -> law.quantile(options.alpha()))
                .toArray();
    }

    /** The calibration examples of each group, or of each class. */
    public int[] calibrated() {
        return Arrays.stream(laws).mapToInt(ConformalPValues::calibrated).toArray();
    }

    /** The law of the rate at which sets of a group, or of a class, cover; group 0 where there are no groups. */
    public CoverageLaw law(int group) {
        return new CoverageLaw(laws[Check.index(group, laws.length, "group")].calibrated(), options.alpha());
    }

    /** The sets of rows of probabilities, [n, c]. */
    public PredictionSets predict(double[][] probabilities) {
        return predict(ClassRows.of(probabilities));
    }

    /** The sets of rows; of a group without calibration examples, all classes. */
    public PredictionSets predict(ClassRows rows) {
        double[][] scores = scores(rows);
        double[] quantiles = quantiles();
        var members = new boolean[scores.length][classes];
        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < classes; c++) {
                int law = byClass ? c : rows.group(i);
                members[i][c] = scores[i][c] <= (law < quantiles.length ? quantiles[law] : Double.POSITIVE_INFINITY);
            }
        }
        return new PredictionSets(members);
    }

    /** The plain p-value of each class of each row, [n, c]; the sets are the classes with a p-value above alpha. */
    public double[][] pValues(ClassRows rows) {
        double[][] scores = scores(rows);
        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < classes; c++) {
                scores[i][c] = law(rows, i, c).of(scores[i][c]);
            }
        }
        return scores;
    }

    /** The smoothed p-value of each class of each row, [n, c], from a draw a row, [n], uniform in [0, 1]. */
    public double[][] smoothedPValues(ClassRows rows, double[] u) {
        Check.sameLength(u.length, "u", rows.size(), "rows");
        double[][] scores = scores(rows);
        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < classes; c++) {
                scores[i][c] = law(rows, i, c).smoothed(scores[i][c], u[i]);
            }
        }
        return scores;
    }

    private ConformalPValues law(ClassRows rows, int i, int c) {
        int law = byClass ? c : rows.group(i);
        return law < laws.length ? laws[law] : ConformalPValues.from(new double[0]);
    }

    private double[][] scores(ClassRows rows) {
        Check.nonEmpty(rows.size(), "rows");
        Check.sameLength(rows.classes(), "a row", classes, "a calibration row");
        return rows.scores(options.score());
    }

    @Override
    public String toString() {
        return "ConformalClassifier[" + options.score().kind() + ", alpha=" + options.alpha() + ", quantiles="
                + Arrays.toString(quantiles()) + "]";
    }
}
