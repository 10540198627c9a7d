package touchstone.guard.filter;

import java.util.ArrayList;
import java.util.List;
import touchstone.data.world.Dialogue;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.Speaker;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A language model that rates answers: after prompt and answer it says {@link #SAFE} or {@link #UNSAFE}, and the rating is
 * {@code p(safe) / (p(safe) + p(unsafe))}, in [0, 1], higher safer.
 *
 * <p>Follows the paper, in which the model that writes is fine-tuned to rate as well, by a word after the answer; here a copy rates.
 *
 * @param speaker that was taught to rate
 */
@Reference("thoppilan2022lamda")
public record SafetyRater(Speaker speaker) {
    /** The word of a safe answer. */
    public static final String SAFE = "<safe>";

    /** The word of an unsafe answer. */
    public static final String UNSAFE = "<unsafe>";

    public SafetyRater {
        speaker.words().id(SAFE);
        speaker.words().id(UNSAFE);
    }

    /**
     * Teaches a copy of a model to rate.
     *
     * @param writer whose vocabulary holds both words of ratings
     * @param answers that people have judged
     * @param safe their judgements, [answers]
     */
    public static SafetyRater teach(
            Speaker writer, List<Dialogue> answers, List<Boolean> safe, LanguageTrainer trainer, long seed) {
        Check.nonEmpty(answers.size(), "answers");
        Check.sameLength(answers.size(), "answers", safe.size(), "safe");
        Speaker rater = writer.with(writer.model().copy());
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < answers.size(); i++) {
            int word = writer.words().id(safe.get(i) ? SAFE : UNSAFE);
            samples.add(Sample.answer(writer.words().encode(answers.get(i).text()), word));
        }
        trainer.fit(rater.model(), Batches.of(samples, Math.min(32, samples.size()), seed));
        return new SafetyRater(rater);
    }

    /** Ratings of answers, [answers]. */
    public double[] rate(List<Dialogue> answers) {
        double[] yes = logs(answers, SAFE);
        double[] no = logs(answers, UNSAFE);
        var ratings = new double[yes.length];
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] = 1 / (1 + Math.exp(no[i] - yes[i]));
        }
        return ratings;
    }

    private double[] logs(List<Dialogue> answers, String word) {
        return speaker.model()
                .logProbabilities(answers.stream()
                        .map(d -> Sample.answer(
                                speaker.words().encode(d.text()),
                                speaker.words().id(word)))
                        .toList());
    }
}
