package touchstone.nn.bench;

import java.util.Locale;

/**
 * What came of an operation on a machine.
 *
 * @param verdict OK; WRONG beyond the bound, and then not timed; FAILED with a note why; SKIPPED for want of time
 * @param speed units of work a second, of the median repeat; 0 where it was not timed
 * @param best the same of the fastest repeat
 * @param error {@code ||out - ref|| / ||ref||} against float64; NaN where a NaN was left or nothing was compared
 * @param repeats timed
 * @param share of the work that was timed, up to 1; the speed is scaled by rows
 * @param note a sentence, or empty
 */
public record Measurement(
        Verdict verdict, double speed, double best, double error, int repeats, double share, String note) {
    /** How it went. */
    public enum Verdict {
        OK,
        WRONG,
        FAILED,
        SKIPPED
    }

    static Measurement failed(String why) {
        return new Measurement(Verdict.FAILED, 0, 0, Double.NaN, 0, 0, why);
    }

    static Measurement skipped(double error, String why) {
        return new Measurement(Verdict.SKIPPED, 0, 0, error, 0, 0, why);
    }

    static Measurement wrong(double error, double bound) {
        String note = String.format(Locale.ROOT, "off by %.1e, allowed is %.0e", error, bound);
        return new Measurement(Verdict.WRONG, 0, 0, error, 0, 0, note);
    }
}
