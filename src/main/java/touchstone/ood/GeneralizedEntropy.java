package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Generalised entropy (GEN) of the largest softmax probabilities, {@code sum_(c in top m) p_c^gamma (1 - p_c)^gamma}; 0 or
 * more, no unit. Nothing is learned.
 *
 * <p>Follows the paper: gamma 0.1 and, for ImageNet, m = 100; with fewer classes all count.
 *
 * @param gamma the power, above 0; small values stress small probabilities
 * @param top m, how many of the largest probabilities count, 1 or more
 */
@Reference("liu2023gen")
public record GeneralizedEntropy(double gamma, int top) implements Detector {
    public GeneralizedEntropy {
        Check.positive(gamma, "gamma");
        Check.atLeast(top, 1, "top");
    }

    /** gamma 0.1, the 100 largest. */
    public static GeneralizedEntropy defaults() {
        return new GeneralizedEntropy(0.1, 100);
    }

    public GeneralizedEntropy withGamma(double g) {
        return new GeneralizedEntropy(g, top);
    }

    public GeneralizedEntropy withTop(int m) {
        return new GeneralizedEntropy(gamma, m);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch -> Vectors.each(batch.size(), i -> of(Vectors.softmax(batch.logitRows()[i], 1)));
    }

    private double of(double[] p) {
        Arrays.sort(p);
        double sum = 0;
        for (int j = Math.max(0, p.length - top); j < p.length; j++) {
            sum += Math.pow(p[j] * (1 - p[j]), gamma);
        }
        return sum;
    }
}
