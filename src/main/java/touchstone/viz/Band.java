package touchstone.viz;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import touchstone.stats.Interval;
import touchstone.stats.MeanInterval;
import touchstone.util.Check;

/**
 * A line with an interval around each point.
 *
 * @param name as the legend prints it
 * @param mean the line, [k]
 * @param lower lower edge of the band, [k]
 * @param upper upper edge of the band, [k]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record Band(String name, double[] mean, double[] lower, double[] upper) {
    public Band {
        Check.sameLength(lower.length, "lower", mean.length, "mean");
        Check.sameLength(upper.length, "upper", mean.length, "mean");
        mean = mean.clone();
        lower = lower.clone();
        upper = upper.clone();
        for (int i = 0; i < mean.length; i++) {
            if (!(lower[i] <= mean[i] && mean[i] <= upper[i])) {
                throw new IllegalArgumentException("the band must hold the line, was [" + lower[i] + ", " + upper[i]
                        + "] around " + mean[i] + " at index " + i);
            }
        }
    }

    /** Mean and Student's 95 % interval over runs, [seeds, k] with 2 seeds or more. */
    public static Band overSeeds(String name, double[][] runs) {
        Check.atLeast(runs.length, 2, "number of runs for a band");
        int k = runs[0].length;
        var mean = new double[k];
        var lower = new double[k];
        var upper = new double[k];
        for (int j = 0; j < k; j++) {
            int at = j;
            Interval i = MeanInterval.of(
                    Arrays.stream(runs).mapToDouble(run -> run[at]).toArray());
            mean[j] = i.estimate();
            lower[j] = i.lower();
            upper[j] = i.upper();
        }
        return new Band(name, mean, lower, upper);
    }

    /**
     * The same line with its band cut to what the measure can be, such as 0 and 1 for an AUROC; Student's interval of few
     * runs reaches beyond.
     *
     * @param least smallest possible value; the line must not lie below
     * @param most largest possible value; the line must not lie above
     */
    public Band within(double least, double most) {
        UnaryOperator<double[]> cut = edge ->
                Arrays.stream(edge).map(y -> Math.min(most, Math.max(least, y))).toArray();
        return new Band(name, mean, cut.apply(lower), cut.apply(upper));
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double[] lower() {
        return lower.clone();
    }

    @Override
    public double[] upper() {
        return upper.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Band that
                && name.equals(that.name)
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(lower, that.lower)
                && Arrays.equals(upper, that.upper);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return "Band[" + name + ", " + mean.length + " points]";
    }
}
