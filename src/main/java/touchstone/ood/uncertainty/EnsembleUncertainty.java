package touchstone.ood.uncertainty;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What S members of an ensemble say of n rows, and how far they disagree; entropies are in nats. The predictive entropy is the
 * expected one (noise that all members see) plus the mutual information (what they disagree on). Immutable.
 *
 * <p>Follows the papers: the prediction is the mean of the members' probabilities.
 */
@Reference({"houlsby2011bayesian", "gal2016dropout", "lakshminarayanan2017simple"})
public final class EnsembleUncertainty {
    private final double[][][] members; // [S, n, c]
    private final double[][] mean; // [n, c]

    private EnsembleUncertainty(double[][][] members) {
        this.members = members;
        int n = members[0].length;
        int classes = members[0][0].length;
        mean = new double[n][classes];
        for (double[][] member : members) {
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < classes; c++) {
                    mean[i][c] += member[i][c] / members.length;
                }
            }
        }
    }

    /** Of class probabilities, [S, n, c], each row summing to 1 within 1e-4. */
    public static EnsembleUncertainty of(double[][][] probabilities) {
        double[][][] copy = checked(probabilities, "probabilities");
        for (int s = 0; s < copy.length; s++) {
            for (int i = 0; i < copy[s].length; i++) {
                String name = "probabilities[" + s + "][" + i + "]";
                Check.probabilities(copy[s][i], name);
                double sum = Arrays.stream(copy[s][i]).sum();
                if (!(Math.abs(sum - 1) <= 1e-4)) {
                    throw new IllegalArgumentException(name + " must sum to 1, summed to " + sum);
                }
            }
        }
        return new EnsembleUncertainty(copy);
    }

    /** Of logits, [S, n, c]: each member's softmax first, then the mean. */
    public static EnsembleUncertainty ofLogits(double[][][] logits) {
        return new EnsembleUncertainty(
                Arrays.stream(checked(logits, "logits")).map(LogitRows::softmax).toArray(double[][][]::new));
    }

    /** The softmax of the members' mean logits, [n, c], given logits [S, n, c]: what some libraries take for the prediction. */
    public static double[][] softmaxOfMeanLogits(double[][][] logits) {
        double[][][] copy = checked(logits, "logits");
        var sum = new double[copy[0].length][copy[0][0].length];
        for (double[][] member : copy) {
            for (int i = 0; i < sum.length; i++) {
                for (int c = 0; c < sum[i].length; c++) {
                    sum[i][c] += member[i][c] / copy.length;
                }
            }
        }
        return LogitRows.softmax(sum);
    }

    private static double[][][] checked(double[][][] x, String name) {
        Check.nonEmpty(x.length, name);
        for (int s = 0; s < x.length; s++) {
            Check.sameLength(x[s].length, name + "[" + s + "]", x[0].length, name + "[0]");
            LogitRows.classes(x[s], name + "[" + s + "]");
            Check.sameLength(
                    x[s][0].length, "a row of " + name + "[" + s + "]", x[0][0].length, "one of " + name + "[0]");
        }
        return Arrays.stream(x).map(EnsembleUncertainty::copy).toArray(double[][][]::new);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** Number of members, S. */
    public int size() {
        return members.length;
    }

    /** The prediction: the mean of the members' probabilities, [n, c]. */
    public double[][] meanProbability() {
        return copy(mean);
    }

    /** The probability of the most likely class of the mean, [n], in [1 / c, 1]. */
    public double[] confidence() {
        return each(mean, p -> Arrays.stream(p).max().orElseThrow());
    }

    /** Entropy of the mean, [n], in [0, log c]: all uncertainty. */
    public double[] predictiveEntropy() {
        return each(mean, LogitRows::entropy);
    }

    /** Mean of the members' entropies, [n], in [0, log c]: noise that no further data takes away. */
    public double[] expectedEntropy() {
        var sum = new double[mean.length];
        for (double[][] member : members) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += LogitRows.entropy(member[i]) / members.length;
            }
        }
        return sum;
    }

    /** Predictive less expected entropy, [n], 0 or more: what the members disagree on (BALD). */
    public double[] mutualInformation() {
        double[] total = predictiveEntropy();
        double[] expected = expectedEntropy();
        var difference = new double[total.length];
        Arrays.setAll(difference, i -> Math.max(0, total[i] - expected[i])); // below 0 by rounding only
        return difference;
    }

    /** The share of members that do not vote for the most voted class, [n], in [0, 1); a member votes for its first maximum. */
    public double[] variationRatio() {
        var ratio = new double[mean.length];
        for (int i = 0; i < ratio.length; i++) {
            var votes = new int[mean[i].length];
            for (double[][] member : members) {
                votes[LogitRows.argMax(member[i])]++;
            }
            ratio[i] = 1 - (double) Arrays.stream(votes).max().orElseThrow() / members.length;
        }
        return ratio;
    }

    /** Mean over the classes of the members' variance of a class's probability, over S - 1, [n]; needs 2 members. */
    public double[] meanVariance() {
        Check.atLeast(members.length, 2, "members for a variance");
        var variance = new double[mean.length];
        for (double[][] member : members) {
            for (int i = 0; i < variance.length; i++) {
                for (int c = 0; c < mean[i].length; c++) {
                    double off = member[i][c] - mean[i][c];
                    variance[i] += off * off / (members.length - 1) / mean[i].length;
                }
            }
        }
        return variance;
    }

    private static double[] each(double[][] rows, ToDoubleFunction<double[]> f) {
        return Arrays.stream(rows).mapToDouble(f).toArray();
    }

    @Override
    public String toString() {
        return "EnsembleUncertainty[" + members.length + " members, " + mean.length + " rows, " + mean[0].length
                + " classes]";
    }
}
