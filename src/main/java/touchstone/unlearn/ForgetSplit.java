package touchstone.unlearn;

import java.util.stream.IntStream;
import touchstone.util.Check;

/**
 * A training set in two parts.
 *
 * @param forget what the model must lose, one example or more
 * @param retain all else it was trained on, one example or more
 */
public record ForgetSplit(Examples forget, Examples retain) {
    public ForgetSplit {
        if (forget.size() == 0) {
            throw new IllegalArgumentException("the forget set must have an example, had none");
        }
        if (retain.size() == 0) {
            throw new IllegalArgumentException("the forget set must be less than the training set, was all "
                    + forget.size() + " examples of it: nothing is left to retain");
        }
        Check.sameLength(forget.steps(), "steps of the forget set", retain.steps(), "steps of the retain set");
    }

    /** Splits a training set by the numbers of the examples to forget, each named once. */
    public static ForgetSplit of(Examples all, int... forget) {
        var gone = new boolean[all.size()];
        for (int i = 0; i < forget.length; i++) {
            Check.index(forget[i], all.size(), "forget[" + i + "]");
            if (gone[forget[i]]) {
                throw new IllegalArgumentException("forget must name an example once, had " + forget[i] + " twice");
            }
            gone[forget[i]] = true;
        }
        int[] rest = IntStream.range(0, all.size()).filter(i -> !gone[i]).toArray();
        return new ForgetSplit(all.select(forget), all.select(rest));
    }
}
