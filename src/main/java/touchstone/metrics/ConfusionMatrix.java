package touchstone.metrics;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Counts of examples by true class (row) and predicted class (column).
 *
 * @param counts [c, c]; {@code counts[i][j]} examples of class i were predicted as class j
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record ConfusionMatrix(int[][] counts) {
    public ConfusionMatrix {
        Check.nonEmpty(counts.length, "counts");
        counts = copy(counts);
        for (int[] row : counts) {
            Check.sameLength(row.length, "a row of counts", counts.length, "counts");
            for (int count : row) {
                Check.atLeast(count, 0, "a count");
            }
        }
    }

    /** Counts pairs of true and predicted classes, both in [0, classes), [n] each. */
    public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
        Check.sameLength(actual.length, "actual", predicted.length, "predicted");
        Check.atLeast(classes, 1, "classes");
        var counts = new int[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            Check.index(actual[i], classes, "actual[" + i + "]");
            Check.index(predicted[i], classes, "predicted[" + i + "]");
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    @Override
    public int[][] counts() {
        return copy(counts);
    }

    /** Number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Share of all examples on the diagonal, in [0, 1]. */
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            all += Arrays.stream(counts[i]).asLongStream().sum();
        }
        return share(right, all, "accuracy needs an example");
    }

    /** Share of the examples of a class that were predicted as it, in [0, 1]. */
    public double recall(int c) {
        long all = Arrays.stream(counts[c]).asLongStream().sum();
        return share(counts[c][c], all, "recall of class " + c + " needs an example of it");
    }

    /** Share of the examples predicted as a class that are of it, in [0, 1]. */
    public double precision(int c) {
        long all = 0;
        for (int[] row : counts) {
            all += row[c];
        }
        return share(counts[c][c], all, "precision of class " + c + " needs a prediction of it");
    }

    private static double share(long part, long all, String demand) {
        if (all == 0) {
            throw new IllegalArgumentException(demand + ", there were 0");
        }
        return (double) part / all;
    }

    private static int[][] copy(int[][] counts) {
        return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return "ConfusionMatrix" + Arrays.deepToString(counts);
    }
}
