package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.PerExample;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How the diagonal of the Fisher information is taken from examples; g is the gradient of -log p(label) of one example, and the
 * result the mean over examples. Libraries differ in this, and EWC's strength means nothing without it.
 */
@Reference("kirkpatrick2017overcoming")
public enum FisherEstimator {
    /** The Fisher information itself: g squared, expected over labels drawn from the model's own p. */
    EXACT,
    /** g squared at the true label: the empirical Fisher. */
    TRUE_LABEL,
    /** g squared at the label the model predicts (FACIL's default). */
    PREDICTED_LABEL,
    /** g squared at the true label, weighted by the model's probability of it (Mammoth). */
    WEIGHTED_TRUE_LABEL;

    private static final int BLOCK = 256; // rows whose gradients are taken at once

    /** The diagonal over all trained parameters in their order, 0 or more; zeros when there are no examples. */
    public double[] diagonal(Network network, Labelled data) {
        var sum = new double[network.trainedSize()];
        for (int from = 0; from < data.size(); from += BLOCK) {
            int[] rows =
                    IntStream.range(from, Math.min(data.size(), from + BLOCK)).toArray();
            Tensor x = data.x().block(from, rows.length, 0, data.x().columns());
            for (int c = 0; c < network.outputs(); c++) {
                double[] squares = PerExample.sumOfSquares(network, x, rows, towards(c, data));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += squares[i] / data.size();
                }
            }
        }
        return sum;
    }

    /** Gradient of -log p(c) of each row, times the root of the weight of label c there. */
    private Loss towards(int c, Labelled data) {
        return (z, examples, weight, gradient) -> {
            for (int i = 0; i < z.rows(); i++) {
                double[] p = Probabilities.of(z, i);
                double root = weight * Math.sqrt(weight(p, c, data.label(examples[i])));
                for (int j = 0; j < p.length; j++) {
                    gradient.set(i, j, gradient.get(i, j) + root * (p[j] - (j == c ? 1 : 0)));
                }
            }
            return 0;
        };
    }

    private double weight(double[] p, int c, int label) {
        return switch (this) {
            case EXACT -> p[c];
            case TRUE_LABEL -> c == label ? 1 : 0;
            case PREDICTED_LABEL -> c == Probabilities.largest(p) ? 1 : 0;
            case WEIGHTED_TRUE_LABEL -> c == label ? p[c] : 0;
        };
    }

    /**
     * Squared gradients of batch means at true labels, averaged over batches (Avalanche): it shrinks with the batch size, so
     * it is no estimate of the Fisher information, and is here to compare with.
     */
    public static double[] ofBatchMeans(Network network, Labelled data, int batch) {
        Check.atLeast(batch, 1, "batch");
        var sum = new double[network.trainedSize()];
        int batches = (data.size() + batch - 1) / batch;
        for (int from = 0; from < data.size(); from += batch) {
            int n = Math.min(batch, data.size() - from);
            Tensor rows = data.x().block(from, n, 0, data.x().columns());
            int[] labels = Arrays.copyOfRange(data.labels(), from, from + n);
            Gradients.addSquared(sum, Gradients.of(network, rows, CrossEntropy.of(labels)), 1.0 / batches);
        }
        return sum;
    }
}
