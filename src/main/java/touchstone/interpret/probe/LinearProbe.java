package touchstone.interpret.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.metrics.Auroc;
import touchstone.nn.RidgeProbe;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * How well a linear map tells two kinds of rows apart that it did not learn from.
 *
 * @param l2 of the ridge, an example and of features scaled to deviation 1, above 0
 * @param folds parts of {@link #auroc(double[][], boolean[], long)}, 2 or more
 */
@Reference("alain2017understanding")
public record LinearProbe(double l2, int folds) {
    public LinearProbe {
        Check.positive(l2, "l2");
        Check.atLeast(folds, 2, "folds");
    }

    /** l2 0.01, 5 folds. */
    public static LinearProbe defaults() {
        return new LinearProbe(0.01, 5);
    }

    public LinearProbe withL2(double penalty) {
        return new LinearProbe(penalty, folds);
    }

    public LinearProbe withFolds(int parts) {
        return new LinearProbe(l2, parts);
    }

    /**
     * Scores of rows by a probe that learned from others; higher is more like the positive ones.
     *
     * @param x rows to learn from, [n, d]
     * @param positive whether each is of the kind looked for, [n]; both kinds are there
     * @param asked rows to score, [m, d]
     * @return [m]
     */
    public double[] scores(double[][] x, boolean[] positive, double[][] asked) {
        Check.sameLength(x.length, "x", positive.length, "positive");
        int[] labels = IntStream.range(0, positive.length)
                .map(i -> positive[i] ? 1 : 0)
                .toArray();
        int count = Arrays.stream(labels).sum();
        if (count == 0 || count == labels.length) {
            throw new IllegalArgumentException(
                    "positive must name rows of both kinds, named " + count + " of " + labels.length);
        }
        return Arrays.stream(RidgeProbe.fit(x, labels, 2, l2).scores(asked))
                .mapToDouble(s -> s[1] - s[0])
                .toArray();
    }

    /** AUROC of the scores of other rows, in [0, 1]; 0.5 for a probe that knows nothing. */
    public double auroc(double[][] x, boolean[] positive, double[][] asked, boolean[] truth) {
        return auroc(scores(x, positive, asked), truth);
    }

    /**
     * AUROC in which each row is scored by a probe that learned from the other folds, in [0, 1].
     *
     * @param x rows, [n, d]
     * @param positive whether each is of the kind looked for, [n]
     * @param seed of the folds
     */
    public double auroc(double[][] x, boolean[] positive, long seed) {
        Check.sameLength(x.length, "x", positive.length, "positive");
        Check.atLeast(x.length, folds, "rows, of which each fold holds one or more,");
        int[] order = Seeds.permutation(x.length, Seeds.rng(seed, "folds"));
        var scores = new double[x.length];
        for (int fold = 0; fold < folds; fold++) {
            int f = fold;
            int[] out = IntStream.range(0, order.length)
                    .filter(i -> i % folds == f)
                    .map(i -> order[i])
                    .toArray();
            int[] in = IntStream.range(0, order.length)
                    .filter(i -> i % folds != f)
                    .map(i -> order[i])
                    .toArray();
            var kinds = new boolean[in.length];
            for (int i = 0; i < in.length; i++) {
                kinds[i] = positive[in[i]];
            }
            double[] of = scores(rows(x, in), kinds, rows(x, out));
            for (int i = 0; i < out.length; i++) {
                scores[out[i]] = of[i];
            }
        }
        return auroc(scores, positive);
    }

    private static double[][] rows(double[][] x, int[] which) {
        return Arrays.stream(which).mapToObj(i -> x[i]).toArray(double[][]::new);
    }

    private static double auroc(double[] scores, boolean[] truth) {
        Check.sameLength(scores.length, "rows that are asked", truth.length, "truth");
        double[] yes = IntStream.range(0, scores.length)
                .filter(i -> truth[i])
                .mapToDouble(i -> scores[i])
                .toArray();
        double[] no = IntStream.range(0, scores.length)
                .filter(i -> !truth[i])
                .mapToDouble(i -> scores[i])
                .toArray();
        return Auroc.of(no, yes);
    }
}
