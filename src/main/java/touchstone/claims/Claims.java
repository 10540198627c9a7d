package touchstone.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.stats.Interval;
import touchstone.util.Check;

/**
 * The claims of one paper, checked one after the other. A claim checked again, by the same statement, replaces the earlier
 * result and keeps its id, so that a notebook's cell can be run twice. Not safe for sharing between threads.
 *
 * <p>Verdicts hold "at this scale". Of samples over seeds the mean gets Student's 95 % interval: the claim is SUPPORTED when
 * both ends meet the condition, REFUTED when the whole interval lies beyond its bound, else NOT SHOWN. One sample alone has
 * no interval and shows nothing; a single exact value is compared as it is.
 */
public final class Claims {
    private final String paper;
    private final Map<String, ClaimResult> results = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private List<Long> seeds = List.of();

    private Claims(String paper) {
        this.paper = paper;
    }

    /** The claims of a paper, by its slug of the catalogue: lower-case letters, digits and hyphens. */
    public static Claims forPaper(String slug) {
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "slug must be of lower-case letters, digits and single hyphens, was '" + slug + "'");
        }
        return new Claims(slug);
    }

    /** Notes the seeds of the run in the provenance. */
    public Claims withSeeds(long... used) {
        seeds = java.util.Arrays.stream(used).boxed().toList();
        return this;
    }

    /**
     * Checks the mean of a random quantity.
     *
     * @param statement what is claimed, in words
     * @param samples independent measurements, usually one a seed, [n]; of one alone nothing is shown
     * @throws IllegalArgumentException if there is no sample, or one is not finite
     */
    public OpenClaim check(String statement, double[] samples) {
        return opened(statement, Evidence.of(samples));
    }

    /** Checks a value without error: a count, or the result of a deterministic computation. */
    public OpenClaim check(String statement, double measured) {
        return opened(statement, new Evidence.Exact(measured));
    }

    /** Checks an estimate by an interval of its own, such as DeLong's or a bootstrap interval. */
    public OpenClaim check(String statement, double measured, Interval interval) {
        return opened(statement, new Evidence.Estimated(measured, interval, 1));
    }

    /** Checks the estimate of an interval. */
    public OpenClaim check(String statement, Interval interval) {
        return check(statement, interval.estimate(), interval);
    }

    /** The results so far, in the order of first mention. */
    public List<ClaimResult> results() {
        return List.copyOf(results.values());
    }

    /**
     * The table of all claims, a snapshot that the kernel shows as HTML and as {@code
     * application/vnd.touchstone.claims+json}.
     *
     * @throws IllegalStateException if a check was begun and never given a condition
     */
    public ClaimsTable show() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(
                    "every check needs a condition, such as .greaterThan(0.0); without one: " + open);
        }
        return new ClaimsTable(paper, results(), Provenance.now(seeds));
    }

    @Override
    public String toString() {
        return "Claims[" + paper + ", " + results.size() + " checked]";
    }

    private OpenClaim opened(String statement, Evidence evidence) {
        Check.nonEmpty(statement.strip().length(), "statement");
        ids.computeIfAbsent(statement, s -> paper + "-" + (ids.size() + 1));
        open.remove(statement);
        open.add(statement);
        return new OpenClaim(this, statement, evidence);
    }

    private ClaimResult close(String statement, Evidence evidence, Condition condition) {
        var claim = new Claim(ids.getOrDefault(statement, paper), statement, condition.text());
        var result = new ClaimResult(claim, evidence, evidence.judge(condition));
        open.remove(statement);
        results.put(statement, result);
        return result;
    }

    /** A check that waits for its condition. */
    public static final class OpenClaim {
        private final Claims claims;
        private final String statement;
        private final Evidence evidence;

        private OpenClaim(Claims claims, String statement, Evidence evidence) {
            this.claims = claims;
            this.statement = statement;
            this.evidence = evidence;
        }

        /** The value must be above {@code bound}. */
        public ClaimResult greaterThan(double bound) {
            return judge(Condition.greaterThan(finite(bound)));
        }

        /** The value must be below {@code bound}. */
        public ClaimResult lessThan(double bound) {
            return judge(Condition.lessThan(finite(bound)));
        }

        /** The value must be {@code bound} or more. */
        public ClaimResult atLeast(double bound) {
            return judge(Condition.atLeast(finite(bound)));
        }

        /** The value must be {@code bound} or less. */
        public ClaimResult atMost(double bound) {
            return judge(Condition.atMost(finite(bound)));
        }

        /** The value must lie from {@code low} to {@code high}, both inside. */
        public ClaimResult between(double low, double high) {
            return judge(Condition.between(finite(low), finite(high)));
        }

        private static double finite(double bound) {
            return Check.finite(bound, "bound");
        }

        private ClaimResult judge(Condition condition) {
            return claims.close(statement, evidence, condition);
        }
    }
}
