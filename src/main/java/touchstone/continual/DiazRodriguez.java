package touchstone.continual;

import touchstone.util.Reference;

/**
 * The metrics of Díaz-Rodríguez et al., means over the triangle of the matrix, not over its last row.
 *
 * @param accuracy mean of R[i][j] over i >= j
 * @param backwardTransfer mean of R[i][j] - R[j][j] over i > j; below 0 is forgetting
 * @param remembering {@code 1 - |min(backwardTransfer, 0)|}; higher is better
 * @param positiveBackwardTransfer {@code max(backwardTransfer, 0)}
 * @param forwardTransfer mean of R[i][j] over i < j, without an untrained baseline
 */
@Reference("diazrodriguez2018dont")
public record DiazRodriguez(
        double accuracy,
        double backwardTransfer,
        double remembering,
        double positiveBackwardTransfer,
        double forwardTransfer) {

    static DiazRodriguez of(double[][] r) {
        var seen = new Mean();
        var later = new Mean();
        var unseen = new Mean();
        for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < r.length; j++) {
                (i >= j ? seen : unseen).add(r[i][j]);
                if (i > j) {
                    later.add(r[i][j] - r[j][j]);
                }
            }
        }
        double backward = later.value();
        return new DiazRodriguez(
                seen.value(), backward, 1 - Math.abs(Math.min(backward, 0)), Math.max(backward, 0), unseen.value());
    }

    /** A mean that skips NaN and is NaN of nothing. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double x) {
            if (!Double.isNaN(x)) {
                sum += x;
                count++;
            }
        }

        double value() {
            return count == 0 ? Double.NaN : sum / count;
        }
    }
}
