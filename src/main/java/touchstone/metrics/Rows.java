package touchstone.metrics;

import touchstone.util.Check;

/** Checks of a matrix of rows with a label each. */
final class Rows {
    private Rows() {}

    /** Demands rows of one width that fit the labels; returns the width. */
    static int columns(double[][] rows, int[] labels, String name) {
        Check.sameLength(rows.length, name, labels.length, "labels");
        Check.nonEmpty(rows.length, name);
        int columns = rows[0].length;
        Check.atLeast(columns, 1, "columns of " + name);
        for (int i = 0; i < rows.length; i++) {
            Check.sameLength(rows[i].length, name + "[" + i + "]", columns, name + "[0]");
            Check.noNaN(rows[i], name + "[" + i + "]");
        }
        Check.allIndices(labels, columns, "labels");
        return columns;
    }
}
