package touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import touchstone.data.Agreement;
import touchstone.data.StochasticGrammar;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.CharTokenizer;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.LanguageTrainer;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.TransformerConfig;
import touchstone.nn.lm.WordTokenizer;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Seeds;

/**
 * Speed of language models: training steps of a decoder of 2 blocks, width 64, 4 heads, 64 tokens, batch 32; what half a minute buys on
 * real text; seconds to a grammar's entropy. Arguments: threads, and a text file. Prints a line a figure.
 */
public final class LanguageSpeed {
    private static final double[] CLOCK = {5, 10, 20, 30};

    private LanguageSpeed() {}

    /** Runs all. */
    public static void main(String[] args) throws IOException {
        Backend backend = Cpu.floats(Integer.parseInt(args[0]));
        steps(backend);
        grammar(backend);
        text(backend, Files.readString(Path.of(args[1])));
    }

    private static TransformerConfig config(int vocabulary) {
        return new TransformerConfig(vocabulary, 64, 64, 2, 4, false);
    }

    private static void steps(Backend backend) {
        LanguageModel model = LanguageModel.of(backend, config(64), 1);
        List<Sample> samples =
                IntStream.range(0, 32).mapToObj(LanguageSpeed::line).toList();
        Batch batch = Batch.of(samples);
        var stepper = AdamW.defaults().start(backend, model.trained());
        LanguageLoss loss = LanguageLoss.crossEntropy();
        for (int round = 0; round < 8; round++) {
            long start = System.nanoTime();
            double value = 0;
            for (int step = 0; step < 10; step++) {
                model.clearGradients();
                value = model.accumulate(batch, loss);
                stepper.step(1e-3);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            print("step %.2f ms %.0f tokens/s loss %.3f", seconds * 100, 10 * 2048 / seconds, value);
        }
    }

    private static Sample line(int i) {
        return Sample.of(IntStream.range(0, 65).map(t -> (i * 64 + t) * 31 % 61).toArray());
    }

    /** Trains once as the tests do, in a fresh machine's first minute, and tells time and distance to the exact entropy. */
    private static void grammar(Backend backend) {
        StochasticGrammar grammar = Agreement.grammar();
        WordTokenizer words = WordTokenizer.ofVocabulary(grammar.words());
        for (int round = 0; round < 2; round++) {
            LanguageModel model =
                    LanguageModel.of(backend, TransformerConfig.of(words.size()).withContext(24), 1);
            long start = System.nanoTime();
            LanguageTrainer.defaults()
                    .withSteps(400)
                    .withSchedule(Schedule.cosine(0.01, 0).warmedUp(20))
                    .fit(model, Batches.drawn(rng -> sample(words, grammar.draw(rng)), 16, 1));
            double seconds = (System.nanoTime() - start) / 1e9;
            var rng = Seeds.rng(2, "test");
            var test = new ArrayList<Sample>();
            double exact = 0;
            int count = 0;
            for (int i = 0; i < 2000; i++) {
                List<String> sentence = grammar.draw(rng);
                test.add(sample(words, sentence));
                exact -= grammar.logProbability(sentence);
                count += sentence.size();
            }
            print(
                    "grammar %.2f s excess %.4f nats over %.4f",
                    seconds, model.crossEntropy(test) - exact / count, exact / count);
        }
    }

    private static Sample sample(WordTokenizer words, List<String> sentence) {
        return Sample.of(words.encode(". " + String.join(" ", sentence)));
    }

    private static void text(Backend backend, String text) {
        CharTokenizer letters = CharTokenizer.of(text);
        int[] ids = letters.encode(text);
        int cut = (int) (0.9 * ids.length);
        Batches train = Batches.windows(java.util.Arrays.copyOf(ids, cut), 64, 32, 1);
        Batches held = Batches.windows(java.util.Arrays.copyOfRange(ids, cut, ids.length), 64, 32, 1);
        LanguageModel model = LanguageModel.of(backend, config(letters.size()), 1);
        var stepper = AdamW.defaults().withDecay(0.01).start(backend, model.trained());
        LanguageLoss loss = LanguageLoss.crossEntropy();
        long start = System.nanoTime();
        int next = 0;
        for (int step = 0; next < CLOCK.length; step++) {
            model.clearGradients();
            model.accumulate(train.at(step), loss);
            stepper.step(3e-3);
            if ((System.nanoTime() - start) / 1e9 >= CLOCK[next]) {
                double sum = IntStream.range(0, 20)
                        .mapToDouble(i -> model.loss(held.at(i), loss))
                        .sum();
                print("text %.0f s %d steps %.4f nats, %d parameters", CLOCK[next++], step + 1, sum / 20, model.size());
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
