package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A made-up world of prompts and answers whose true worth is known: an answer is a vector of standard normal features phi, and
 * objective k is worth {@code v_k = scale_k w_k . phi} with unit directions w. The directions' cosines with the first are given, so
 * that helpful answers can be made to be harmful ones. Annotators prefer an answer with the Bradley-Terry probability of the
 * difference of its worth.
 */
@Reference({"ji2025safe", "li2025optimizing"})
public final class AnswerWorld {
    private final double[][][] features;
    private final double[][] directions;

    private AnswerWorld(double[][][] features, double[][] directions) {
        this.features = features;
        this.directions = directions;
    }

    /**
     * What a world is drawn from.
     *
     * @param prompts 1 or more
     * @param answers to each prompt, 2 or more
     * @param features of an answer, at least as many as there are objectives
     * @param scales standard deviation of each objective over answers, above 0, [objectives]
     * @param cosines of each objective's direction with the first's, in (-1, 1), [objectives]; the first is of no effect
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; read by this class alone
    public record Options(int prompts, int answers, int features, double[] scales, double[] cosines) {
        public Options {
            Check.atLeast(prompts, 1, "prompts");
            Check.atLeast(answers, 2, "answers");
            Check.nonEmpty(scales.length, "scales");
            Check.sameLength(cosines.length, "cosines", scales.length, "scales");
            Check.atLeast(features, scales.length, "features");
            for (int k = 0; k < scales.length; k++) {
                Check.positive(scales[k], "scales[" + k + "]");
                if (k > 0 && !(cosines[k] > -1 && cosines[k] < 1)) {
                    throw new IllegalArgumentException("cosines[" + k + "] must lie in (-1, 1), was " + cosines[k]);
                }
            }
            scales = scales.clone();
            cosines = cosines.clone();
        }
    }

    /** Draws a world; equal arguments give equal worlds. */
    public static AnswerWorld draw(Options options, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "answers");
        var x = new double[options.prompts][options.answers][options.features];
        for (double[][] prompt : x) {
            for (double[] answer : prompt) {
                Arrays.setAll(answer, j -> rng.nextGaussian());
            }
        }
        return new AnswerWorld(x, directions(options, Seeds.rng(seed, "directions")));
    }

    /** Orthogonal directions by Gram and Schmidt, each but the first then turned towards the first. */
    private static double[][] directions(Options options, RandomGenerator rng) {
        int objectives = options.scales.length;
        var w = new double[objectives][options.features];
        for (int k = 0; k < objectives; k++) {
            Arrays.setAll(w[k], j -> rng.nextGaussian());
            for (int before = 0; before < k; before++) {
                add(w[k], -dot(w[k], w[before]), w[before]);
            }
            double length = Math.sqrt(dot(w[k], w[k]));
            for (int j = 0; j < w[k].length; j++) {
                w[k][j] /= length;
            }
        }
        for (int k = objectives - 1; k >= 0; k--) {
            double cosine = k == 0 ? 0 : options.cosines[k];
            for (int j = 0; j < w[k].length; j++) {
                double turned = Math.sqrt(1 - cosine * cosine) * w[k][j] + cosine * w[0][j];
                w[k][j] = options.scales[k] * turned;
            }
        }
        return w;
    }

    /** Features of all answers, [prompts, answers, d]; a copy. */
    public double[][][] features() {
        return Arrays.stream(features)
                .map(p -> Arrays.stream(p).map(double[]::clone).toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /** What one objective is truly worth, [prompts, answers]. */
    public double[][] worth(int objective) {
        return worth(directions[objective]);
    }

    /** What a linear model of weights [d] says of every answer, [prompts, answers]. */
    public double[][] worth(double[] weights) {
        Check.sameLength(weights.length, "weights", features[0][0].length, "features of an answer");
        return Arrays.stream(features)
                .map(p -> Arrays.stream(p).mapToDouble(x -> dot(weights, x)).toArray())
                .toArray(double[][]::new);
    }

    /** All objectives side by side, [prompts, answers, objectives]. */
    public double[][][] worths() {
        var result = new double[features.length][features[0].length][directions.length];
        for (int k = 0; k < directions.length; k++) {
            double[][] one = worth(k);
            for (int i = 0; i < one.length; i++) {
                for (int a = 0; a < one[i].length; a++) {
                    result[i][a][k] = one[i][a];
                }
            }
        }
        return result;
    }

    /**
     * What annotators say of n pairs of fresh answers: features of the preferred less those of the other, [n, d], fit for {@code
     * LinearRewardModel.weights}.
     */
    public double[][] preferences(int objective, int n, long seed) {
        Check.atLeast(n, 1, "n");
        RandomGenerator rng = Seeds.rng(seed, "preferences", objective);
        var rows = new double[n][directions[0].length];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> Math.sqrt(2) * rng.nextGaussian()); // a difference of two answers
            if (rng.nextDouble() >= Logistic.sigmoid(dot(directions[objective], row))) {
                Arrays.setAll(row, j -> -row[j]);
            }
        }
        return rows;
    }

    /**
     * What annotators say of n fresh answers: features times +1 where the answer was judged to be above 0 in the objective (harmful,
     * where that is a harm) and -1 where not, [n, d]. Together with preferences these are the rows of a cost model's loss.
     */
    public double[][] signs(int objective, int n, long seed) {
        Check.atLeast(n, 1, "n");
        RandomGenerator rng = Seeds.rng(seed, "signs", objective);
        var rows = new double[n][directions[0].length];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> rng.nextGaussian());
            if (rng.nextDouble() >= Logistic.sigmoid(dot(directions[objective], row))) {
                Arrays.setAll(row, j -> -row[j]);
            }
        }
        return rows;
    }

    /**
     * Graded labels of fresh answers: the level of an answer is the number of borders below its worth plus logistic noise, so that
     * {@code P(level >= j) = sigma(v - border_j)}.
     *
     * @param features [n, d]
     * @param levels 0 for safe up to the number of borders, [n]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays
    public record Graded(double[][] features, int[] levels) {}

    /** Grades n fresh answers in one objective by rising borders. */
    public Graded graded(int objective, int n, long seed, double... borders) {
        Check.atLeast(n, 1, "n");
        RandomGenerator rng = Seeds.rng(seed, "graded", objective);
        var x = new double[n][directions[0].length];
        var levels = new int[n];
        for (int i = 0; i < n; i++) {
            Arrays.setAll(x[i], j -> rng.nextGaussian());
            double u = rng.nextDouble();
            double noisy = dot(directions[objective], x[i]) + Math.log(u / (1 - u));
            levels[i] = (int) Arrays.stream(borders).filter(b -> noisy > b).count();
        }
        return new Graded(x, levels);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static void add(double[] y, double factor, double[] x) {
        for (int j = 0; j < y.length; j++) {
            y[j] += factor * x[j];
        }
    }
}
