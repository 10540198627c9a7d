package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Virtual-logit matching: {@code alpha |r(f)| - log sum_c exp(z_c)} in logit units, any real value. r(f) is the residual of
 * {@link Residual}; alpha is the mean largest logit over the mean residual length of the training rows.
 *
 * <p>Follows the paper up to a monotone map (it gives the softmax probability of the virtual logit).
 *
 * @param dim dimensions of the principal space, below the number of columns; 0 for half of the columns
 * @param rcond singular values of W below this share of the largest count as 0
 */
@Reference("wang2022vim")
public record ViM(int dim, double rcond) implements Detector {
    public ViM {
        ResidualSpace.check(dim, rcond);
    }

    /** Half of the columns, rcond 1e-6. */
    public static ViM defaults() {
        return new ViM(0, 1e-6);
    }

    public ViM withDim(int dimensions) {
        return new ViM(dimensions, rcond);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        ResidualSpace space = ResidualSpace.fit(train, dim, rcond);
        double[] largest = Vectors.each(train.size(), i -> Vectors.max(train.logitRows()[i]));
        double[] residuals = space.norms(train.featureRows());
        double total = Vectors.sum(residuals);
        if (!(total > 0)) {
            throw new IllegalArgumentException(
                    "dim must leave directions in which the training features vary, their residuals were " + total);
        }
        double alpha = Vectors.sum(largest) / total;
        return batch -> {
            double[] norms = space.norms(batch.featureRows());
            return Vectors.each(norms.length, i -> alpha * norms[i] - Vectors.logSumExp(batch.logitRows()[i]));
        };
    }
}
