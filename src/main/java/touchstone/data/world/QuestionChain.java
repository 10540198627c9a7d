package touchstone.data.world;

import java.util.List;

/**
 * Two questions that together tell what neither asks for: the second is put with the answer to the first.
 *
 * @param first a prompt
 * @param then a prompt with {@link #BLANK} where the first answer goes
 * @param truth the word that both together lead to
 */
public record QuestionChain(List<String> first, List<String> then, String truth) {
    /** Stands for the answer to the first question. */
    public static final String BLANK = "_";

    public QuestionChain {
        first = List.copyOf(first);
        then = List.copyOf(then);
        if (!then.contains(BLANK)) {
            throw new IllegalArgumentException(
                    "then must have a word " + BLANK + " for the answer to the first question, was " + then);
        }
    }

    /** The second question with an answer to the first. */
    public List<String> second(String answer) {
        return then.stream().map(w -> w.equals(BLANK) ? answer : w).toList();
    }
}
