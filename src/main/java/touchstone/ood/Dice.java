package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Reference;

/**
 * Energy of the logits of a sparse head, in logit units; any real value. A weight stays where its mean contribution over
 * the training rows, {@code mean(f_j) W_cj}, lies above a percentile (linear) of all contributions.
 *
 * <p>Follows the paper.
 *
 * @param percentile in [0, 100)
 */
@Reference("sun2022dice")
public record Dice(double percentile) implements Detector {
    public Dice {
        Shaping.percentile(percentile, "percentile");
    }

    /** The 90th percentile. */
    public static Dice defaults() {
        return new Dice(90);
    }

    public Dice withPercentile(double p) {
        return new Dice(p);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        LinearHead head = train.head();
        double[] mean = Vectors.mean(train.featureRows());
        var contributions = new double[head.classes()][mean.length];
        for (int k = 0; k < contributions.length; k++) {
            for (int j = 0; j < mean.length; j++) {
                contributions[k][j] = mean[j] * head.row(k)[j];
            }
        }
        double bar = Vectors.percentile(
                Arrays.stream(contributions).flatMapToDouble(Arrays::stream).toArray(), percentile);
        for (int k = 0; k < contributions.length; k++) {
            for (int j = 0; j < mean.length; j++) {
                contributions[k][j] = contributions[k][j] > bar ? head.row(k)[j] : 0;
            }
        }
        return Shaping.energy(head.withWeights(contributions), f -> f);
    }
}
