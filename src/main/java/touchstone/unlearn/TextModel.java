package touchstone.unlearn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Sample;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * A language model to unlearn: an example is a sequence of tokens, padded to {@link #steps}, with a row of logits for the token after each.
 * Its features are the residual stream in the middle, after half of the blocks.
 */
public final class TextModel implements ForgetModel {
    private static final int PADDING = 0; // at the end, where causal attention keeps it from mattering

    private final LanguageModel model;
    private final int steps;
    private final int middle;

    private TextModel(LanguageModel model, int steps) {
        this.model = model;
        this.steps = steps;
        this.middle = (model.config().layers() + 1) / 2;
    }

    /**
     * Wraps a model, which unlearning copies and does not change.
     *
     * @param model without a soft prompt, all its parameters or its adapters open to training
     * @param steps tokens an example, 1 up to the context
     */
    public static TextModel of(LanguageModel model, int steps) {
        Check.atLeast(steps, 1, "steps");
        if (steps > model.config().context()) {
            throw new IllegalArgumentException(
                    "steps must be at most " + model.config().context() + ", the context of the model, was " + steps);
        }
        if (model.softPrompt().length > 0) {
            throw new IllegalArgumentException("model must have no soft prompt, had one of " + model.softPrompt().length
                    + " rows; unlearning changes weights");
        }
        if (model.trained().isEmpty()) {
            throw new IllegalArgumentException("model must have parameters to train, was frozen; give a copy()");
        }
        return new TextModel(model, steps);
    }

    /** Samples as examples of so many steps: a token that counts is a label, one that does not is left out. */
    public static Examples examples(List<Sample> samples, int steps) {
        var inputs = new double[samples.size()][Check.atLeast(steps, 1, "steps")];
        var labels = new int[samples.size() * steps];
        Arrays.fill(labels, -1);
        for (int i = 0; i < inputs.length; i++) {
            Sample sample = samples.get(i);
            if (sample.length() - 1 > steps) {
                throw new IllegalArgumentException("samples[" + i + "] must have at most " + (steps + 1)
                        + " tokens to fit " + steps + " steps, had " + sample.length());
            }
            int[] tokens = sample.tokens();
            double[] weights = sample.weights();
            for (int t = 0; t + 1 < tokens.length; t++) {
                inputs[i][t] = tokens[t];
                labels[i * steps + t] = weights[t + 1] > 0 ? tokens[t + 1] : -1;
            }
        }
        return Examples.sequences(inputs, labels, steps);
    }

    /** The language model itself, which training changes. */
    public LanguageModel model() {
        return model;
    }

    @Override
    public Backend backend() {
        return model.backend();
    }

    /** Those that training changes. */
    @Override
    public List<Parameter> parameters() {
        return model.trained();
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public int outputs() {
        return model.config().vocabulary();
    }

    @Override
    public Tensor logits(Tensor x) {
        return model.logits(batch(x));
    }

    @Override
    public Tensor features(Tensor x) {
        return model.residual(batch(x), middle);
    }

    /** The residual stream after the embedding and after each block, then the logits. */
    @Override
    public List<double[][]> layers(Tensor x) {
        Batch batch = batch(x);
        var all = new ArrayList<double[][]>();
        for (int layer = 0; layer <= model.config().layers(); layer++) {
            all.add(model.residual(batch, layer).toMatrix());
        }
        all.add(model.logits(batch).toMatrix());
        return all;
    }

    @Override
    public double accumulate(Tensor x, int[] examples, Loss loss, Pass pass) {
        Tensor z = logits(x);
        Tensor gradient = backend().zeros(z.rows(), z.columns());
        double value = loss.add(z, examples, 1, gradient);
        model.backward(gradient);
        return value;
    }

    @Override
    public double accumulateFeatures(Tensor x, int[] examples, Loss loss, Pass pass) {
        Tensor h = features(x);
        Tensor gradient = backend().zeros(h.rows(), h.columns());
        double value = loss.add(h, examples, 1, gradient);
        model.backwardResidual(gradient, middle);
        return value;
    }

    @Override
    public double[] squaredGradients(Tensor x, int[] examples, Loss loss) {
        var sum = new double[model.trainedSize()];
        var own = new double[sum.length];
        for (int i = 0; i < x.rows(); i++) {
            model.clearGradients();
            accumulate(x.block(i, 1, 0, x.columns()), new int[] {examples[i]}, loss, Pass.evaluation());
            int at = 0;
            for (Parameter p : parameters()) {
                p.gradient().copyTo(own, at);
                at += p.gradient().size();
            }
            for (int j = 0; j < sum.length; j++) {
                sum[j] += own[j] * own[j];
            }
        }
        model.clearGradients();
        return sum;
    }

    @Override
    public TextModel copy() {
        return new TextModel(model.copy(), steps);
    }

    @Override
    public TextModel fresh(long seed) {
        return new TextModel(LanguageModel.of(backend(), model.config(), seed), steps);
    }

    /** The rows as sequences; a token more at the end stands for what follows and is never read. */
    private Batch batch(Tensor x) {
        x.demandColumns(steps, "x");
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < x.rows(); i++) {
            var tokens = new int[steps + 1];
            for (int t = 0; t < steps; t++) {
                tokens[t] = token(x.get(i, t), i, t);
            }
            tokens[steps] = PADDING;
            samples.add(new Sample(tokens, new double[steps + 1]));
        }
        return Batch.of(samples);
    }

    private static int token(double value, int i, int t) {
        if (value != Math.rint(value) || value < 0) {
            throw new IllegalArgumentException(
                    "token " + t + " of example " + i + " must be a whole number of 0 or more, was " + value);
        }
        return (int) value;
    }
}
