package touchstone.interpret.direction;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
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
 * <p>Follows the paper; representations are those before the last norm, and the vectors hold the rows of the positions too.
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

    /**
     * Trains a soft prompt.
     *
     * @param prompts each with the written safety prompt as its first words
     * @param harmful whether each is harmful, [prompts]
     * @param length words of the written safety prompt, 1 or more
     */
    public SoftPrompt fit(LanguageModel model, DroLoss loss, List<int[]> prompts, boolean[] harmful, int length) {
        Check.nonEmpty(prompts.size(), "prompts");
        Check.sameLength(prompts.size(), "prompts", harmful.length, "harmful");
        Check.atLeast(length, 1, "length");
        for (int i = 0; i < prompts.size(); i++) {
            Check.atLeast(prompts.get(i).length, length + 1, "words of prompts[" + i + "]");
        }
        LanguageModel still = model.frozen();
        double[][] start = hidden(still, prompts);
        Backend backend = still.backend();
        int width = still.config().width();
        var rows = new Parameter(
                "prompt", backend.zeros(length, width), backend.zeros(length, width), Parameter.Kind.PLAIN);
        put(SoftPrompt.of(still, Arrays.copyOf(prompts.get(0), length)).rows(), rows.value());
        Optimizer.Stepper stepper = AdamW.defaults().start(backend, List.of(rows));
        int perRound = (prompts.size() + batch - 1) / batch;
        for (int step = 0; step < steps; step++) {
            int[] order = Seeds.permutation(prompts.size(), Seeds.rng(seed, "round", step / perRound));
            int from = step % perRound * batch;
            int[] which = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
            var overwrite = new SoftPrompt.Overwrite(rows.value().toMatrix(), new double[length][width]);
            add(still, overwrite, loss, prompts, harmful, start, which);
            put(overwrite.slopes(), rows.gradient());
            Clip.norm(backend, List.of(rows), 1);
            stepper.step(rate);
        }
        return new SoftPrompt(rows.value().toMatrix());
    }

    private static void put(double[][] numbers, Tensor to) {
        for (int i = 0; i < numbers.length; i++) {
            to.block(i, 1, 0, numbers[i].length).copyFrom(numbers[i], 0);
        }
    }

    /** Adds the slopes of some prompts' loss to those of the rows that overwrite; returns the loss. */
    static double add(
            LanguageModel model,
            SoftPrompt.Overwrite overwrite,
            DroLoss loss,
            List<int[]> prompts,
            boolean[] harmful,
            double[][] start,
            int... which) {
        List<Sample> samples = Arrays.stream(which)
                .mapToObj(prompts::get)
                .map(p -> Sample.of(Arrays.copyOf(p, p.length + 1))) // the last token of a sample is not read
                .toList();
        Batch batch = Batch.of(samples);
        int layer = model.config().layers();
        int width = model.config().width();
        LanguageModel soft = model.withHooks(model.hooks().edit(0, overwrite));
        Tensor x = soft.residual(batch, layer);
        int[] rows = IntStream.range(0, which.length)
                .map(k -> k * batch.steps() + prompts.get(which[k]).length - 1)
                .toArray();
        var hidden = new double[which.length][width];
        var from = new double[which.length][];
        var truth = new boolean[which.length];
        for (int k = 0; k < rows.length; k++) {
            x.block(rows[k], 1, 0, width).copyTo(hidden[k], 0);
            from[k] = start[which[k]];
            truth[k] = harmful[which[k]];
        }
        var slopes = new double[hidden.length][width];
        double value = loss.add(hidden, from, truth, slopes);
        Tensor d = model.backend().zeros(x.rows(), width);
        for (int k = 0; k < rows.length; k++) {
            d.block(rows[k], 1, 0, width).copyFrom(slopes[k], 0);
        }
        soft.backwardResidual(d, layer);
        return value;
    }
}
