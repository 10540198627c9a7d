package touchstone.guard.finetune;

import java.util.List;
import java.util.function.Function;
import touchstone.data.world.Dialogue;
import touchstone.data.world.RefusalGrammar;
import touchstone.data.world.RefusalTally;
import touchstone.data.world.Request;
import touchstone.data.world.RequestMix;
import touchstone.nn.Backend;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.TransformerConfig;
import touchstone.nn.lm.WordTokenizer;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;

/**
 * The standard recipe for a model that refuses: a base model is trained to do everything that is asked, then aligned by further
 * training on right answers, on requests of the training part with all marks. Equal seeds give equal models.
 *
 * @param world where requests come from
 * @param pretraining of the base model
 * @param alignment of the aligned one
 * @param batch dialogues a step, 1 or more
 */
public record Refuser(RefusalGrammar world, LanguageTrainer pretraining, LanguageTrainer alignment, int batch) {
    public Refuser {
        Check.atLeast(batch, 1, "batch");
    }

    /** 500 steps of 32 dialogues at 5e-3 to the base, 300 at 5e-3 to the aligned model, each down to 0 by a cosine. */
    public static Refuser defaults() {
        return new Refuser(RefusalGrammar.defaults(), trainer(500, 5e-3), trainer(300, 5e-3), 32);
    }

    /** A recipe of a fifth of the steps, whose models know little: for trying out what is built on it. */
    public static Refuser quick() {
        return new Refuser(RefusalGrammar.defaults(), trainer(100, 5e-3), trainer(60, 5e-3), 32);
    }

    /** How a model is adapted to new tasks at length: 200 steps at 1e-3, a fifth of pretraining's rate, down to 0 by a cosine. */
    public static LanguageTrainer adaptation() {
        return trainer(200, 1e-3);
    }

    private static LanguageTrainer trainer(int steps, double rate) {
        return LanguageTrainer.defaults()
                .withSteps(steps)
                .withSchedule(Schedule.cosine(rate, 0).warmedUp(20));
    }

    public Refuser withWorld(RefusalGrammar other) {
        return new Refuser(other, pretraining, alignment, batch);
    }

    public Refuser withPretraining(LanguageTrainer other) {
        return new Refuser(world, other, alignment, batch);
    }

    public Refuser withAlignment(LanguageTrainer other) {
        return new Refuser(world, pretraining, other, batch);
    }

    /** The words of the world, numbered. */
    public WordTokenizer words() {
        return WordTokenizer.ofVocabulary(world.words());
    }

    /** A model without knowledge: width 32, 2 layers of 4 heads, a context that holds the longest dialogue. */
    public Speaker untrained(Backend backend, long seed) {
        WordTokenizer words = words();
        var config = TransformerConfig.of(words.size()).withContext(world.context());
        return new Speaker(LanguageModel.of(backend, config, seed), words);
    }

    /** Knows all base tasks, does whatever is asked. */
    public Speaker base(Backend backend, long seed) {
        return taught(untrained(backend, seed), world::comply, mix(), pretraining, seed);
    }

    /** A copy of the base model that refuses what is harmful and does the rest. */
    public Speaker aligned(Speaker base, long seed) {
        return taught(base, world::aligned, mix(), alignment, seed);
    }

    /** What base and aligned model are trained on: harmful and harmless requests alike, all marks, base tasks. */
    public RequestMix mix() {
        return RequestMix.training().withAllMarks();
    }

    /** A copy trained on a teacher's answers to fresh requests of a mix. */
    public Speaker taught(
            Speaker start, Function<Request, Dialogue> teacher, RequestMix mix, LanguageTrainer how, long seed) {
        LanguageModel model = start.model().copy();
        how.fit(model, batches(start, teacher, mix, seed));
        return start.with(model);
    }

    /** A teacher's answers to fresh requests of a mix, step by step. */
    public Batches batches(Speaker start, Function<Request, Dialogue> teacher, RequestMix mix, long seed) {
        return Batches.drawn(
                rng -> start.answers(List.of(teacher.apply(world.draw(mix, rng))))
                        .get(0),
                batch,
                seed);
    }

    /** Judges the most probable answers. */
    public RefusalTally tally(Speaker speaker, List<Request> requests) {
        var prompts = requests.stream().map(Request::words).toList();
        return world.judge(requests, speaker.reply(prompts, world.longestAnswer()));
    }
}
