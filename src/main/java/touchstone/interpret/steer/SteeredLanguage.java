package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.nn.Tensor;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.Edit;
import touchstone.nn.lm.Hooks;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Sample;
import touchstone.util.Check;

/**
 * A language model that is steered in its residual stream after each block, at every token from a position on; inputs are sequences.
 * The activations of a sequence are the means over those tokens, or those of its last token. It keeps a copy of the model.
 */
public final class SteeredLanguage implements Steerable<List<int[]>> {
    /** Which tokens' activations stand for a sequence; all are steered. */
    public enum Pool {
        /** The mean over all steered tokens. */
        MEAN,
        /** The last token, from which an answer starts. */
        LAST
    }

    private final LanguageModel model;
    private final int from;
    private final Pool pool;

    private SteeredLanguage(LanguageModel model, int from, Pool pool) {
        this.model = model;
        this.from = Check.atLeast(from, 0, "from");
        this.pool = pool;
    }

    /** A model steered at every token from position {@code from} on, 0 for all; means over tokens. */
    public static SteeredLanguage of(LanguageModel model, int from) {
        return new SteeredLanguage(model.frozen(), from, Pool.MEAN);
    }

    /** The same with other tokens standing for a sequence. */
    public SteeredLanguage withPool(Pool other) {
        return new SteeredLanguage(model, from, other);
    }

    @Override
    public List<Integer> widths() {
        return IntStream.range(0, model.config().layers())
                .mapToObj(l -> model.config().width())
                .toList();
    }

    /** The steered model. */
    public LanguageModel steered(Steering steering) {
        steering.demandFits(widths());
        Hooks hooks = model.hooks();
        for (int l = 0; l < steering.maps().size(); l++) {
            hooks = hooks.edit(l + 1, steering.maps().get(l).edit(from));
        }
        return model.withHooks(hooks);
    }

    @Override
    public List<double[][]> activations(List<int[]> sequences, Steering steering) {
        return forward(sequences, steering).stream().map(t -> t.means).toList();
    }

    @Override
    public Slopes slopes(List<int[]> sequences, Steering steering, ActivationLoss loss) {
        List<AffineMap> maps = steering.affine();
        List<Tap> taps = new ArrayList<>();
        Tensor last = forward(sequences, steering, taps);
        List<double[][]> slopes = taps.stream()
                .map(t -> new double[t.means.length][t.map.width()])
                .toList();
        double value = loss.add(taps.stream().map(t -> t.means).toList(), slopes);
        for (int l = 0; l < taps.size(); l++) {
            taps.get(l).back(maps.get(l), slopes.get(l));
        }
        Tensor zero = model.backend().zeros(last.rows(), last.columns());
        model.backwardResidual(zero, taps.size());
        model.clearGradients();
        return new Slopes(
                value,
                taps.stream().map(t -> t.dscale).toList(),
                taps.stream().map(t -> t.dshift).toList());
    }

    private List<Tap> forward(List<int[]> sequences, Steering steering) {
        List<Tap> taps = new ArrayList<>();
        forward(sequences, steering, taps);
        return taps;
    }

    private Tensor forward(List<int[]> sequences, Steering steering, List<Tap> taps) {
        steering.demandFits(widths());
        Check.nonEmpty(sequences.size(), "sequences");
        int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
        for (int i = 0; i < lengths.length; i++) {
            Check.atLeast(lengths[i], from + 1, "length of sequences[" + i + "]");
        }
        Hooks hooks = model.hooks();
        for (int l = 0; l < steering.maps().size(); l++) {
            var tap = new Tap(steering.maps().get(l), lengths, from, pool);
            taps.add(tap);
            hooks = hooks.edit(l + 1, tap);
        }
        // a batch reads all tokens but the last, so that each sequence gets one more, which is not read
        List<Sample> samples = sequences.stream()
                .map(s -> Sample.of(Arrays.copyOf(s, s.length + 1)))
                .toList();
        return model.withHooks(hooks).residual(Batch.of(samples), taps.size());
    }

    /** A map at one place that remembers what passed, row by row, and adds the slopes of a loss on the way back. */
    private static final class Tap implements Edit {
        private final UnitMap map;
        private final int[] lengths;
        private final int from;
        private final Pool pool;
        private final int steps;
        private final double[][] means;
        private final double[] dscale;
        private final double[] dshift;
        private final List<double[]> before = new ArrayList<>();
        private double[] factor = {};
        private double[][] slopes = {};
        private int row;

        Tap(UnitMap map, int[] lengths, int from, Pool pool) {
            this.pool = pool;
            this.map = map;
            this.lengths = lengths;
            this.from = from;
            steps = Arrays.stream(lengths).max().orElse(1);
            means = new double[lengths.length][map.width()];
            dscale = new double[map.width()];
            dshift = new double[map.width()];
        }

        private boolean counts(int sequence, int position) {
            return position >= from && position < lengths[sequence];
        }

        /** How much a token counts for its sequence. */
        private double share(int sequence, int position) {
            if (pool == Pool.MEAN) {
                return 1.0 / (lengths[sequence] - from);
            }
            return position == lengths[sequence] - 1 ? 1 : 0;
        }

        @Override
        public void apply(int position, double[] x) {
            int sequence = before.size() / steps;
            before.add(x.clone());
            if (counts(sequence, position)) {
                map.apply(x);
                double share = share(sequence, position);
                for (int j = 0; j < x.length; j++) {
                    means[sequence][j] += share * x[j];
                }
            }
        }

        void back(AffineMap affine, double[][] lossSlopes) {
            factor = affine.scale();
            slopes = lossSlopes;
            row = 0;
        }

        @Override
        public void pullBack(int position, double[] dx) {
            int sequence = row / steps;
            double[] x = before.get(row++);
            if (counts(sequence, position)) {
                double share = share(sequence, position);
                for (int j = 0; j < dx.length; j++) {
                    double g = dx[j] + share * slopes[sequence][j];
                    dscale[j] += g * x[j];
                    dshift[j] += g;
                    dx[j] = g * factor[j];
                }
            }
        }
    }
}
