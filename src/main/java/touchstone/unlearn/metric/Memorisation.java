package touchstone.unlearn.metric;

import touchstone.util.Check;
import touchstone.util.Reference;

/** How much of a sequence a model says by itself: each number in [0, 1], higher is more memorised. */
@Reference({"carlini2021extracting", "dorna2025openunlearning"})
public final class Memorisation {
    private Memorisation() {}

    /**
     * Extraction strength, {@code 1 - k / n}: k is the shortest prefix after which all likeliest tokens are the true ones; 0 when
     * even the last one is wrong. The framework's program gives {@code 1 / n} there, since its loop ends at n - 1.
     *
     * @param predicted the likeliest token at each place, given the true ones before, [n]
     * @param labels the true tokens, [n]
     */
    public static double extractionStrength(int[] predicted, int[] labels) {
        check(predicted, labels);
        return 1 - (double) prefix(predicted, labels) / labels.length;
    }

    /** The number of first tokens that must be given, k of {@link #extractionStrength}. */
    public static int prefix(int[] predicted, int[] labels) {
        check(predicted, labels);
        int k = labels.length;
        while (k > 0 && predicted[k - 1] == labels[k - 1]) {
            k--;
        }
        return k;
    }

    /** Extraction strength as the program of OpenUnlearning prints it: {@code 1 / n} where nothing can be extracted. */
    public static double extractionStrengthAsPrinted(int[] predicted, int[] labels) {
        return 1 - (double) Math.min(prefix(predicted, labels), labels.length - 1) / labels.length;
    }

    /** Exact memorisation: the share of places whose likeliest token is the true one. */
    public static double exact(int[] predicted, int[] labels) {
        check(predicted, labels);
        int hits = 0;
        for (int i = 0; i < labels.length; i++) {
            hits += predicted[i] == labels[i] ? 1 : 0;
        }
        return (double) hits / labels.length;
    }

    private static void check(int[] predicted, int[] labels) {
        Check.nonEmpty(labels.length, "labels");
        Check.sameLength(predicted.length, "predicted", labels.length, "labels");
    }
}
