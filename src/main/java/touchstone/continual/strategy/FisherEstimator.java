package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
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

    /** The diagonal over all trained parameters in their order, 0 or more; zeros when there are no examples. */
    public double[] diagonal(Network network, Labelled data) {
        var sum = new double[network.trainedSize()];
        for (int i = 0; i < data.size(); i++) {
            Tensor row = data.x().block(i, 1, 0, data.x().columns());
            double[] p = Probabilities.of(network.logits(row), 0);
            for (int c = 0; c < p.length; c++) {
                double weight = weight(p, c, data.label(i));
                if (weight > 0) {
                    Gradients.addSquared(sum, Gradients.of(network, row, CrossEntropy.of(c)), weight / data.size());
                }
            }
        }
        return sum;
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
