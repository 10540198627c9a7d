package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Length of the part of {@code f - u} outside the principal space of the training features, in feature units, 0 or more;
 * {@code u = -pinv(W) b}. The part of {@link ViM} that needs no logits.
 *
 * <p>Follows the paper, whose principal spaces have 512 of 768 or 1000 of 2048 dimensions.
 *
 * @param dim dimensions of the principal space, below the number of columns; 0 for half of the columns
 * @param rcond singular values of W below this share of the largest count as 0
 */
@Reference("wang2022vim")
public record Residual(int dim, double rcond) implements Detector {
    public Residual {
        ResidualSpace.check(dim, rcond);
    }

    /** Half of the columns, rcond 1e-6. */
    public static Residual defaults() {
        return new Residual(0, 1e-6);
    }

    public Residual withDim(int dimensions) {
        return new Residual(dimensions, rcond);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.HEAD);
    }

    @Override
    public Scorer learn(Batch train) {
        ResidualSpace space = ResidualSpace.fit(train, dim, rcond);
        return batch -> space.norms(batch.featureRows());
    }
}
