package touchstone.ood.threshold;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Watches a stream of scores, one at a time, for a change away from the calibration scores, with two alarms:
 *
 * <ul>
 *   <li>The <b>martingale</b>: capital won by betting that p-values are small. While nothing has changed it is expected to stay
 *       1, and by Ville's inequality the chance that it ever passes {@code 1 / delta}, in a stream however long, is at most
 *       delta. It answers: has there been a change at all?
 *   <li>The <b>CUSUM</b>: {@code C = max(0, C + log(e p^(e - 1)))}, the largest evidence for a change at any moment so far. It
 *       forgets what lies before, so that it is quick after a long quiet time, and it will raise false alarms some day: without
 *       a change the mean number of steps to the first is at least {@code averageRun}, for the alarm is raised at
 *       {@code C >= log averageRun}. That is a bound, by Lorden's argument, and a wide one: the true mean is longer.
 * </ul>
 *
 * <p><b>Which p-values.</b> p-values against a fixed set of calibration scores share that set and are not independent: where the
 * set happens to lie low, all of them are small, a martingale grows on them without a change, and with few calibration
 * scores its promise breaks. So the monitor follows the online protocol: a score is compared with the calibration scores <i>and
 * all scores seen since</i>, itself among them, and ties are broken by a draw. If all these are exchangeable, such p-values are
 * independent and uniform, exactly, whatever the distribution and however few the calibration scores. The price: after
 * a change the new scores enter the reference, so that small steps are found early or not at all.
 *
 * @param delta the chance of a false alarm of the martingale, ever, in (0, 1)
 * @param betting how the martingale bets
 * @param cusumExponent e of the CUSUM, in (0, 1)
 * @param averageRun steps to a false alarm of the CUSUM on average, at least; above 1
 * @param seed of the draws that break ties
 */
@Reference({"vovk2003testing", "vovk2021retrain", "page1954continuous", "lorden1971procedures"})
public record OnlineMonitor(double delta, Betting betting, double cusumExponent, double averageRun, long seed) {
    public OnlineMonitor {
        Check.insideUnit(delta, "delta");
        Check.insideUnit(cusumExponent, "cusumExponent");
        if (!(averageRun > 1 && averageRun < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("averageRun must be a finite number above 1, was " + averageRun);
        }
    }

    /** delta 1 %, the mixture; a CUSUM of exponent 1/2 and 10,000 steps; seed 1. */
    public static OnlineMonitor defaults() {
        return new OnlineMonitor(0.01, Betting.mixture(), 0.5, 10_000, 1);
    }

    public OnlineMonitor withDelta(double chance) {
        return new OnlineMonitor(chance, betting, cusumExponent, averageRun, seed);
    }

    public OnlineMonitor withBetting(Betting b) {
        return new OnlineMonitor(delta, b, cusumExponent, averageRun, seed);
    }

    /** With the exponent of the CUSUM, in (0, 1), and its bound on the average run. */
    public OnlineMonitor withCusum(double exponent, double run) {
        return new OnlineMonitor(delta, betting, exponent, run, seed);
    }

    public OnlineMonitor withSeed(long s) {
        return new OnlineMonitor(delta, betting, cusumExponent, averageRun, s);
    }

    /** Starts on calibration scores, [n], finite or infinite; higher means further out. */
    public MonitoredStream start(double[] calibration) {
        Check.nonEmpty(calibration.length, "calibration");
        return new MonitoredStream(this, calibration);
    }

    /** Starts without scores, for p-values made elsewhere, and for scores compared with those seen before alone. */
    public MonitoredStream start() {
        return new MonitoredStream(this, new double[0]);
    }
}
