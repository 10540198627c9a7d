package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.util.Seeds;

/** Small models and sequences that several tests use. */
final class Tiny {
    private Tiny() {}

    static final TransformerConfig CONFIG = new TransformerConfig(7, 6, 8, 2, 2, false);

    /** A model whose parameters all moved from where they start, so that no zero hides a fault. */
    static LanguageModel moved(Backend backend, TransformerConfig config) {
        return move(LanguageModel.of(backend, config, 3), 5);
    }

    static LanguageModel move(LanguageModel model, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "moved");
        for (Parameter p : model.parameters()) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    p.value().set(i, j, p.value().get(i, j) + 0.1 * rng.nextGaussian());
                }
            }
        }
        return model;
    }

    /** Samples of several lengths and weights. */
    static List<Sample> samples() {
        return List.of(
                Sample.of(0, 3, 1, 6, 2, 2, 4),
                Sample.answer(new int[] {5, 5}, 1, 0),
                new Sample(new int[] {4, 2, 3}, new double[] {0, 0.5, 2}));
    }

    /** Random sequences, [n] of a length. */
    static List<int[]> sequences(int n, int length, int vocabulary, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "sequences");
        var all = new ArrayList<int[]>();
        for (int i = 0; i < n; i++) {
            all.add(rng.ints(length, 0, vocabulary).toArray());
        }
        return all;
    }

    static double[] vector(int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "vector");
        var v = new double[d];
        java.util.Arrays.setAll(v, j -> rng.nextGaussian());
        return v;
    }
}
