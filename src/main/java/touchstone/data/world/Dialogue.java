package touchstone.data.world;

import java.util.List;
import touchstone.util.Check;

/**
 * What is asked and what is answered, word by word.
 *
 * @param prompt one word or more, none with white space
 * @param answer one word or more, none with white space; in the worlds of this package the last is {@link #END}
 */
public record Dialogue(List<String> prompt, List<String> answer) {
    /** The word that ends an answer. */
    public static final String END = ".";

    public Dialogue {
        prompt = words(prompt, "prompt");
        answer = words(answer, "answer");
    }

    /** A dialogue from two texts of words parted by single spaces. */
    public static Dialogue of(String prompt, String answer) {
        return new Dialogue(List.of(prompt.split(" ", -1)), List.of(answer.split(" ", -1)));
    }

    /** The same prompt with another answer. */
    public Dialogue withAnswer(List<String> other) {
        return new Dialogue(prompt, other);
    }

    /** Prompt and answer in one line, parted by spaces. */
    public String text() {
        return String.join(" ", prompt) + " " + String.join(" ", answer);
    }

    private static List<String> words(List<String> words, String what) {
        Check.nonEmpty(words.size(), what);
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isEmpty() || words.get(i).chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException(
                        what + "[" + i + "] must be a word without white space, was '" + words.get(i) + "'");
            }
        }
        return List.copyOf(words);
    }
}
