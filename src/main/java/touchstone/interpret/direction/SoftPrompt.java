package touchstone.interpret.direction;

import touchstone.nn.lm.Activations;
import touchstone.nn.lm.Edit;
import touchstone.nn.lm.Hooks;
import touchstone.nn.lm.LanguageModel;
import touchstone.util.Check;

/**
 * Vectors in place of the first words of every prompt: they overwrite those words' rows of the residual stream before the first block,
 * token and position together. Which words stand there does not matter; they keep the place.
 *
 * @param rows one a word, [length][d]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; never compared
public record SoftPrompt(double[][] rows) {
    public SoftPrompt {
        Check.nonEmpty(rows.length, "rows");
        rows = copy(rows);
        for (int i = 0; i < rows.length; i++) {
            Check.allFinite(rows[i], "rows[" + i + "]");
        }
    }

    /** The vectors of written words: with them a model does what it does with the words. */
    public static SoftPrompt of(LanguageModel model, int... written) {
        Check.nonEmpty(written.length, "written");
        var seen = Activations.of(model.withHooks(Hooks.none()), java.util.List.of(written));
        var rows = new double[written.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = seen.residual(0, 0, i);
        }
        return new SoftPrompt(rows);
    }

    @Override
    public double[][] rows() {
        return copy(rows);
    }

    /** A view of the model in which the vectors stand in place of the first words. */
    public LanguageModel in(LanguageModel model) {
        Check.sameLength(
                rows[0].length, "a row of the soft prompt", model.config().width(), "the residual stream");
        return model.withHooks(model.hooks().edit(0, new Overwrite(rows, new double[rows.length][rows[0].length])));
    }

    /** Overwrites rows, and adds up on the way back what their slopes are. */
    record Overwrite(double[][] rows, double[][] slopes) implements Edit {
        @Override
        public void apply(int position, double[] x) {
            if (position < rows.length) {
                System.arraycopy(rows[position], 0, x, 0, x.length);
            }
        }

        @Override
        public void pullBack(int position, double[] dx) {
            if (position < rows.length) {
                for (int j = 0; j < dx.length; j++) {
                    slopes[position][j] += dx[j];
                    dx[j] = 0;
                }
            }
        }
    }

    private static double[][] copy(double[][] rows) {
        var copy = new double[rows.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}
