package touchstone.rlhf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.stats.Correlation;
import touchstone.util.Check;

/**
 * Whether a reward goes by length. A reward that does is right where the preferred answer is the longer one and wrong where it is the
 * shorter; one that does not is about equally good on both.
 *
 * @param correlation Spearman's, of the margin with the difference of lengths in characters, in [-1, 1]; 0 when either does not vary
 * @param longer agreement where the preferred answer is longer
 * @param shorter agreement where it is shorter
 */
public record LengthProbe(double correlation, Agreement longer, Agreement shorter) {
    /** Of pairs and their margins, [n] each. */
    public static LengthProbe of(List<PreferencePair> pairs, double... margins) {
        Check.sameLength(pairs.size(), "pairs", margins.length, "margins");
        double[] lengths = pairs.stream()
                .mapToDouble(p -> p.chosen().length() - p.rejected().length())
                .toArray();
        boolean flat = varies(lengths) == 0 || varies(margins) == 0;
        return new LengthProbe(
                flat ? 0 : Correlation.spearman(margins, lengths),
                where(margins, i -> lengths[i] > 0),
                where(margins, i -> lengths[i] < 0));
    }

    private static long varies(double[] x) {
        return Arrays.stream(x).filter(v -> v != x[0]).count();
    }

    private static Agreement where(double[] margins, IntPredicate keep) {
        return Agreement.of(IntStream.range(0, margins.length)
                .filter(keep)
                .mapToDouble(i -> margins[i])
                .toArray());
    }

    /** Accuracy where the preferred answer is longer less that where it is shorter, in [-1, 1]. */
    public double gap() {
        return longer.accuracy().estimate() - shorter.accuracy().estimate();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "margin with length rho = %.3f; right on %.3f of %d longer, %.3f of %d shorter",
                correlation,
                longer.accuracy().estimate(),
                longer.pairs(),
                shorter.accuracy().estimate(),
                shorter.pairs());
    }
}
