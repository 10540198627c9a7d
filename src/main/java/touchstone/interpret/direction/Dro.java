package touchstone.interpret.direction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.lm.Activations;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Sample;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Clip;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Directed representation optimisation: trains a soft safety prompt, which starts as the words of a written one, so that the last
 * token's representation of harmful prompts moves to refusal and that of harmless ones away from it. The model itself stays.
 *
 * <p>Follows the paper, with these differences: representations are those before the last norm; the soft rows take the words' rows of
 * the table with their positions' rows added, and the prompt's own words then count their positions from 0 again.
 *
 * @param steps batches, 1 or more
 * @param rate of AdamW, above 0
 * @param batch prompts a step, 1 or more
 * @param seed of the batches
 */
@Reference("zheng2024prompt")
public record Dro(int steps, double rate, int batch, long seed) {
    public Dro {
        Check.atLeast(steps, 1, "steps");
        Check.positive(rate, "rate");
        Check.atLeast(batch, 1, "batch");
    }

    /** 160 steps of 50 prompts at 1e-3, as the paper, seed 1. */
    public static Dro defaults() {
        return new Dro(160, 1e-3, 50, 1);
    }

    public Dro withSteps(int count) {
        return new Dro(count, rate, batch, seed);
    }

    public Dro withRate(double r) {
        return new Dro(steps, r, batch, seed);
    }

    public Dro withSeed(long s) {
        return new Dro(steps, rate, batch, s);
    }

    /** The representations of prompts at their last token, before the last norm, [n, d]. */
    public static double[][] hidden(LanguageModel model, List<int[]> prompts) {
        return Activations.of(model, prompts).last(model.config().layers());
    }

    /** The model with a soft prompt that is as good as the written one. */
    public static LanguageModel soften(LanguageModel model, int... written) {
        Check.nonEmpty(written.length, "written");
        LanguageModel soft = model.withSoftPrompt(written.length, 1);
        double[][] words = table(model, "embedding.table");
        double[][] positions = table(model, "embedding.positions");
        Tensor rows = soft.trained().get(0).value();
        for (int i = 0; i < written.length; i++) {
            Check.index(written[i], words.length, "written[" + i + "]");
            for (int j = 0; j < rows.columns(); j++) {
                rows.set(i, j, words[written[i]][j] + positions[i][j]);
            }
        }
        return soft;
    }

    private static double[][] table(LanguageModel model, String name) {
        return model.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("model must have a parameter " + name))
                .value()
                .toMatrix();
    }

    /**
     * Trains a soft prompt.
     *
     * @param prompts without any safety prompt
     * @param harmful whether each is harmful, [prompts]
     * @param written words of the safety prompt to start from
     * @return the model with the soft prompt, which alone it trains
     */
    public LanguageModel fit(
            LanguageModel model, DroLoss loss, List<int[]> prompts, boolean[] harmful, int... written) {
        Check.nonEmpty(prompts.size(), "prompts");
        Check.sameLength(prompts.size(), "prompts", harmful.length, "harmful");
        List<int[]> together = prompts.stream().map(p -> joined(written, p)).toList();
        double[][] start = hidden(model, together);
        LanguageModel soft = soften(model, written);
        List<Parameter> trained = soft.trained();
        Optimizer.Stepper stepper = AdamW.defaults().start(soft.backend(), trained);
        int perRound = (prompts.size() + batch - 1) / batch;
        for (int step = 0; step < steps; step++) {
            int[] order = Seeds.permutation(prompts.size(), Seeds.rng(seed, "round", step / perRound));
            int from = step % perRound * batch;
            soft.clearGradients();
            accumulate(
                    soft,
                    loss,
                    prompts,
                    harmful,
                    start,
                    Arrays.copyOfRange(order, from, Math.min(order.length, from + batch)));
            Clip.norm(soft.backend(), trained, 1);
            stepper.step(rate);
        }
        return soft;
    }

    /** Adds the gradient of some prompts' loss by the soft prompt; returns the loss. */
    static double accumulate(
            LanguageModel soft, DroLoss loss, List<int[]> prompts, boolean[] harmful, double[][] start, int... which) {
        var samples = new ArrayList<Sample>();
        var truth = new boolean[which.length];
        var from = new double[which.length][];
        for (int k = 0; k < which.length; k++) {
            int[] tokens = prompts.get(which[k]);
            samples.add(Sample.of(Arrays.copyOf(tokens, tokens.length + 1))); // the last token of a sample is not read
            truth[k] = harmful[which[k]];
            from[k] = start[which[k]];
        }
        Batch batch = Batch.of(samples);
        int layer = soft.config().layers();
        Tensor x = soft.residual(batch, layer);
        int prefix = soft.softPrompt().length;
        var rows = new int[which.length];
        Arrays.setAll(rows, k -> k * (prefix + batch.steps()) + prefix + prompts.get(which[k]).length - 1);
        double[][] hidden = new double[which.length][x.columns()];
        for (int k = 0; k < rows.length; k++) {
            x.block(rows[k], 1, 0, x.columns()).copyTo(hidden[k], 0);
        }
        var slopes = new double[hidden.length][x.columns()];
        double value = loss.add(hidden, from, truth, slopes);
        Tensor d = soft.backend().zeros(x.rows(), x.columns());
        for (int k = 0; k < rows.length; k++) {
            d.block(rows[k], 1, 0, x.columns()).copyFrom(slopes[k], 0);
        }
        soft.backwardResidual(d, layer);
        return value;
    }

    private static int[] joined(int[] first, int[] then) {
        int[] all = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }
}
