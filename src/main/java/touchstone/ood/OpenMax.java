package touchstone.ood;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Probability of "none of the classes" after OpenMax, in [0, 1]. Per class a Weibull distribution is fitted to the largest
 * distances of rightly classified training logits from their mean; each of the {@code alpha} largest logits of a row loses
 * the share that its distance's probability says, and the unknown class gets what is lost.
 *
 * <p>Differs from the paper: Euclidean distance alone. Distances are shifted to start at 10,000 before the fit, as libMR
 * does. Every class needs two rightly classified rows at different distances.
 *
 * @param tail how many of the largest distances of a class are fitted, 2 or more; all, where there are fewer
 * @param alpha how many of the largest logits are revised, 1 or more; all, where there are fewer
 */
@Reference("bendale2016towards")
public record OpenMax(int tail, int alpha) implements Detector {
    public OpenMax {
        Check.atLeast(tail, 2, "tail");
        Check.atLeast(alpha, 1, "alpha");
    }

    /** The 20 largest distances, the 3 largest logits. */
    public static OpenMax defaults() {
        return new OpenMax(20, 3);
    }

    public OpenMax withTail(int t) {
        return new OpenMax(t, alpha);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.LOGITS, Input.LABELS);
    }

    @Override
    public Scorer learn(Batch train) {
        int[] right = Batches.right(train);
        int[] labels = train.labels();
        int classes = train.logitRows()[0].length;
        double[][] z = IntStream.of(right).mapToObj(i -> train.logitRows()[i]).toArray(double[][]::new);
        int[] y = IntStream.of(right).map(i -> labels[i]).toArray();
        double[][] means = ScatterMatrix.means(z, y, classes);
        var tails = new Weibull[classes];
        for (int k = 0; k < classes; k++) {
            int c = k;
            double[] distances = IntStream.range(0, z.length)
                    .filter(i -> y[i] == c)
                    .mapToDouble(i -> Vectors.norm(Vectors.minus(z[i], means[c])))
                    .sorted()
                    .toArray();
            tails[k] = Weibull.fit(
                    Arrays.copyOfRange(distances, Math.max(0, distances.length - tail), distances.length),
                    "distances of class " + k);
        }
        return batch -> Vectors.each(batch.size(), i -> unknown(batch.logitRows()[i], means, tails));
    }

    private double unknown(double[] z, double[][] means, Weibull[] tails) {
        Integer[] order = new Integer[z.length];
        Arrays.setAll(order, c -> c);
        Arrays.sort(order, Comparator.comparingDouble((Integer c) -> z[c]).reversed());
        var revised = new double[z.length + 1];
        System.arraycopy(z, 0, revised, 0, z.length);
        int most = Math.min(alpha, z.length);
        for (int r = 0; r < most; r++) {
            int c = order[r];
            double weight = (double) (most - r) / most;
            double lost = z[c] * weight * tails[c].cdf(Vectors.norm(Vectors.minus(z, means[c])));
            revised[c] -= lost;
            revised[z.length] += lost;
        }
        return Vectors.softmax(revised, 1)[z.length];
    }
}
