package touchstone.rlhf.shaping;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A guard that knows harm when it sees it, and says so with a known accuracy: each judgement is turned round with
 * probability 1 - accuracy, independently of all others.
 *
 * @param accuracy in [0.5, 1]
 * @param harmful which words are harmful: the truth
 * @param seed of the errors
 */
public record NoisyGuard(double accuracy, IntPredicate harmful, long seed) {
    public NoisyGuard {
        if (!(accuracy >= 0.5 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy must lie in [0.5, 1], was " + accuracy);
        }
    }

    /** What the guard reads before it judges a segment. */
    public enum Scope {
        /** The segment alone. */
        SEGMENT,
        /** The response up to the end of the segment. */
        PREFIX
    }

    /** Whether the guard calls response number i harmful. */
    public boolean flags(Response response, long i) {
        boolean truth = Arrays.stream(response.answer()).anyMatch(harmful);
        return truth == right(Seeds.rng(seed, "guard of responses", i));
    }

    /**
     * STAR of response number i: 1 for words of segments that the guard finds safe, 0 for the others.
     *
     * @param segment words judged together, 1 or more
     */
    @Reference("peng2025shape")
    public Response starred(Response response, int segment, Scope scope, long i) {
        Check.atLeast(segment, 1, "segment");
        RandomGenerator rng = Seeds.rng(seed, "guard of segments", i);
        int[] words = response.answer();
        var star = new double[words.length];
        for (int from = 0; from < words.length; from += segment) {
            int to = Math.min(words.length, from + segment);
            int start = scope == Scope.PREFIX ? 0 : from;
            boolean truth = Arrays.stream(words, start, to).anyMatch(harmful);
            boolean flagged = truth == right(rng);
            Arrays.fill(star, from, to, flagged ? 0 : 1);
        }
        return response.withStar(star);
    }

    private boolean right(RandomGenerator rng) {
        return rng.nextDouble() < accuracy;
    }
}
