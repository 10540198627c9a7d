package touchstone.metrics;

import touchstone.util.Check;

/** Share of predictions that are right, in [0, 1]. */
public final class Accuracy {
    private Accuracy() {}

    /**
     * Share of rows where both agree.
     *
     * @param actual true classes, [n]
     * @param predicted predicted classes, [n]
     */
    public static double of(int[] actual, int[] predicted) {
        Check.sameLength(actual.length, "actual", predicted.length, "predicted");
        Check.nonEmpty(actual.length, "actual");
        int right = 0;
        for (int i = 0; i < actual.length; i++) {
            right += actual[i] == predicted[i] ? 1 : 0;
        }
        return (double) right / actual.length;
    }
}
