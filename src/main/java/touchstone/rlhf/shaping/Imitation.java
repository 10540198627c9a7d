package touchstone.rlhf.shaping;

import java.util.Arrays;
import java.util.List;
import touchstone.rlhf.policy.PolicyDescent;
import touchstone.rlhf.policy.SoftmaxPolicy;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;

/**
 * Plain fine-tuning of a policy on responses: steps down the mean cross-entropy of their words, all of them in each
 * step. Star multiplies a word's weight.
 *
 * @param descent how steps are taken
 * @param steps 1 or more
 */
public record Imitation(PolicyDescent.Options descent, int steps) {
    public Imitation {
        Check.atLeast(steps, 1, "steps");
    }

    /** 200 steps of Adam at 0.03. */
    public static Imitation defaults() {
        return new Imitation(PolicyDescent.Options.adam(0.03), 200);
    }

    public Imitation withSteps(int count) {
        return new Imitation(descent, count);
    }

    /** A copy of a policy that has learnt the responses. */
    public SoftmaxPolicy fit(SoftmaxPolicy start, TokenWorld.View view, List<Response> responses) {
        List<Word> words = Word.of(view, responses);
        double[][] states = Word.states(words);
        int[] labels = Word.labels(words);
        double[] slope = words.stream().mapToDouble(w -> -w.star() * w.weight()).toArray();
        double total = Arrays.stream(Word.weights(words)).sum();
        Arrays.setAll(slope, i -> slope[i] / total);
        PolicyDescent policy = PolicyDescent.of(start, descent);
        for (int step = 0; step < steps; step++) {
            policy.step(states, labels, logP -> slope);
        }
        return policy.snapshot();
    }
}
