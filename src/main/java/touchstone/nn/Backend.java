package touchstone.nn;

/**
 * The arithmetic of a network, all of it: layers and optimisers call nothing else, so that a model does not change with the
 * machine. Tensors belong to the backend that made them. Outputs are made before and come last; an output is overwritten
 * unless the method says "adds". Results depend on the arguments alone, to the bit, not on the number of threads.
 *
 * <p>There are two on the processor ({@link touchstone.nn.cpu.Cpu}): float for work and double for checking gradients by
 * central differences, which rounding drowns in float.
 */
public interface Backend {
    /** A new tensor of zeros. */
    Tensor zeros(int rows, int columns);

    /** {@code out = A B}: [m, k] by [k, n] to [m, n]. */
    void ab(Tensor a, Tensor b, Tensor out);

    /** {@code out = A B^T}: [m, k] by [n, k] to [m, n]. */
    void abt(Tensor a, Tensor b, Tensor out);

    /** Adds {@code A^T B} to out: [k, m] by [k, n] to [m, n]. */
    void addAtb(Tensor a, Tensor b, Tensor out);

    /** Sets every element to the value. */
    void fill(Tensor x, double value);

    /** Adds {@code factor * x} to y, of equal shape. */
    void add(double factor, Tensor x, Tensor y);

    /** {@code out = x * y}, element by element; out may be x or y. */
    void times(Tensor x, Tensor y, Tensor out);

    /** Multiplies every element by the factor. */
    void scale(double factor, Tensor x);

    /** Sum of the squares of all elements, summed in double. */
    double sumOfSquares(Tensor x);

    /** Adds a row [1, d] to every row of x [n, d]. */
    void addRow(Tensor row, Tensor x);

    /** Adds the sum over the rows of x [n, d] to out [1, d]. */
    void addColumnSums(Tensor x, Tensor out);

    /** Adds the sum over rows of {@code x * y}, [n, d] each, to out [1, d]. */
    void addColumnDots(Tensor x, Tensor y, Tensor out);

    /** {@code out[i, j] = x[i, j] * row[j]}; out may be x. */
    void timesRow(Tensor x, Tensor row, Tensor out);

    /** {@code y = f(x)}. */
    void activate(Activation f, Tensor x, Tensor y);

    /** {@code dx = dy * f'(x)}; dx may be dy. */
    void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx);

    /** Softmax of each row; y may be x. */
    void softmax(Tensor x, Tensor y);

    /** Gradient of softmax from its outputs, {@code dx = y * (dy - sum(y dy))} a row; dx may be dy. */
    void softmaxGradient(Tensor y, Tensor dy, Tensor dx);

    /** {@code out[i] = x[rows[i]]}, whole rows. */
    void selectRows(Tensor x, int[] rows, Tensor out);

    /** Rows of a table by number: out row {@code i * T + t} is {@code table[ids[i, t]]}, ids [n, T], out [n * T, d]. */
    void lookUp(Tensor table, Tensor ids, Tensor out);

    /** Adds dy [n * T, d] to the rows of the table's gradient that {@code ids} [n, T] name; repeated rows add up. */
    void addLookUpGradient(Tensor ids, Tensor dy, Tensor table);

    /** Each row less its mean, over {@code sqrt(variance + epsilon)} (variance over d): y [n, d], inverse [n, 1]. */
    void normaliseRows(Tensor x, double epsilon, Tensor y, Tensor inverse);

    /** Gradient of {@link #normaliseRows} from its outputs; dx may be dy. */
    void normaliseRowsGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx);

    /** Mean and variance (over n) of each column of x [n, d]: [1, d] each. */
    void columnMoments(Tensor x, Tensor mean, Tensor variance);

    /** {@code y = (x - mean) * inverse}, column by column, with {@code inverse = 1 / sqrt(variance + epsilon)} [1, d]. */
    void standardise(Tensor x, Tensor mean, Tensor inverse, Tensor y);

    /** {@code out = 1 / sqrt(x + epsilon)}. */
    void inverseRoot(Tensor x, double epsilon, Tensor out);

    /** Gradient of {@link #standardise} by the batch's own moments, from its outputs; dx may be dy. */
    void standardiseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx);

    /** The patches under a window: x [n, inputs] to out [n * down * across, patch]; padding gives zeros. */
    void unfold(Window window, Tensor x, Tensor out);

    /** The transpose of {@link #unfold}: overwrites dx [n, inputs] with the sums of the patches' gradients. */
    void fold(Window window, Tensor patches, Tensor dx);

    /** Largest number under the window by channel: y and places [n, down * across * channels]; places index the image. */
    void maxPool(Window window, Tensor x, Tensor y, Tensor places);

    /** Sends dy to the places that {@link #maxPool} found; overwrites dx. */
    void maxPoolGradient(Tensor places, Tensor dy, Tensor dx);

    /** Mean under the window by channel, of kernel x kernel numbers, padding included. */
    void averagePool(Window window, Tensor x, Tensor y);

    /** Gradient of {@link #averagePool}; overwrites dx. */
    void averagePoolGradient(Window window, Tensor dy, Tensor dx);

    /** Attention by heads: x [n * steps, 3 d] holds queries, keys, values; out [n * steps, d]; keeps the
     * weights, [n * heads * steps, steps]: of each example and head a block, a row a key, a column a query. */
    void attention(Heads heads, Tensor x, Tensor weights, Tensor out);

    /** Gradient of {@link #attention} from x and its weights; overwrites dx [n * steps, 3 d]. */
    void attentionGradient(Heads heads, Tensor x, Tensor weights, Tensor dout, Tensor dx);

    /** Heavy-ball step: {@code velocity = momentum velocity + gradient; value -= rate velocity}. */
    void sgd(Parameter parameter, Tensor velocity, double rate, double momentum);

    /** Step of Adam from moments held in two tensors. */
    void adam(Parameter parameter, Tensor first, Tensor second, AdamStep step);

    /**
     * How attention is cut into heads.
     *
     * @param count heads, dividing d
     * @param steps positions an example
     * @param causal whether a position sees only itself and those before it
     */
    record Heads(int count, int steps, boolean causal) {}

    /**
     * The numbers of one step of Adam: {@code m = b1 m + (1 - b1) g}, {@code v = b2 v + (1 - b2) g^2},
     * {@code value -= rate m / (root(v) * scale + epsilon)}.
     *
     * @param rate learning rate over {@code 1 - b1^t}
     * @param scale {@code 1 / sqrt(1 - b2^t)}
     */
    record AdamStep(double rate, double beta1, double beta2, double scale, double epsilon) {}
}
