package touchstone.ood;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Gram matrices of activation maps: how far their row sums leave the range seen in training for the predicted class,
 * {@code sum_layers (sum_powers delta / normaliser) / max_c p_c}; 0 or more, no unit. For each power p and channel the
 * statistic is the signed p-th root of the row sum of {@code F^p (F^p)^T}; delta is its distance from the range over the
 * bound; a layer's normaliser is its mean delta over training rows held out.
 *
 * <p>Differs from the paper as OpenOOD does: row sums over whole rows. The last rows of the batch are held out: shuffle rows
 * that are sorted. Every class that has a logit needs a row that is not held out.
 *
 * @param powers the powers 1 .. powers, 1 or more
 * @param heldOut share of the training rows for the normaliser, in (0, 1)
 */
@Reference("sastry2020detecting")
public record Gram(int powers, double heldOut) implements Detector {
    private static final double TINY = 1e-6; // keeps a bound of 0 from dividing, as in the paper's code

    public Gram {
        Check.atLeast(powers, 1, "powers");
        Check.insideUnit(heldOut, "heldOut");
    }

    /** Powers 1 to 5, a tenth held out. */
    public static Gram defaults() {
        return new Gram(5, 0.1);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.ACTIVATIONS, Input.LOGITS, Input.LABELS);
    }

    @Override
    public Scorer learn(Batch train) {
        int kept = train.size() - Math.max(1, (int) Math.rint(train.size() * heldOut));
        int[] labels = train.labels();
        int classes = train.logitRows()[0].length;
        int[] counts = ScatterMatrix.counts(Arrays.copyOf(labels, kept), classes);
        for (int k = 0; k < classes; k++) {
            Check.atLeast(counts[k], 1, "training rows of class " + k);
        }
        List<Range[]> ranges = train.maps().stream()
                .map(layer -> ranges(layer, labels, classes, kept))
                .toList();
        var normaliser = new double[ranges.size()];
        for (int l = 0; l < normaliser.length; l++) {
            double[][][] layer = train.maps().get(l);
            for (int i = kept; i < layer.length; i++) {
                normaliser[l] += ranges.get(l)[labels[i]].deviation(statistics(layer[i])) / (layer.length - kept);
            }
            Check.positive(normaliser[l], "mean deviation of the rows held out, layer " + l + ",");
        }
        return batch -> Vectors.each(batch.size(), i -> {
            double[] p = Vectors.softmax(batch.logitRows()[i], 1);
            int best = Vectors.argMax(p);
            double sum = 0;
            for (int l = 0; l < normaliser.length; l++) {
                sum += ranges.get(l)[best].deviation(statistics(batch.maps().get(l)[i])) / normaliser[l];
            }
            return sum / p[best];
        });
    }

    private Range[] ranges(double[][][] layer, int[] labels, int classes, int kept) {
        var ranges = new Range[classes];
        for (int i = 0; i < kept; i++) {
            double[] s = statistics(layer[i]);
            if (ranges[labels[i]] == null) {
                ranges[labels[i]] = new Range(s);
            }
            ranges[labels[i]].widen(s);
        }
        return ranges;
    }

    /** The signed roots of row sums, power by power, channel by channel. */
    private double[] statistics(double[][] maps) {
        int channels = maps.length;
        var out = new double[powers * channels];
        for (int p = 1; p <= powers; p++) {
            var total = new double[maps[0].length];
            for (double[] map : maps) {
                for (int h = 0; h < total.length; h++) {
                    total[h] += Math.pow(map[h], p);
                }
            }
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int h = 0; h < total.length; h++) {
                    sum += Math.pow(maps[c][h], p) * total[h];
                }
                out[(p - 1) * channels + c] = Math.signum(sum) * Math.pow(Math.abs(sum), 1.0 / p);
            }
        }
        return out;
    }

    /** The least and the largest value of each statistic. */
    private static final class Range {
        private final double[] least;
        private final double[] most;

        Range(double[] first) {
            least = first.clone();
            most = first.clone();
        }

        void widen(double[] s) {
            for (int j = 0; j < s.length; j++) {
                least[j] = Math.min(least[j], s[j]);
                most[j] = Math.max(most[j], s[j]);
            }
        }

        double deviation(double[] s) {
            double sum = 0;
            for (int j = 0; j < s.length; j++) {
                sum += Math.max(0, least[j] - s[j]) / Math.abs(least[j] + TINY);
                sum += Math.max(0, s[j] - most[j]) / Math.abs(most[j] + TINY);
            }
            return sum;
        }
    }
}
