package touchstone.continual.strategy;

import java.util.SortedMap;
import java.util.TreeMap;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Online prototype equilibrium: each class must find its own prototype of the other view among all prototypes of the batch,
 * {@code -mean_i log(exp(p_i p_i' / t) / sum_(j != i) exp(p_i p_j / t))} over the 2K prototypes of K classes and two views, in nats, 0
 * or more. A prototype is the mean of a class's rows of length 1, scaled to length 1.
 *
 * <p>Outputs are the projections of the first view, then those of the second, [2 n, d]. Follows the released program: a class whose
 * rows cancel out has no prototype. With one class the loss is 0.
 */
@Reference("wei2023online")
final class PrototypeEquilibrium implements Loss {
    private final int[] labels;
    private final double temperature;

    /** Of labels [n], those of either view. */
    PrototypeEquilibrium(int[] labels, double temperature) {
        this.labels = labels.clone();
        this.temperature = Check.positive(temperature, "temperature");
    }

    /** Mean row of each class, [d]; classes whose mean is zero are left out. */
    static SortedMap<Integer, double[]> means(double[][] rows, int from, int[] labels) {
        var means = new TreeMap<Integer, double[]>();
        int[] counts = counts(labels);
        for (int i = 0; i < labels.length; i++) {
            double[] row = rows[from + i];
            double[] mean = means.computeIfAbsent(labels[i], c -> new double[row.length]);
            for (int j = 0; j < row.length; j++) {
                mean[j] += row[j] / counts[labels[i]];
            }
        }
        means.values().removeIf(m -> !(Gradients.dot(m, m) > 0));
        return means;
    }

    /** Prototypes of a batch of two views: the average of both views' class means, unscaled. */
    static SortedMap<Integer, double[]> prototypes(Tensor projections, int[] labels) {
        double[][] unit = new UnitRows(projections.toMatrix()).rows();
        SortedMap<Integer, double[]> prototypes = means(unit, 0, labels);
        SortedMap<Integer, double[]> second = means(unit, labels.length, labels);
        prototypes.keySet().retainAll(second.keySet());
        prototypes.forEach((c, p) -> {
            double[] other = second.getOrDefault(c, p);
            for (int j = 0; j < p.length; j++) {
                p[j] = (p[j] + other[j]) / 2;
            }
        });
        return prototypes;
    }

    private static int[] counts(int[] labels) {
        int most = 0;
        for (int label : labels) {
            most = Math.max(most, label);
        }
        var counts = new int[most + 1];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        int n = labels.length;
        outputs.demand(2 * n, outputs.columns(), "projections of two views");
        var rows = new UnitRows(outputs.toMatrix());
        SortedMap<Integer, double[]> first = means(rows.rows(), 0, labels);
        SortedMap<Integer, double[]> second = means(rows.rows(), n, labels);
        first.keySet().retainAll(second.keySet());
        second.keySet().retainAll(first.keySet());
        int k = first.size();
        if (k < 2) {
            return 0;
        }
        var means = new double[2 * k][];
        System.arraycopy(first.values().toArray(double[][]::new), 0, means, 0, k);
        System.arraycopy(second.values().toArray(double[][]::new), 0, means, k, k);
        var prototypes = new UnitRows(means);
        var ds = new double[2 * k][2 * k];
        double loss = slopes(prototypes.similarities(temperature), weight, ds);
        double[][] dm = prototypes.back(prototypes.fromSimilarities(ds, temperature));
        int[] counts = counts(labels);
        var du = new double[2 * n][outputs.columns()];
        for (int i = 0; i < 2 * n; i++) {
            int label = labels[i % n];
            if (first.containsKey(label)) {
                int at = first.headMap(label).size() + (i < n ? 0 : k);
                for (int j = 0; j < du[i].length; j++) {
                    du[i][j] = dm[at][j] / counts[label];
                }
            }
        }
        UnitRows.add(rows.back(du), gradient);
        return loss;
    }

    /** The loss from similarities of 2K prototypes; sets its slopes. */
    private static double slopes(double[][] s, double weight, double[][] ds) {
        double share = weight / s.length;
        double loss = 0;
        for (int i = 0; i < s.length; i++) {
            int own = (i + s.length / 2) % s.length;
            double[] p = UnitRows.others(s, i);
            loss += share * (p[i] - s[i][own]);
            for (int j = 0; j < s.length; j++) {
                ds[i][j] = j == i ? 0 : share * (p[j] - (j == own ? 1 : 0));
            }
        }
        return loss;
    }
}
