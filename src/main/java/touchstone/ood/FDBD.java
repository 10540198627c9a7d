package touchstone.ood;

import java.util.Set;
import touchstone.util.Reference;

/**
 * Fast decision boundary based detection: minus the sum over the other classes of the distance to the boundary,
 * {@code -sum_(c != yhat) |z_c - z_yhat| / |w_c - w_yhat| / |f - mu|}, 0 or less, no unit; mu is the mean training feature.
 *
 * <p>Differs from the paper, which takes the mean over the classes: the same ranking. No two classes may have equal
 * weights. A row at mu scores minus infinity: it lies as far inside as can be.
 *
 * @param centred whether to divide by {@code |f - mu|}, as the paper does, or by {@code |f|}
 */
@Reference("liu2024fdbd")
public record FDBD(boolean centred) implements StreamingDetector {
    /** Divided by the distance from the mean. */
    public static FDBD defaults() {
        return new FDBD(true);
    }

    public FDBD withCentred(boolean on) {
        return new FDBD(on);
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
        double[][] gaps = gaps(head);
        return batch -> Vectors.each(batch.size(), i -> {
            double[] f = batch.featureRows()[i];
            double length = Vectors.norm(centred ? Vectors.minus(f, mean) : f);
            double sum = sum(gaps, batch.logitRows()[i]);
            return sum == 0 ? 0 : -sum / length;
        });
    }

    private static double[][] gaps(LinearHead head) {
        var gaps = new double[head.classes()][head.classes()];
        for (int a = 0; a < gaps.length; a++) {
            for (int b = 0; b < a; b++) {
                gaps[a][b] = Vectors.norm(Vectors.minus(head.row(a), head.row(b)));
                gaps[b][a] = gaps[a][b];
                if (gaps[a][b] == 0) {
                    throw new IllegalArgumentException(
                            "head must have different weights for each class, rows " + b + " and " + a + " were equal");
                }
            }
        }
        return gaps;
    }

    private static double sum(double[][] gaps, double[] z) {
        int best = Vectors.argMax(z);
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            sum += c == best ? 0 : (z[best] - z[c]) / gaps[best][c];
        }
        return sum;
    }
}
