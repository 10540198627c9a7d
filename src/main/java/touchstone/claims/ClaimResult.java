package touchstone.claims;

import java.util.Optional;
import touchstone.stats.Interval;

/** A claim with what was measured and the verdict. Immutable. */
public final class ClaimResult {
    private final Claim claim;
    private final Evidence evidence;
    private final Verdict verdict;

    ClaimResult(Claim claim, Evidence evidence, Verdict verdict) {
        this.claim = claim;
        this.evidence = evidence;
        this.verdict = verdict;
    }

    public Claim claim() {
        return claim;
    }

    /** The value measured: the mean of samples, or the single value. */
    public double measured() {
        return evidence.measured();
    }

    /** The interval, if the evidence has one. */
    public Optional<Interval> interval() {
        return evidence instanceof Evidence.Estimated e ? Optional.of(e.interval()) : Optional.empty();
    }

    /** Number of samples behind the value; 1 for a single value. */
    public int samples() {
        return evidence.samples();
    }

    /** How the interval was made, or why there is none. */
    public String method() {
        return evidence.method();
    }

    public Verdict verdict() {
        return verdict;
    }

    @Override
    public String toString() {
        String ends = interval()
                .map(i -> " [" + Numbers.brief(i.lower()) + ", " + Numbers.brief(i.upper()) + "]")
                .orElse("");
        return claim.id() + ": " + verdict + " at this scale: " + claim.statement() + " " + claim.condition()
                + ", measured " + Numbers.brief(measured()) + ends;
    }
}
