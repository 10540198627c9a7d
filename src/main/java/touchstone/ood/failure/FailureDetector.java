package touchstone.ood.failure;

import java.util.Arrays;
import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Alarms when the score of a rollout leaves a band that was fitted to successful rollouts alone. The successes are split at
 * random: some give the shape of the band, the others its width.
 *
 * <p>Follows SAFE but for the quantile rule, see {@link FunctionalBand}. The rate of false alarms is guaranteed for successful
 * rollouts that are exchangeable with the calibration ones; rollouts of a task that was not among them are not.
 *
 * @param band options of the band
 * @param shapeShare share of the successes that give mean and modulation, in (0, 1)
 * @param seed of the split
 */
@Reference("gu2025safe")
public record FailureDetector(FunctionalBand band, double shapeShare, long seed) {
    public FailureDetector {
        Check.insideUnit(shapeShare, "shapeShare");
    }

    /** The band's defaults, 30 % of the successes for the shape, seed 1. */
    public static FailureDetector defaults() {
        return new FailureDetector(FunctionalBand.defaults(), 0.3, 1);
    }

    public FailureDetector withBand(FunctionalBand b) {
        return new FailureDetector(b, shapeShare, seed);
    }

    public FailureDetector withAlpha(double alpha) {
        return new FailureDetector(band.withAlpha(alpha), shapeShare, seed);
    }

    public FailureDetector withSeed(long s) {
        return new FailureDetector(band, shapeShare, s);
    }

    /**
     * Fits the band.
     *
     * @param successes score curves of successful rollouts, which the scorer was not trained on, [n][steps], n of 3 or more
     */
    public ScoreBand fit(double[][] successes) {
        Check.atLeast(successes.length, 3, "number of successes");
        int[] order = Seeds.permutation(successes.length, Seeds.rng(seed, "band split"));
        int shape = Math.min(successes.length - 1, Math.max(2, (int) Math.round(shapeShare * successes.length)));
        double[][] mixed = Arrays.stream(order).mapToObj(i -> successes[i]).toArray(double[][]::new);
        return band.fit(Arrays.copyOf(mixed, shape), Arrays.copyOfRange(mixed, shape, mixed.length));
    }

    /**
     * Accuracy against detection time: one point an alpha, all from the same split.
     *
     * @param alphas in (0, 1), [k]
     * @param successes as for {@link #fit}
     * @param curves of the rollouts to report on, [n][steps]
     * @param outcomes of the same rollouts, [n]
     */
    public List<TradeOff> tradeOff(double[] alphas, double[][] successes, double[][] curves, List<Outcome> outcomes) {
        return Arrays.stream(alphas)
                .mapToObj(alpha ->
                        new TradeOff(alpha, DetectionReport.of(withAlpha(alpha).fit(successes), curves, outcomes)))
                .toList();
    }

    /**
     * A point of the trade-off.
     *
     * @param alpha rate of false alarms asked for
     * @param report what came of it
     */
    public record TradeOff(double alpha, DetectionReport report) {}
}
