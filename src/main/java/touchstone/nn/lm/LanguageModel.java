package touchstone.nn.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * A decoder-only transformer over tokens, with the changes of its {@link Hooks}. It holds buffers, so it and its views serve one
 * thread at a time.
 *
 * <p>{@link #withHooks} and {@link #training} are views of the same parameters; {@link #copy}, {@link #frozen}, {@link #withLora},
 * {@link #withSoftPrompt} and {@link #merged} hold their own.
 */
public final class LanguageModel {
    private static final int CHUNK = 64; // sequences scored at once

    private final Decoder decoder;
    private final Hooks hooks;
    private final List<Parameter> trained;

    LanguageModel(Decoder decoder, Hooks hooks, List<Parameter> trained) {
        this.decoder = decoder;
        this.hooks = hooks;
        this.trained = List.copyOf(trained);
    }

    /** A model of random first weights; equal seeds give equal ones. */
    public static LanguageModel of(Backend backend, TransformerConfig config, long seed) {
        var decoder = new Decoder(config, backend, seed);
        return new LanguageModel(decoder, Hooks.none(), decoder.parameters());
    }

    public TransformerConfig config() {
        return decoder.config;
    }

    public Backend backend() {
        return decoder.backend;
    }

    public Hooks hooks() {
        return hooks;
    }

    Decoder decoder() {
        return decoder;
    }

    /** All parameters in a fixed order. */
    public List<Parameter> parameters() {
        return decoder.parameters();
    }

    /** The parameters that training changes. */
    public List<Parameter> trained() {
        return trained;
    }

    /** Number of all numbers. */
    public int size() {
        return parameters().stream().mapToInt(p -> p.value().size()).sum();
    }

    /** Number of those that training changes. */
    public int trainedSize() {
        return trained.stream().mapToInt(p -> p.value().size()).sum();
    }

    /** This model with other hooks; the parameters are the same ones. */
    public LanguageModel withHooks(Hooks other) {
        other.demandFits(config());
        return new LanguageModel(decoder, other, trained);
    }

    /** This model, of whose trained parameters only some are open to training; the parameters are the same ones. */
    public LanguageModel training(Predicate<Parameter> which) {
        return new LanguageModel(decoder, hooks, trained.stream().filter(which).toList());
    }

    /** A model of its own with the same numbers, hooks and parameters to train. */
    public LanguageModel copy() {
        return Variants.copy(this);
    }

    /** A copy that cannot be trained: a reference policy, or a teacher. */
    public LanguageModel frozen() {
        return new LanguageModel(Variants.copy(this).decoder, hooks, List.of());
    }

    /** A copy with low-rank adapters, which alone are trained. */
    public LanguageModel withLora(Lora lora) {
        return Variants.withLora(this, lora);
    }

    /** A copy with so many trained rows before the first token, which alone are trained; they start as random tokens' rows. */
    @Reference("lester2021power")
    public LanguageModel withSoftPrompt(int length, long seed) {
        return Variants.withSoftPrompt(this, length, seed);
    }

    /** A copy whose adapters are added into the matrices; all its parameters are open to training again. */
    public LanguageModel merged() {
        return Variants.merged(this);
    }

    /** The rows of the soft prompt, [length, d]; none without one. */
    public double[][] softPrompt() {
        List<Parameter> prefix = decoder.embedder.prefix();
        return prefix.isEmpty() ? new double[0][] : prefix.get(0).value().toMatrix();
    }

    /** Logits of a batch, [size * steps, vocabulary]; they hold until the next pass of this model or a view of it. */
    public Tensor logits(Batch batch) {
        return decoder.forward(batch.inputs(backend(), config()), hooks);
    }

    /** Adds the gradients of a loss by all parameters, from its gradient by the logits of the last pass. */
    public void backward(Tensor dlogits) {
        decoder.backward(dlogits);
    }

    /**
     * The residual stream of a batch after so many blocks, [size * steps, d], with the rows of a soft prompt before those of each
     * sample; it holds until the next pass.
     */
    public Tensor residual(Batch batch, int layer) {
        Check.index(layer, config().layers() + 1, "layer");
        return decoder.residual(batch.inputs(backend(), config()), hooks, layer);
    }

    /** As {@link #backward} from the gradient by {@link #residual} at the same layer, which may be overwritten. */
    public void backwardResidual(Tensor dresidual, int layer) {
        decoder.backwardResidual(dresidual, layer);
    }

    /** Sets all gradients to zero. */
    public void clearGradients() {
        parameters().forEach(p -> backend().fill(p.gradient(), 0));
    }

    /** Adds the gradients of a loss of a batch; returns the loss. */
    public double accumulate(Batch batch, LanguageLoss loss) {
        Tensor logits = logits(batch);
        Tensor gradient = decoder.gradient(logits);
        double value = loss.add(batch, logits, 1, gradient);
        decoder.backward(gradient);
        return value;
    }

    /** The loss of a batch; gradients stay as they are. */
    public double loss(Batch batch, LanguageLoss loss) {
        Tensor logits = logits(batch);
        return loss.add(batch, logits, 1, decoder.gradient(logits));
    }

    /** Log-probability of each token but the first given those before, in nats: [samples][length - 1]. */
    public double[][] tokenLogProbabilities(List<Sample> samples) {
        var all = new ArrayList<double[]>();
        for (int from = 0; from < samples.size(); from += CHUNK) {
            Batch batch = Batch.of(samples.subList(from, Math.min(samples.size(), from + CHUNK)));
            all.addAll(Arrays.asList(TokenLogs.of(logits(batch), batch)));
        }
        return all.toArray(double[][]::new);
    }

    /** Log-probability of the tokens that count, each times its weight, in nats: [samples]. */
    public double[] logProbabilities(List<Sample> samples) {
        double[][] logs = tokenLogProbabilities(samples);
        var sums = new double[logs.length];
        for (int i = 0; i < sums.length; i++) {
            double[] weights = samples.get(i).weights();
            for (int t = 0; t < logs[i].length; t++) {
                sums[i] += weights[t + 1] == 0 ? 0 : weights[t + 1] * logs[i][t];
            }
        }
        return sums;
    }

    /** Mean of {@code -log p} a token that counts, in nats; throws when no token counts. */
    public double crossEntropy(List<Sample> samples) {
        double weight = samples.stream()
                .mapToDouble(s -> Arrays.stream(s.weights()).sum())
                .sum();
        Check.positive(weight, "sum of the samples' weights");
        return -Arrays.stream(logProbabilities(samples)).sum() / weight;
    }

    /** {@code exp} of {@link #crossEntropy}, 1 or more. */
    public double perplexity(List<Sample> samples) {
        return Math.exp(crossEntropy(samples));
    }

    /** Probabilities of the token after a prompt, [vocabulary]. */
    public double[] next(int... prompt) {
        Tensor z = decoder.forward(Batch.padded(new int[][] {prompt}, backend(), config()), hooks);
        var row = new double[z.columns()];
        z.block(z.rows() - 1, 1, 0, row.length).copyTo(row, 0);
        return KeyValues.softmax(row);
    }

    /** Writes shape, adapters, soft prompt and all numbers to a file, over what was there; hooks are not saved. */
    public void save(Path file) {
        ModelFile.save(this, file);
    }

    /** Reads what {@link #save} wrote: the same log-probabilities to the bit on a backend of the same precision. */
    public static LanguageModel load(Backend backend, Path file) {
        return ModelFile.load(backend, file);
    }
}
