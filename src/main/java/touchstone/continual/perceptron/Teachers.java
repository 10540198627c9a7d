package touchstone.continual.perceptron;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Two perceptrons of random binary weights with a given overlap, and random examples that they label: the world of a student's
 * two tasks. Immutable.
 */
public final class Teachers {
    private final int[][] weights;
    private final long seed;

    private Teachers(int[][] weights, long seed) {
        this.weights = weights;
        this.seed = seed;
    }

    /**
     * Draws two teachers. With the same seed the first, and all inputs, are the same for any overlap.
     *
     * @param inputs number of weights, 1 or more
     * @param overlap mean product of the teachers' weights, in [-1, 1], met up to rounding to whole weights
     * @param seed of the teachers and of the examples
     */
    public static Teachers draw(int inputs, double overlap, long seed) {
        Check.atLeast(inputs, 1, "inputs");
        FranzParisi.demandOverlap(overlap);
        RandomGenerator rng = Seeds.rng(seed, "teachers");
        int[] one = signs(inputs, rng);
        int[] other = one.clone();
        int[] order = Seeds.permutation(inputs, rng);
        for (int i = 0; i < Math.round(inputs * (1 - overlap) / 2); i++) {
            other[order[i]] = -other[order[i]];
        }
        return new Teachers(new int[][] {one, other}, seed);
    }

    private static int[] signs(int n, RandomGenerator rng) {
        var signs = new int[n];
        Arrays.setAll(signs, i -> rng.nextBoolean() ? 1 : -1);
        return signs;
    }

    /** The weights of teacher 0 or 1, [inputs], each -1 or 1. */
    public int[] weights(int teacher) {
        return weights[Check.index(teacher, 2, "teacher")].clone();
    }

    /** Inputs of a task, each -1 or 1, [n, inputs]. */
    public double[][] inputs(int task, int n) {
        Check.index(task, 2, "task");
        RandomGenerator rng = Seeds.rng(seed, "teachers' inputs", task);
        var rows = new double[Check.atLeast(n, 1, "n")][weights[0].length];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> rng.nextBoolean() ? 1 : -1);
        }
        return rows;
    }

    /** A teacher's labels of rows [n, inputs], each -1 or 1, [n]; a field of 0 is labelled 1. */
    public int[] labels(int teacher, double[][] rows) {
        int[] w = weights(teacher);
        return Arrays.stream(rows).mapToInt(row -> label(w, row)).toArray();
    }

    private static int label(int[] w, double[] row) {
        Check.sameLength(row.length, "row", w.length, "weights");
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += w[i] * row[i];
        }
        return sum < 0 ? -1 : 1;
    }

    /**
     * Share of random inputs on which a student and a teacher disagree, {@code arccos(cosine) / pi}: exact for normal inputs, and
     * in the limit of many weights for inputs of -1 and 1.
     *
     * @param student weights or their means, [inputs], not all 0
     */
    public double error(int teacher, double[] student) {
        int[] w = weights(teacher);
        Check.sameLength(student.length, "student", w.length, "weights");
        Check.allFinite(student, "student");
        double dot = 0;
        double square = 0;
        for (int i = 0; i < w.length; i++) {
            dot += w[i] * student[i];
            square += student[i] * student[i];
        }
        if (square == 0) {
            throw new IllegalArgumentException("student must have a weight other than 0, had none of " + w.length);
        }
        return Grid.disagreement(dot / Math.sqrt(square * w.length));
    }
}
