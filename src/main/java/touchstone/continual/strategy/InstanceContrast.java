package touchstone.continual.strategy;

import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Supervised contrast of single examples: {@code -mean_i mean_(p in P_i) log(exp(u_i u_p / t) / sum_(j != i) exp(u_i u_j / t))} over the
 * rows of two views, scaled to length 1, with P_i the other rows of i's label; in nats, 0 or more. An example whose label nobody shares
 * still has its other view.
 *
 * <p>Outputs are the projections of the first view, then those of the second, [2 n, d].
 */
@Reference("khosla2020supervised")
final class InstanceContrast implements Loss {
    private final int[] labels;
    private final double temperature;

    /** Of labels [n], those of either view; any integers. */
    InstanceContrast(int[] labels, double temperature) {
        this.labels = labels.clone();
        this.temperature = Check.positive(temperature, "temperature");
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        int n = labels.length;
        outputs.demand(2 * n, outputs.columns(), "projections of two views");
        var rows = new UnitRows(outputs.toMatrix());
        double[][] s = rows.similarities(temperature);
        var ds = new double[2 * n][2 * n];
        double loss = 0;
        for (int i = 0; i < 2 * n; i++) {
            int positives = -1;
            for (int label : labels) {
                positives += label == labels[i % n] ? 2 : 0;
            }
            double[] p = UnitRows.others(s, i);
            double share = weight / (2 * n);
            for (int j = 0; j < 2 * n; j++) {
                if (j != i) {
                    double pull = labels[j % n] == labels[i % n] ? 1.0 / positives : 0;
                    loss += share * pull * (p[i] - s[i][j]);
                    ds[i][j] = share * (p[j] - pull);
                }
            }
        }
        UnitRows.add(rows.back(rows.fromSimilarities(ds, temperature)), gradient);
        return loss;
    }
}
