package touchstone.ood;

import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Neural collapse inspired: minus the proximity of the feature to the weights of the predicted class,
 * {@code -(w_yhat . (f - mu) / |f - mu| + alpha |f|_1)}, mu the mean training feature; any real value.
 *
 * <p>Follows the paper. For a row at mu the first term is 0.
 *
 * @param alpha weight of the feature's length, 0 or more, in units of 1 / feature
 */
@Reference("liu2025detecting")
public record NCI(double alpha) implements StreamingDetector {
    public NCI {
        Check.notNegative(alpha, "alpha");
    }

    /** alpha 1e-4. */
    public static NCI defaults() {
        return new NCI(1e-4);
    }

    public NCI withAlpha(double a) {
        return new NCI(a);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        return scorer(Vectors.mean(train.featureRows()), train.head());
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(this, shape -> ClassSums.mean(shape, mean -> scorer(mean, shape.head())));
    }

    private Scorer scorer(double[] mean, LinearHead head) {
        return batch -> Vectors.each(batch.size(), i -> {
            double[] f = batch.featureRows()[i];
            double[] direction = Vectors.unit(Vectors.minus(f, mean));
            int best = Vectors.argMax(batch.logitRows()[i]);
            return -(Vectors.dot(head.row(best), direction) + alpha * Vectors.norm1(f));
        });
    }
}
