package touchstone.rlhf.shaping;

import java.util.Arrays;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Dynamic safety shaping, {@code sum_i w_i (star_i CE_i + price (1 - star_i) KL(pi || reference)_i) / sum_i w_i} over
 * words, in nats: words that a guard finds safe are imitated, at the others the model is held to its reference. With
 * star 1 throughout it is plain fine-tuning, with one star for a whole response static shaping. The outputs are
 * logits, a row a word.
 *
 * <p>The interpolation is the paper's; the price and the direction of the divergence, from the model to the
 * reference, are ours.
 */
@Reference("peng2025shape")
public final class ShapedLoss implements Loss {
    private final int[] labels;
    private final double[] star;
    private final double[] weights;
    private final double[][] reference;
    private final double price;

    /**
     * A loss over n words.
     *
     * @param labels the words to follow, [n]
     * @param star of each, in [0, 1], [n]
     * @param weights of each, 0 or more, [n]
     * @param reference log-probabilities of all words under the reference, [n, vocabulary]
     * @param price of the divergence, 0 or more
     */
    public ShapedLoss(int[] labels, double[] star, double[] weights, double[][] reference, double price) {
        Check.sameLength(star.length, "star", labels.length, "labels");
        Check.sameLength(weights.length, "weights", labels.length, "labels");
        Check.sameLength(reference.length, "reference", labels.length, "labels");
        Check.probabilities(star, "star");
        for (int i = 0; i < weights.length; i++) {
            Check.notNegative(weights[i], "weights[" + i + "]");
        }
        this.labels = labels.clone();
        this.star = star.clone();
        this.weights = weights.clone();
        this.reference = Arrays.stream(reference).map(double[]::clone).toArray(double[][]::new);
        this.price = Check.notNegative(price, "price");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        outputs.demand(examples.length, outputs.columns(), "outputs");
        gradient.demand(outputs.rows(), outputs.columns(), "gradient");
        double total = Arrays.stream(examples).mapToDouble(i -> weights[i]).sum();
        double loss = 0;
        for (int row = 0; row < examples.length && total > 0; row++) {
            loss += row(outputs, row, examples[row], weight * weights[examples[row]] / total, gradient);
        }
        return loss;
    }

    private double row(Tensor outputs, int row, int example, double share, Tensor gradient) {
        double[] logP = logSoftmax(outputs, row);
        double[] ref = reference[example];
        Check.sameLength(ref.length, "reference[" + example + "]", logP.length, "logits of a row");
        double follow = star[example];
        double hold = price * (1 - follow);
        int label = Check.index(labels[example], logP.length, "labels[" + example + "]");
        double divergence = 0;
        for (int j = 0; j < logP.length; j++) {
            divergence += Math.exp(logP[j]) * (logP[j] - ref[j]);
        }
        for (int j = 0; j < logP.length; j++) {
            double p = Math.exp(logP[j]);
            double slope = follow * (p - (j == label ? 1 : 0)) + hold * p * (logP[j] - ref[j] - divergence);
            gradient.set(row, j, gradient.get(row, j) + share * slope);
        }
        return share * (hold * divergence - follow * logP[label]);
    }

    static double[] logSoftmax(Tensor z, int row) {
        var logP = new double[z.columns()];
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < logP.length; j++) {
            logP[j] = z.get(row, j);
            most = Math.max(most, logP[j]);
        }
        double sum = 0;
        for (double v : logP) {
            sum += Math.exp(v - most);
        }
        double log = most + Math.log(sum);
        for (int j = 0; j < logP.length; j++) {
            logP[j] -= log;
        }
        return logP;
    }
}
