package touchstone.stats;

import org.apache.commons.math3.distribution.NormalDistribution;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * DeLong's variance of an AUROC and the paired comparison of two, from the placement of each score in the other sample:
 * {@code v_j = mean_i [id_i < ood_j] + [equal] / 2} for the positives and its counterpart for the negatives; then {@code
 * var = S(v_ood) / m + S(v_id) / n} with the sample variances (divisor n - 1).
 *
 * <p>Follows the paper; placements by ranks, in O(n log n). Out-of-distribution is the positive class.
 */
@Reference({"delong1988comparing", "sun2014fast"})
public final class DeLong {
    private DeLong() {}

    /**
     * Normal interval of an AUROC, cut to [0, 1].
     *
     * <p>For separated samples (AUROC 0 or 1) the variance is 0 and the interval a point; the method then says so, for
     * such an interval understates what is not known.
     *
     * @param id scores of in-distribution examples, [n], n >= 2
     * @param ood scores of out-of-distribution examples, [m], m >= 2
     */
    public static Interval interval(double[] id, double[] ood, double level) {
        Check.insideUnit(level, "level");
        var p = new Placements(id, ood);
        double half = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2) * Math.sqrt(p.variance());
        String method = p.variance() > 0 ? "DeLong interval" : "DeLong interval, degenerate: variance 0";
        double auroc = p.auroc();
        return new Interval(auroc, Math.max(0, auroc - half), Math.min(1, auroc + half), level, method);
    }

    /** Variance of the AUROC, 0 or more. */
    public static double variance(double[] id, double[] ood) {
        return new Placements(id, ood).variance();
    }

    /**
     * Tests whether two scores of the same examples have the same AUROC; two-sided, normal. Equal AUROCs of variance 0
     * give p = 1; different AUROCs of variance 0 throw, for the test then has no answer.
     *
     * @param idA first score of the in-distribution examples, [n]; {@code idB} the second, in the same order
     * @param oodA first score of the out-of-distribution examples, [m]; {@code oodB} the second, in the same order
     */
    public static TestResult test(double[] idA, double[] oodA, double[] idB, double[] oodB) {
        Check.sameLength(idA.length, "idA", idB.length, "idB");
        Check.sameLength(oodA.length, "oodA", oodB.length, "oodB");
        var a = new Placements(idA, oodA);
        var b = new Placements(idB, oodB);
        double difference = a.auroc() - b.auroc();
        double variance = Moments.variance(Moments.differences(a.ofOod, b.ofOod)) / oodA.length
                + Moments.variance(Moments.differences(a.ofId, b.ofId)) / idA.length;
        if (variance == 0) {
            if (difference == 0) {
                return new TestResult(0, 0, 1, "paired DeLong test");
            }
            throw new IllegalArgumentException(
                    "the paired DeLong test needs scores that overlap: the variance was 0 at AUROCs of " + a.auroc()
                            + " and " + b.auroc());
        }
        double z = difference / Math.sqrt(variance);
        double p = 2 * new NormalDistribution().cumulativeProbability(-Math.abs(z));
        return new TestResult(difference, z, p, "paired DeLong test");
    }

    /** How each score lies in the other sample. */
    private static final class Placements {
        final double[] ofId;
        final double[] ofOod;

        Placements(double[] id, double[] ood) {
            if (id.length < 2 || ood.length < 2) {
                throw new IllegalArgumentException("DeLong's variance needs two scores of each class: " + id.length
                        + " in-distribution, " + ood.length + " out-of-distribution");
            }
            Check.noNaN(id, "in-distribution scores");
            Check.noNaN(ood, "out-of-distribution scores");
            double[] sortedId = Sort.ascending(id);
            double[] sortedOod = Sort.ascending(ood);
            ofOod = new double[ood.length];
            for (int j = 0; j < ood.length; j++) {
                ofOod[j] = shareBelow(sortedId, ood[j]);
            }
            ofId = new double[id.length];
            for (int i = 0; i < id.length; i++) {
                ofId[i] = 1 - shareBelow(sortedOod, id[i]);
            }
        }

        double auroc() {
            return Moments.mean(ofOod);
        }

        double variance() {
            return Moments.variance(ofOod) / ofOod.length + Moments.variance(ofId) / ofId.length;
        }

        /** Share of a sorted sample below a value, ties half. */
        private static double shareBelow(double[] sorted, double value) {
            int below = count(sorted, value, false);
            int atMost = count(sorted, value, true);
            return ((double) below + atMost) / 2 / sorted.length;
        }

        private static int count(double[] sorted, double value, boolean inclusive) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int mid = (low + high) >>> 1;
                if (sorted[mid] < value || (inclusive && sorted[mid] == value)) {
                    low = mid + 1;
                } else {
                    high = mid;
                }
            }
            return low;
        }
    }
}
