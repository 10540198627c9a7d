package touchstone.guard.reasoning;

import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How long a model thinks, by force in decoding: its weights stay as they are.
 *
 * <p>Follows the paper: ZeroThink gives an empty thought, LessThink a short one that is written for the model, and MoreThink puts a
 * word in the place of each end of the thought that comes too early. The paper's words are sentences; here they are single words of
 * the world.
 *
 * @param forced whether the thought is opened by force
 * @param thought words of a thought written for the model, which is then closed; none lets it think
 * @param least words before a thought may end, 0 or more
 * @param again the word in the place of an end that comes before {@code least}
 * @param most words of a thought, after which it is closed; {@code least} or more
 */
@Reference("jiang2025safechain")
public record Thinking(boolean forced, List<String> thought, int least, String again, int most) {
    private static final int ANY = Integer.MAX_VALUE;

    public Thinking {
        thought = List.copyOf(thought);
        Check.atLeast(least, 0, "least");
        Check.atLeast(most, least, "most");
    }

    /** As the model likes, thought or none. */
    public static Thinking free() {
        return new Thinking(false, List.of(), 0, "", ANY);
    }

    /** Thinks, as long as it likes. */
    public static Thinking on() {
        return new Thinking(true, List.of(), 0, "", ANY);
    }

    /** ZeroThink: the thought is empty. */
    public static Thinking zero() {
        return on().withMost(0);
    }

    /** LessThink: the thought is these words, one or more. */
    public static Thinking less(String... words) {
        Check.nonEmpty(words.length, "words");
        return new Thinking(true, List.of(words), 0, "", words.length);
    }

    /** MoreThink: an end before so many words becomes the word {@code again}. */
    public static Thinking more(int least, String again) {
        return new Thinking(true, List.of(), Check.atLeast(least, 1, "least"), again, ANY);
    }

    /** Closes thoughts after so many words. */
    public Thinking withMost(int words) {
        return new Thinking(forced, thought, least, again, words);
    }
}
