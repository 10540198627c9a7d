package touchstone.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Confidence against accuracy by bins: what a reliability diagram draws and what calibration errors sum up.
 *
 * @param bins from low to high confidence; empty ones are kept, so that the count of bins is as asked
 */
@Reference("guo2017calibration")
public record Reliability(List<Bin> bins) {
    /**
     * One bin of confidences.
     *
     * @param low lower edge; outside a bin closed on the right (but 0 is inside the first)
     * @param high upper edge; outside a bin closed on the left (but 1 is inside the last)
     * @param count examples in the bin
     * @param confidence mean confidence of the examples; the middle of the bin when it is empty
     * @param accuracy share of right answers among the examples; 0 when the bin is empty
     */
    public record Bin(double low, double high, int count, double confidence, double accuracy) {
        /** Confidence less accuracy; 0 when the bin is empty. Above 0 means over-confident. */
        public double gap() {
            return count == 0 ? 0 : confidence - accuracy;
        }
    }

    public Reliability {
        bins = List.copyOf(bins);
    }

    /** Bins made as named. */
    public static Reliability of(double[] confidence, boolean[] correct, int bins, Binning binning) {
        return switch (binning) {
            case RIGHT_CLOSED -> equalWidth(confidence, correct, bins);
            case LEFT_CLOSED -> leftClosed(confidence, correct, bins);
            case EQUAL_MASS -> equalMass(confidence, correct, bins);
        };
    }

    /**
     * Bins of equal width over [0, 1], closed on the right: (lo, hi], with 0 in the first. The edges are those of
     * numpy's {@code linspace}: {@code i * (1 / bins)}, the last one 1.
     *
     * @param confidence probability given to the answer, [n], in [0, 1]
     * @param correct whether the answer was right, [n]
     */
    public static Reliability equalWidth(double[] confidence, boolean[] correct, int bins) {
        return equalWidth(confidence, correct, bins, true);
    }

    /** Bins of equal width over [0, 1], closed on the left: [lo, hi), with 1 in the last; edges as {@link #equalWidth}. */
    public static Reliability leftClosed(double[] confidence, boolean[] correct, int bins) {
        return equalWidth(confidence, correct, bins, false);
    }

    private static Reliability equalWidth(double[] confidence, boolean[] correct, int bins, boolean closedRight) {
        check(confidence, correct, bins);
        var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = i == bins ? 1 : i * (1.0 / bins);
        }
        var members = new ArrayList<List<Integer>>();
        IntStream.range(0, bins).forEach(b -> members.add(new ArrayList<>()));
        for (int i = 0; i < confidence.length; i++) {
            int at = Arrays.binarySearch(edges, confidence[i] + 0.0);
            int bin = at < 0 ? -at - 2 : closedRight ? Math.max(0, at - 1) : Math.min(at, bins - 1);
            members.get(bin).add(i);
        }
        var result = new ArrayList<Bin>();
        for (int b = 0; b < bins; b++) {
            result.add(bin(edges[b], edges[b + 1], members.get(b), confidence, correct));
        }
        return new Reliability(result);
    }

    /**
     * Bins of equal count: the confidences, stably sorted, cut as numpy's {@code array_split} does (the first {@code n
     * mod bins} bins hold one more). Edges are the lowest and highest confidence inside. Ties may straddle two bins.
     */
    public static Reliability equalMass(double[] confidence, boolean[] correct, int bins) {
        check(confidence, correct, bins);
        List<Integer> order = Arrays.stream(Sort.order(confidence)).boxed().toList();
        var result = new ArrayList<Bin>();
        int from = 0;
        for (int b = 0; b < bins; b++) {
            int size = confidence.length / bins + (b < confidence.length % bins ? 1 : 0);
            if (size > 0) {
                List<Integer> members = order.subList(from, from + size);
                double low = confidence[members.get(0)];
                double high = confidence[members.get(size - 1)];
                result.add(bin(low, high, members, confidence, correct));
            }
            from += size;
        }
        return new Reliability(result);
    }

    /** Number of examples in all bins. */
    public int count() {
        return bins.stream().mapToInt(Bin::count).sum();
    }

    private static Bin bin(double low, double high, List<Integer> members, double[] confidence, boolean[] correct) {
        if (members.isEmpty()) {
            return new Bin(low, high, 0, (low + high) / 2, 0);
        }
        double sum = 0;
        int right = 0;
        for (int i : members) {
            sum += confidence[i];
            right += correct[i] ? 1 : 0;
        }
        return new Bin(low, high, members.size(), sum / members.size(), (double) right / members.size());
    }

    private static void check(double[] confidence, boolean[] correct, int bins) {
        Check.sameLength(confidence.length, "confidence", correct.length, "correct");
        Check.nonEmpty(confidence.length, "confidence");
        Check.probabilities(confidence, "confidence");
        Check.atLeast(bins, 1, "bins");
    }
}
