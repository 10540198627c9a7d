package touchstone.guard.reasoning;

import java.util.List;

/**
 * What a model wrote to a prompt, taken apart.
 *
 * @param thought the words between the brackets; none when it did not think
 * @param answer the words after the thought; none when the thought did not end
 */
public record Chain(List<String> thought, List<String> answer) {
    public Chain {
        thought = List.copyOf(thought);
        answer = List.copyOf(answer);
    }

    /** Takes words apart at the brackets; without the opening one first, all words are the answer. */
    public static Chain of(List<String> words, String open, String close) {
        if (words.isEmpty() || !words.get(0).equals(open)) {
            return new Chain(List.of(), words);
        }
        int end = words.indexOf(close);
        return end < 0
                ? new Chain(words.subList(1, words.size()), List.of())
                : new Chain(words.subList(1, end), words.subList(end + 1, words.size()));
    }

    /** Thought and answer in one line. */
    @Override
    public String toString() {
        return "(" + String.join(" ", thought) + ") " + String.join(" ", answer);
    }
}
