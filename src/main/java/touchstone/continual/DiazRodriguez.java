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
        int n = r.length;
        var seen = new double[n * (n + 1) / 2];
        var later = new double[n * (n - 1) / 2];
        var unseen = new double[n * (n - 1) / 2];
        int s = 0;
        int l = 0;
        int u = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i >= j) {
                    seen[s++] = r[i][j];
                }
                if (i > j) {
                    later[l++] = r[i][j] - r[j][j];
                } else if (i < j) {
                    unseen[u++] = r[i][j];
                }
            }
        }
        double backward = Means.of(later);
        return new DiazRodriguez(
                Means.of(seen), backward, 1 - Math.abs(Math.min(backward, 0)), Math.max(backward, 0), Means.of(unseen));
    }
}
