package touchstone.ood.failure;

import java.util.List;
import touchstone.util.Check;

/** Mean and deviation of each feature over all steps of some rollouts; a feature that does not vary is only centred. */
final class Scaling {
    private final double[] mean;
    private final double[] deviation;

    private Scaling(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static Scaling of(List<Rollout> rollouts) {
        int d = rollouts.get(0).width();
        var mean = new double[d];
        var square = new double[d];
        long steps = rollouts.stream().mapToLong(Rollout::length).sum();
        for (Rollout r : rollouts) {
            Check.sameLength(r.width(), "features of a rollout", d, "features of the first");
            for (int t = 0; t < r.length(); t++) {
                for (int j = 0; j < d; j++) {
                    mean[j] += r.step(t)[j] / steps;
                }
            }
        }
        for (Rollout r : rollouts) {
            for (int t = 0; t < r.length(); t++) {
                for (int j = 0; j < d; j++) {
                    square[j] += (r.step(t)[j] - mean[j]) * (r.step(t)[j] - mean[j]) / steps;
                }
            }
        }
        for (int j = 0; j < d; j++) {
            square[j] = square[j] > 0 ? Math.sqrt(square[j]) : 1;
        }
        return new Scaling(mean, square);
    }

    int width() {
        return mean.length;
    }

    /** The scaled features of each rollout in one row, with zeros after its last step: [n, steps * d]. */
    double[][] padded(List<Rollout> rollouts, int steps) {
        int d = width();
        var rows = new double[rollouts.size()][steps * d];
        for (int i = 0; i < rows.length; i++) {
            Rollout r = rollouts.get(i);
            Check.sameLength(r.width(), "features of rollout " + i, d, "features of the training rollouts");
            for (int t = 0; t < r.length(); t++) {
                for (int j = 0; j < d; j++) {
                    rows[i][t * d + j] = (r.step(t)[j] - mean[j]) / deviation[j];
                }
            }
        }
        return rows;
    }
}
