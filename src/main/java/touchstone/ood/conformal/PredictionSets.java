package touchstone.ood.conformal;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * Sets of classes, one a row.
 *
 * @param members whether a class is in the set of a row, [n, c]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record PredictionSets(boolean[][] members) {
    public PredictionSets {
        Check.nonEmpty(members.length, "members");
        members = copy(members);
        for (int i = 0; i < members.length; i++) {
            Check.sameLength(members[i].length, "members[" + i + "]", members[0].length, "members[0]");
        }
    }

    /** Number of rows, n. */
    public int rows() {
        return members.length;
    }

    /** Number of classes, c. */
    public int classes() {
        return members[0].length;
    }

    /** Whether a class is in the set of a row. */
    public boolean contains(int row, int label) {
        return members[Check.index(row, rows(), "row")][Check.index(label, classes(), "label")];
    }

    /** How many classes each set holds, [n], 0 to c. */
    public int[] sizes() {
        var sizes = new int[rows()];
        for (int i = 0; i < sizes.length; i++) {
            for (boolean member : members[i]) {
                sizes[i] += member ? 1 : 0;
            }
        }
        return sizes;
    }

    /** Mean number of classes a set, in [0, c]. */
    public double meanSize() {
        return Arrays.stream(sizes()).average().orElseThrow();
    }

    /** Which sets hold the true class, [n]. */
    public boolean[] covered(int[] labels) {
        Check.sameLength(labels.length, "labels", rows(), "sets");
        var covered = new boolean[labels.length];
        for (int i = 0; i < covered.length; i++) {
            covered[i] = members[i][Check.index(labels[i], classes(), "labels[" + i + "]")];
        }
        return covered;
    }

    /** The share of sets that hold the true class, in [0, 1]. */
    public double coverage(int[] labels) {
        int hits = 0;
        for (boolean hit : covered(labels)) {
            hits += hit ? 1 : 0;
        }
        return (double) hits / rows();
    }

    @Override
    public boolean[][] members() {
        return copy(members);
    }

    private static boolean[][] copy(boolean[][] rows) {
        return Arrays.stream(rows).map(boolean[]::clone).toArray(boolean[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PredictionSets that && Arrays.deepEquals(members, that.members);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(members);
    }

    @Override
    public String toString() {
        return "PredictionSets[" + rows() + " rows, mean size " + meanSize() + " of " + classes() + "]";
    }
}
