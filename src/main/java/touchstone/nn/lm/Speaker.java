package touchstone.nn.lm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.data.world.Dialogue;
import touchstone.util.Check;

/**
 * A model with its words: dialogues in, answers out.
 *
 * @param model over the tokenizer's vocabulary
 * @param words whose vocabulary holds {@link Dialogue#END}
 */
public record Speaker(LanguageModel model, WordTokenizer words) {
    public Speaker {
        if (model.config().vocabulary() != words.size()) {
            throw new IllegalArgumentException("model must have a vocabulary of " + words.size()
                    + " words as the tokenizer, had " + model.config().vocabulary());
        }
        words.id(Dialogue.END);
    }

    /** Another model over the same words. */
    public Speaker with(LanguageModel other) {
        return new Speaker(other, words);
    }

    /** The dialogues as samples in which only the answers' words count. */
    public List<Sample> answers(List<Dialogue> dialogues) {
        return dialogues.stream()
                .map(d -> Sample.answer(encode(d.prompt()), encode(d.answer())))
                .toList();
    }

    /** The dialogues as samples in which every word but the first counts. */
    public List<Sample> texts(List<Dialogue> dialogues) {
        return dialogues.stream().map(d -> Sample.of(words.encode(d.text()))).toList();
    }

    /**
     * The most probable answer to each prompt, word by word, up to and with {@link Dialogue#END}.
     *
     * @param most words of an answer; one that is not ended by then is cut
     */
    public List<List<String>> reply(List<List<String>> prompts, int most) {
        return reply(prompts, Sampler.greedy(most));
    }

    /** Answers as the sampler draws them, up to and with {@link Dialogue#END}; its own stop token is not used. */
    public List<List<String>> reply(List<List<String>> prompts, Sampler sampler) {
        Sampler ending = sampler.withStop(words.id(Dialogue.END));
        return ending.generate(model, prompts.stream().map(this::encode).toList()).stream()
                .map(ids -> Arrays.stream(ids).mapToObj(words::token).toList())
                .toList();
    }

    /** Share of the dialogues whose most probable answer, word by word, is the one given, in [0, 1]. */
    public double accuracy(List<Dialogue> dialogues) {
        Check.nonEmpty(dialogues.size(), "dialogues");
        int longest = dialogues.stream().mapToInt(d -> d.answer().size()).max().orElseThrow();
        List<List<String>> replies =
                reply(dialogues.stream().map(Dialogue::prompt).toList(), longest);
        long right = IntStream.range(0, replies.size())
                .filter(i -> replies.get(i).equals(dialogues.get(i).answer()))
                .count();
        return (double) right / replies.size();
    }

    /** {@code log p(answer | prompt)} of each dialogue, in nats, 0 or less: [dialogues]. */
    public double[] logProbabilities(List<Dialogue> dialogues) {
        return model.logProbabilities(answers(dialogues));
    }

    /** The numbers of words. */
    public int[] encode(List<String> some) {
        return words.encode(String.join(" ", some));
    }
}
