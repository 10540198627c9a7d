package touchstone.ood;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.Algebra;
import touchstone.util.Check;

/** The last layer of a classifier: {@code logits = W f + b}. Immutable. */
public final class LinearHead {
    /** No head: no classes. */
    static final LinearHead NONE = new LinearHead(new double[0][], new double[0]);

    private final double[][] weights;
    private final double[] bias;
    private final Algebra.Product product;

    private LinearHead(double[][] weights, double[] bias) {
        this.weights = weights;
        this.bias = bias;
        product = Batches.algebra().times(weights);
    }

    /**
     * A head of given weights.
     *
     * @param weights [c, d], a row a class (a library that keeps [d, c] gives the transpose); finite; copied
     * @param bias [c] or [1, c], finite; copied
     */
    public static LinearHead of(INDArray weights, INDArray bias) {
        double[][] w = Batches.rows(weights, "weights");
        double[] b =
                bias.castTo(DataType.DOUBLE).dup('c').reshape(bias.length()).toDoubleVector();
        Check.allFinite(b, "bias");
        Check.sameLength(w.length, "weights", b.length, "bias");
        return new LinearHead(w, b);
    }

    /** The number of classes, c. */
    public int classes() {
        return weights.length;
    }

    /** The number of features it takes, d. */
    public int width() {
        return weights.length == 0 ? 0 : weights[0].length;
    }

    /** A copy of the weights, [c, d]. */
    public INDArray weights() {
        return Nd4j.createFromArray(weights);
    }

    /** A copy of the bias, [c]. */
    public INDArray bias() {
        return Nd4j.createFromArray(bias);
    }

    /** The weights of class {@code k}, [d]; shared, not to be changed. */
    double[] row(int k) {
        return weights[k];
    }

    double bias(int k) {
        return bias[k];
    }

    /** The logits of feature vectors, [n, c]. */
    double[][] logits(double[][] features) {
        double[][] z = product.of(features);
        for (double[] row : z) {
            for (int k = 0; k < row.length; k++) {
                row[k] += bias[k];
            }
        }
        return z;
    }

    /** A head with other weights, [c, d], and the same bias. */
    LinearHead withWeights(double[][] w) {
        return new LinearHead(w, bias);
    }

    /** Whether the other has the same numbers. */
    boolean sameAs(LinearHead other) {
        return Arrays.deepEquals(weights, other.weights) && Arrays.equals(bias, other.bias);
    }

    /** A head without one class. */
    LinearHead withoutClass(int c) {
        double[][] rest = IntStream.range(0, weights.length)
                .filter(k -> k != c)
                .mapToObj(k -> weights[k])
                .toArray(double[][]::new);
        return new LinearHead(rest, Batches.without(bias, c));
    }

    /** A copy of the bias as numbers. */
    double[] biases() {
        return Arrays.copyOf(bias, bias.length);
    }
}
