package touchstone.ood.conformal;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Sets of classes that hold the true one at a rate of at least {@code 1 - alpha}, from the probabilities of any classifier and
 * calibration examples it was not trained on. The rate is over a further example and the calibration examples alike; it
 * needs that they are exchangeable, and nothing else. Set = the classes whose score is at most the conformal quantile of the
 * calibration examples' true classes' scores.
 *
 * <p>With groups (Mondrian) the promise holds within each group; by class, within each class. Each group then has a quantile
 * of its own, +Infinity (all classes) when it holds fewer than about {@code 1 / alpha - 1} calibration examples.
 *
 * @param score how badly a class fits
 * @param alpha the rate of sets that miss, in (0, 1)
 */
@Reference({"vovk2005algorithmic", "sadinle2019least"})
public record SplitConformalClassifier(ClassScore score, double alpha) {
    public SplitConformalClassifier {
        Check.insideUnit(alpha, "alpha");
    }

    /** LAC at a rate of 10 %. */
    public static SplitConformalClassifier defaults() {
        return new SplitConformalClassifier(ClassScore.lac(), 0.1);
    }

    public SplitConformalClassifier withScore(ClassScore s) {
        return new SplitConformalClassifier(s, alpha);
    }

    public SplitConformalClassifier withAlpha(double rate) {
        return new SplitConformalClassifier(score, rate);
    }

    /** Calibrates on probabilities [n, c] and true classes [n]: covers over all rows. */
    public ConformalClassifier fit(double[][] probabilities, int[] labels) {
        return fit(ClassRows.of(probabilities), labels);
    }

    /** Calibrates on rows and their true classes [n]: covers within each group of the rows. */
    public ConformalClassifier fit(ClassRows rows, int[] labels) {
        int[] groups = IntStream.range(0, rows.size()).map(rows::group).toArray();
        return fit(rows, labels, groups, false);
    }

    /** Calibrates on rows and their true classes [n]: covers within each class; groups of the rows play no part. */
    public ConformalClassifier fitByClass(ClassRows rows, int[] labels) {
        return fit(rows, labels, labels, true);
    }

    private ConformalClassifier fit(ClassRows rows, int[] labels, int[] groups, boolean byClass) {
        Check.sameLength(rows.size(), "rows", labels.length, "labels");
        Check.nonEmpty(rows.size(), "rows");
        double[][] scores = rows.scores(score);
        var own = new double[labels.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = scores[i][Check.index(labels[i], rows.classes(), "labels[" + i + "]")];
        }
        int count = byClass ? rows.classes() : 1 + Arrays.stream(groups).max().orElse(0);
        ConformalPValues[] laws = IntStream.range(0, count)
                .mapToObj(g -> ConformalPValues.from(IntStream.range(0, own.length)
                        .filter(i -> groups[i] == g)
                        .mapToDouble(i -> own[i])
                        .toArray()))
                .toArray(ConformalPValues[]::new);
        return new ConformalClassifier(this, rows.classes(), laws, byClass);
    }
}
