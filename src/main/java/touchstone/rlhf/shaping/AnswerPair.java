package touchstone.rlhf.shaping;

import java.util.Arrays;
import java.util.List;
import touchstone.rlhf.policy.PreferenceTraining;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;

/**
 * Two answers in words to one prompt, the better one first.
 *
 * @param prompt words of the prompt
 * @param chosen words of the better answer, 1 or more
 * @param rejected words of the other, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in; not changed after
public record AnswerPair(int[] prompt, int[] chosen, int[] rejected) {
    public AnswerPair {
        Check.nonEmpty(chosen.length, "chosen");
        Check.nonEmpty(rejected.length, "rejected");
        prompt = prompt.clone();
        chosen = chosen.clone();
        rejected = rejected.clone();
    }

    /** Words that both begin with. */
    public int shared() {
        int same = 0;
        while (same < Math.min(chosen.length, rejected.length) && chosen[same] == rejected[same]) {
            same++;
        }
        return same;
    }

    /** Pairs as a policy over prefixes is trained on them: each word with the state before it. */
    public static List<PreferenceTraining.Pair> laid(List<AnswerPair> pairs, TokenWorld.View view) {
        return pairs.stream()
                .map(p -> new PreferenceTraining.Pair(p.laid(p.chosen, view), p.laid(p.rejected, view)))
                .toList();
    }

    private PreferenceTraining.Answer laid(int[] answer, TokenWorld.View view) {
        var states = new double[answer.length][];
        Arrays.setAll(states, t -> view.of(prompt, Arrays.copyOf(answer, t)));
        return new PreferenceTraining.Answer(states, answer);
    }
}
