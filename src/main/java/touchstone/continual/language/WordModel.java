package touchstone.continual.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.Gru;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;

/**
 * A small recurrent language model: words are embedded, read by a gated recurrent unit, and the next word is predicted at every
 * step. Afterwards a word's embedding holds what the word says of the words to come. Immutable once fitted.
 */
public final class WordModel {
    private static final String START = "<start>";
    private static final String END = "<end>";
    private final Map<String, double[]> vectors;
    private final double[] losses;

    private WordModel(Map<String, double[]> vectors, double[] losses) {
        this.vectors = vectors;
        this.losses = losses;
    }

    /**
     * How to fit one.
     *
     * @param width of the embeddings, 1 or more
     * @param units of the recurrent layer, 1 or more
     * @param epochs passes over the sentences, 1 or more
     * @param rate of AdamW, above 0
     * @param seed of first weights and orders
     */
    public record Options(int width, int units, int epochs, double rate, long seed) {
        public Options {
            Check.atLeast(width, 1, "width");
            Check.atLeast(units, 1, "units");
            Check.atLeast(epochs, 1, "epochs");
            Check.positive(rate, "rate");
        }

        /** Embeddings of 16, 32 units, 10 epochs at 0.005, seed 1. */
        public static Options defaults() {
            return new Options(16, 32, 10, 0.005, 1);
        }

        public Options withEpochs(int count) {
            return new Options(width, units, count, rate, seed);
        }

        public Options withSeed(long s) {
            return new Options(width, units, epochs, rate, s);
        }
    }

    /** Fits a model to sentences, lists of one word or more. */
    public static WordModel fit(Backend backend, List<List<String>> sentences, Options options) {
        Check.nonEmpty(sentences.size(), "sentences");
        Map<String, Integer> ids = ids(sentences);
        int steps = 1 + sentences.stream().mapToInt(List::size).max().orElseThrow();
        Tensor x = backend.zeros(sentences.size(), steps);
        var next = new int[sentences.size() * steps];
        Arrays.fill(next, -1);
        for (int n = 0; n < sentences.size(); n++) {
            List<String> words = bounded(sentences.get(n), n);
            for (int t = 0; t + 1 < words.size(); t++) {
                x.set(n, t, ids.getOrDefault(words.get(t), 0));
                next[n * steps + t] = ids.getOrDefault(words.get(t + 1), 0);
            }
        }
        Network network = Network.of(
                backend,
                options.seed,
                steps,
                Embedding.of(ids.size(), options.width),
                new Gru(options.units, steps),
                Dense.of(ids.size()));
        double[] losses = Trainer.defaults()
                .withOptimizer(AdamW.defaults(), Schedule.constant(options.rate))
                .withEpochs(options.epochs)
                .withSeed(options.seed)
                .fit(network, x, CrossEntropy.sequences(next, steps));
        double[][] table = network.parameters().get(0).value().toMatrix();
        var vectors = new LinkedHashMap<String, double[]>();
        ids.forEach((word, id) -> vectors.put(word, table[id]));
        return new WordModel(vectors, losses);
    }

    private static List<String> bounded(List<String> sentence, int n) {
        Check.nonEmpty(sentence.size(), "sentences[" + n + "]");
        var words = new ArrayList<String>();
        words.add(START);
        words.addAll(sentence);
        words.add(END);
        return words;
    }

    private static Map<String, Integer> ids(List<List<String>> sentences) {
        var ids = new LinkedHashMap<String, Integer>();
        ids.put(START, 0);
        ids.put(END, 1);
        for (List<String> sentence : sentences) {
            sentence.forEach(word -> ids.putIfAbsent(word, ids.size()));
        }
        return ids;
    }

    /** Mean loss of predicting the next word in each epoch, in nats, [epochs]. */
    public double[] losses() {
        return losses.clone();
    }

    /** Number of words, with the two that mark a sentence's ends. */
    public int vocabulary() {
        return vectors.size();
    }

    /** Embeddings of words, [n, width]. */
    public double[][] vectors(List<String> words) {
        return words.stream().map(this::vector).toArray(double[][]::new);
    }

    /** The embedding of a word, [width]. */
    public double[] vector(String word) {
        double[] found = vectors.getOrDefault(word, new double[0]);
        if (found.length == 0) {
            throw new IllegalArgumentException(
                    "word must occur in the sentences the model was fitted to, was '" + word + "'");
        }
        return found.clone();
    }
}
