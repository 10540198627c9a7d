package touchstone.guard.filter;

import java.util.List;
import java.util.Map;
import touchstone.data.world.Dialogue;
import touchstone.data.world.Encyclopedia;
import touchstone.nn.lm.Forcing;
import touchstone.nn.lm.Sampler;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.WordTokenizer;
import touchstone.util.Reference;

/**
 * A book that a model can look things up in while it writes: after {@link Encyclopedia#LOOK}, a thing and {@link Encyclopedia#GIVES} the
 * next word comes from the book, whatever the model would have said.
 *
 * <p>Follows the paper's call of a tool by text, with one word asked and one given.
 *
 * @param book what is given for what is asked; what is not in it is left to the model
 */
@Reference("thoppilan2022lamda")
public record Lookup(Map<String, String> book) {
    public Lookup {
        book = Map.copyOf(book);
    }

    /** The most probable answer to each prompt, with the book at hand, up to and with {@link Dialogue#END}. */
    public List<List<String>> reply(Speaker speaker, List<List<String>> prompts, int most) {
        WordTokenizer words = speaker.words();
        return Sampler.greedy(most)
                .withStop(words.id(Dialogue.END))
                .generate(speaker.model(), prompts.stream().map(speaker::encode).toList(), forcing(words))
                .stream()
                .map(ids -> List.of(words.decode(ids).split(" ", -1)))
                .toList();
    }

    private Forcing forcing(WordTokenizer words) {
        int look = words.id(Encyclopedia.LOOK);
        int gives = words.id(Encyclopedia.GIVES);
        return (prompt, added, drawn) -> {
            int n = added.length;
            boolean called = n >= 3 && added[n - 3] == look && added[n - 1] == gives;
            String found = called ? book.get(words.token(added[n - 2])) : null;
            return found == null ? drawn : words.id(found);
        };
    }
}
