package touchstone.ood.threshold;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;
import touchstone.util.Sort;

/**
 * A stream being watched; see {@link OnlineMonitor} for what its alarms promise. It keeps every score it has seen, sorted: 8
 * bytes each, and a step copies half of them on average. Holds state: from one thread at a time.
 */
public final class MonitoredStream {
    private final OnlineMonitor options;
    private final double[] calibration; // sorted
    private double[] seen; // sorted, the first size of it
    private int size;
    private long resets;
    private RandomGenerator draws;
    private long steps;
    private double evidence; // -sum log p
    private double cusum;
    private boolean alarm;
    private boolean drift;

    MonitoredStream(OnlineMonitor options, double[] calibration) {
        Check.noNaN(calibration, "calibration");
        this.options = options;
        this.calibration = Sort.ascending(calibration);
        seen = this.calibration.clone();
        size = seen.length;
        draws = draws();
    }

    private RandomGenerator draws() {
        return Seeds.rng(options.seed(), "monitor", resets);
    }

    /**
     * Takes the next score in; infinities are legal, NaN is not. Its p-value is
     * {@code (#(seen > score) + u #(seen = score)) / #seen}, with the calibration scores, all scores since and itself as seen.
     */
    public State observe(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score must be a number, was NaN");
        }
        double value = score + 0.0; // -0.0 becomes 0.0
        int from = place(value, false);
        int to = place(value, true);
        insert(value, to);
        double u = 1 - draws.nextDouble(); // in (0, 1]
        return step(((double) size - 1 - to + u * (to - from + 1)) / size);
    }

    /** Takes in a p-value made elsewhere, in (0, 1]; without a change they must be independent and uniform, or larger. */
    public State observePValue(double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("p must lie in (0, 1], was " + p);
        }
        return step(p);
    }

    private State step(double p) {
        steps++;
        evidence -= Math.log(p);
        double e = options.cusumExponent();
        cusum = Math.max(0, cusum + Math.log(e) + (e - 1) * Math.log(p));
        double logMartingale = options.betting().logCapital(steps, evidence);
        alarm |= logMartingale >= -Math.log(options.delta());
        drift |= cusum >= Math.log(options.averageRun());
        return new State(steps, p, logMartingale, cusum, alarm, drift);
    }

    /**
     * Begins anew: capital 1, CUSUM 0, no alarm, the calibration scores alone as reference. The promises hold for each stretch
     * between two resets by itself; over several of them the chances of a false alarm add up.
     */
    public void reset() {
        seen = calibration.clone();
        size = seen.length;
        resets++;
        draws = draws();
        steps = 0;
        evidence = 0;
        cusum = 0;
        alarm = false;
        drift = false;
    }

    /** How many seen scores lie below a score, or at it too. */
    private int place(double score, boolean atToo) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seen[middle] < score || (atToo && seen[middle] == score)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(double score, int at) {
        if (size == seen.length) {
            seen = Arrays.copyOf(seen, Math.max(16, size + size / 2));
        }
        System.arraycopy(seen, at, seen, at + 1, size - at);
        seen[at] = score;
        size++;
    }

    /**
     * Where the watching stands.
     *
     * @param step scores taken in since the start or the last reset
     * @param pValue of the last score, in (0, 1]; small when it lies far out
     * @param logMartingale logarithm of the capital, in nats; 0 at the start
     * @param cusum evidence for a change at some moment, in nats, 0 or more
     * @param alarm whether the martingale has reached 1 / delta since the start or the last reset
     * @param drift whether the CUSUM has reached log averageRun since then
     */
    public record State(long step, double pValue, double logMartingale, double cusum, boolean alarm, boolean drift) {}
}
