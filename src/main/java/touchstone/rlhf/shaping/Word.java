package touchstone.rlhf.shaping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import touchstone.rlhf.policy.TokenWorld;
import touchstone.util.Check;

/** A word to learn in a state; words of equal state, label and star are one of their common weight. */
@SuppressWarnings("ArrayRecordComponent") // never leaves the package
record Word(double[] state, int label, double star, double weight) {
    /** All words of responses, each kind once. */
    static List<Word> of(TokenWorld.View view, List<Response> responses) {
        Check.nonEmpty(responses.size(), "responses");
        var rows = new LinkedHashMap<String, Word>();
        for (Response r : responses) {
            for (int t = 0; t < r.answer().length && r.weight() > 0; t++) {
                double[] state = view.of(r.prompt(), Arrays.copyOf(r.answer(), t));
                var word = new Word(state, r.answer()[t], r.star()[t], r.weight());
                String key = word.label + "/" + word.star + "/" + Arrays.toString(state);
                rows.merge(key, word, (a, b) -> new Word(a.state, a.label, a.star, a.weight + b.weight));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("responses must not all have weight 0, were " + responses.size());
        }
        return new ArrayList<>(rows.values());
    }

    static double[][] states(List<Word> words) {
        return words.stream().map(Word::state).toArray(double[][]::new);
    }

    static int[] labels(List<Word> words) {
        return words.stream().mapToInt(Word::label).toArray();
    }

    static double[] weights(List<Word> words) {
        return words.stream().mapToDouble(Word::weight).toArray();
    }
}
