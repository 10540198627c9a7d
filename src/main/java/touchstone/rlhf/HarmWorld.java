package touchstone.rlhf;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.rlhf.loss.OrdinalSeverity;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

/**
 * A made-up world of answers with a known cost. An answer is a row of standard normal features; its cost is {@code offset + w . x +
 * bend x_1 x_2}; its level of harm follows proportional odds of that cost, so that at cost 0 it is as likely harmful (level 1 or more)
 * as safe; and of two answers the one with the lower cost is labelled the safer with probability {@code sigma(C_hi - C_lo)}.
 *
 * @param features length of a row, 2 or more
 * @param scale length of the weights w, above 0: the higher, the less noise in the labels
 * @param bend how much the cost departs from a linear one; any finite number
 * @param offset cost of the row of zeros; below 0 makes harm the exception
 * @param severity borders of the levels of harm, the first at 0
 */
public record HarmWorld(int features, double scale, double bend, double offset, OrdinalSeverity severity) {
    public HarmWorld {
        Check.atLeast(features, 2, "features");
        Check.positive(scale, "scale");
        Check.finite(bend, "bend");
        Check.finite(offset, "offset");
        if (severity.borders()[0] != 0) {
            throw new IllegalArgumentException(
                    "the first border of severity must be 0, the border of harm, was " + severity.borders()[0]);
        }
    }

    /** Eight features, weights of length 2, a bend of 1, offset -1, borders 0, 1 and 2. */
    public static HarmWorld defaults() {
        return new HarmWorld(8, 2, 1, -1, OrdinalSeverity.defaults());
    }

    public HarmWorld withBend(double b) {
        return new HarmWorld(features, scale, b, offset, severity);
    }

    public HarmWorld withOffset(double o) {
        return new HarmWorld(features, scale, bend, o, severity);
    }

    /**
     * Answers with their labels.
     *
     * @param rows features, [n, d]
     * @param costs true costs, [n]; higher is worse
     * @param levels of harm, [n]; 0 is safe
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; not compared
    public record Answers(double[][] rows, double[] costs, int[] levels) {
        public Answers {
            rows = copy(rows);
            costs = costs.clone();
            levels = levels.clone();
        }

        /** Whether each answer is harmful: of level 1 or more, [n]. */
        public boolean[] harmful() {
            var harmful = new boolean[levels.length];
            for (int i = 0; i < harmful.length; i++) {
                harmful[i] = levels[i] > 0;
            }
            return harmful;
        }

        @Override
        public double[][] rows() {
            return copy(rows);
        }

        @Override
        public double[] costs() {
            return costs.clone();
        }

        @Override
        public int[] levels() {
            return levels.clone();
        }

        private static double[][] copy(double[][] rows) {
            return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /**
     * Pairs of answers of which one was labelled the safer.
     *
     * @param lower the safer ones
     * @param higher the others, in the same order
     */
    public record Pairs(Answers lower, Answers higher) {}

    /** {@code n} answers; equal arguments give equal answers. */
    public Answers answers(int n, long seed) {
        Check.atLeast(n, 1, "n");
        var rows = new double[n][features];
        var costs = new double[n];
        var levels = new int[n];
        for (int i = 0; i < n; i++) {
            RandomGenerator rng = Seeds.rng(seed, "harm-world", i);
            Arrays.setAll(rows[i], j -> rng.nextGaussian());
            costs[i] = cost(rows[i]);
            levels[i] = draw(severity.probabilities(costs[i]), rng);
        }
        return new Answers(rows, costs, levels);
    }

    /** {@code n} pairs; equal arguments give equal pairs. */
    public Pairs pairs(int n, long seed) {
        Answers drawn = answers(2 * Check.atLeast(n, 1, "n"), seed);
        var lower = new int[n];
        var higher = new int[n];
        for (int i = 0; i < n; i++) {
            double lead = drawn.costs[2 * i] - drawn.costs[2 * i + 1];
            boolean firstIsWorse = Seeds.rng(seed, "harm-world-label", i).nextDouble() < Logistic.sigmoid(lead);
            higher[i] = firstIsWorse ? 2 * i : 2 * i + 1;
            lower[i] = firstIsWorse ? 2 * i + 1 : 2 * i;
        }
        return new Pairs(select(drawn, lower), select(drawn, higher));
    }

    /** The true cost of a row of features. */
    public double cost(double[] row) {
        Check.sameLength(row.length, "row", features, "features");
        double sum = offset + bend * row[0] * row[1];
        for (double x : row) {
            sum += scale / Math.sqrt(features) * x;
        }
        return sum;
    }

    private static int draw(double[] p, RandomGenerator rng) {
        double u = rng.nextDouble();
        int level = 0;
        while (level < p.length - 1 && u >= p[level]) {
            u -= p[level++];
        }
        return level;
    }

    private static Answers select(Answers all, int[] places) {
        return new Answers(
                Arrays.stream(places).mapToObj(i -> all.rows[i]).toArray(double[][]::new),
                Arrays.stream(places).mapToDouble(i -> all.costs[i]).toArray(),
                Arrays.stream(places).map(i -> all.levels[i]).toArray());
    }
}
