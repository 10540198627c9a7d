package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.nn.Algebra;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Neural relation: minus the summed relation to the training rows, {@code -sum_i [r_i > t] r_i^power} with
 * {@code r_i = max(cos(f, f_i), 0) <p, p_i>} and p the softmax; 0 or less, no unit.
 *
 * <p>Follows the paper's outlier score.
 *
 * @param power above 0
 * @param threshold t, in [0, 1]: weaker relations do not count
 */
@Reference("kim2023neural")
public record Relation(double power, double threshold) implements Detector {
    public Relation {
        Check.positive(power, "power");
        Check.probability(threshold, "threshold");
    }

    /** Power 1, threshold 0.03. */
    public static Relation defaults() {
        return new Relation(1, 0.03);
    }

    public Relation withPower(double p) {
        return new Relation(p, threshold);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LOGITS);
    }

    @Override
    public Scorer learn(Batch train) {
        Algebra.Product bank = Batches.algebra().times(Batches.prepared(train, true));
        Algebra.Product bankP = Batches.algebra().times(softmax(train));
        return batch -> {
            double[][] rows = Batches.prepared(batch, true);
            double[][] p = softmax(batch);
            var scores = new double[rows.length];
            for (int from = 0; from < rows.length; from += Batches.TILE) {
                int to = Math.min(rows.length, from + Batches.TILE);
                double[][] cosines = bank.of(Arrays.copyOfRange(rows, from, to));
                double[][] agreements = bankP.of(Arrays.copyOfRange(p, from, to));
                double[] sums = Vectors.each(to - from, i -> related(cosines[i], agreements[i]));
                Arrays.setAll(sums, i -> -sums[i]);
                System.arraycopy(sums, 0, scores, from, sums.length);
            }
            return scores;
        };
    }

    private static double[][] softmax(Batch batch) {
        return Arrays.stream(batch.logitRows()).map(z -> Vectors.softmax(z, 1)).toArray(double[][]::new);
    }

    private double related(double[] cosines, double[] agreements) {
        double sum = 0;
        for (int i = 0; i < cosines.length; i++) {
            double r = Math.max(0, cosines[i]) * agreements[i];
            sum += r > threshold ? power == 1 ? r : Math.pow(r, power) : 0;
        }
        return sum;
    }
}
