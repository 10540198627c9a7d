package touchstone.guard.reasoning;

import java.util.ArrayList;
import java.util.List;
import touchstone.data.world.Dialogue;
import touchstone.data.world.ThinkingGrammar;
import touchstone.nn.lm.Forcing;
import touchstone.nn.lm.Sampler;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.WordTokenizer;
import touchstone.util.Reference;

/**
 * A model that thinks between brackets before it answers, and can be made to think more or less.
 *
 * @param speaker whose words hold the brackets
 * @param open word that begins a thought
 * @param close word that ends it
 */
@Reference("jiang2025safechain")
public record Thinker(Speaker speaker, String open, String close) {
    public Thinker {
        speaker.words().id(open);
        speaker.words().id(close);
    }

    /** With the brackets of {@link ThinkingGrammar}. */
    public static Thinker of(Speaker speaker) {
        return new Thinker(speaker, ThinkingGrammar.OPEN, ThinkingGrammar.CLOSE);
    }

    /**
     * Thoughts and answers to prompts, up to and with {@link Dialogue#END}.
     *
     * @param sampler how words are drawn; its own stop token is not used, and its tokens bound thought, brackets and answer together
     */
    public List<Chain> think(List<List<String>> prompts, Thinking thinking, Sampler sampler) {
        WordTokenizer words = speaker.words();
        List<int[]> written = sampler.withStop(words.id(Dialogue.END))
                .generate(speaker.model(), prompts.stream().map(speaker::encode).toList(), forcing(thinking));
        var chains = new ArrayList<Chain>();
        for (int[] ids : written) {
            chains.add(Chain.of(List.of(words.decode(ids).split(" ", -1)), open, close));
        }
        return chains;
    }

    private Forcing forcing(Thinking thinking) {
        WordTokenizer words = speaker.words();
        int first = words.id(open);
        int last = words.id(close);
        int[] given = speaker.encode(thinking.thought());
        int again = thinking.least() > 0 ? words.id(thinking.again()) : last;
        return (prompt, added, drawn) -> {
            if (added.length == 0) {
                return thinking.forced() ? first : drawn;
            }
            if (added[0] != first || holds(added, last)) {
                return drawn;
            }
            int thought = added.length - 1;
            if (thought < given.length) {
                return given[thought];
            }
            if (thought >= thinking.most()) {
                return last;
            }
            return drawn == last && thought < thinking.least() ? again : drawn;
        };
    }

    private static boolean holds(int[] tokens, int token) {
        for (int t : tokens) {
            if (t == token) {
                return true;
            }
        }
        return false;
    }
}
