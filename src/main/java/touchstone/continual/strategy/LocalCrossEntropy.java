package touchstone.continual.strategy;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Reference;

/**
 * Mean cross-entropy of a softmax over some classes, in nats, {@code -mean_i log p(label_i)}; the logits of other classes have
 * no gradient.
 */
@Reference("smith2023closer")
final class LocalCrossEntropy implements Loss {
    private final int[] labels;
    private final int[] classes;

    /** Of labels [n], each one of the classes. */
    LocalCrossEntropy(int[] labels, int[] classes) {
        this.labels = labels.clone();
        this.classes = classes.clone();
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        double share = weight / examples.length;
        double loss = 0;
        for (int i = 0; i < examples.length; i++) {
            int label = labels[examples[i]];
            double most = Double.NEGATIVE_INFINITY;
            for (int c : classes) {
                most = Math.max(most, outputs.get(i, c));
            }
            double sum = 0;
            for (int c : classes) {
                sum += Math.exp(outputs.get(i, c) - most);
            }
            for (int c : classes) {
                double slope = Math.exp(outputs.get(i, c) - most) / sum - (c == label ? 1 : 0);
                gradient.set(i, c, gradient.get(i, c) + share * slope);
            }
            loss += share * (Math.log(sum) + most - outputs.get(i, label));
        }
        return loss;
    }
}
