package touchstone.ood;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Several detectors as one. Each is fitted to the training rows less a share held out at random, whose scores put the
 * detectors on a common scale: the mean share of held-out scores below (ties count half), in [0, 1]; the mean z-score; or
 * Fisher's {@code -2 sum log p} with conformal p-values, 0 or more.
 *
 * <p>Fisher's sum is used as a score alone: detectors of one model are not independent, so it is no chi-square.
 *
 * @param detectors two or more
 * @param combine how scores are put together
 * @param heldOut share of the training rows for the scale, in (0, 1)
 * @param seed of the draw
 */
@Reference("fisher1932statistical")
public record Ensemble(List<Detector> detectors, Combine combine, double heldOut, long seed) implements Detector {
    /** How scores are put together. */
    public enum Combine {
        /** The mean share of held-out scores below. */
        RANK,
        /** The mean of scores less the held-out mean, over the held-out deviation (n - 1). */
        ZSCORE,
        /** Minus twice the sum of the logarithms of the p-values. */
        FISHER
    }

    public Ensemble {
        detectors = List.copyOf(detectors);
        Check.atLeast(detectors.size(), 2, "number of detectors");
        Check.insideUnit(heldOut, "heldOut");
    }

    /** Mahalanobis, relative Mahalanobis and energy by z-score, a fifth held out, seed 1. */
    public static Ensemble defaults() {
        return new Ensemble(
                List.of(Mahalanobis.defaults(), RelativeMahalanobis.defaults(), Energy.defaults()),
                Combine.ZSCORE,
                0.2,
                1);
    }

    /** The given detectors, with the other defaults. */
    public static Ensemble of(Detector... detectors) {
        return new Ensemble(List.of(detectors), Combine.ZSCORE, 0.2, 1);
    }

    public Ensemble withCombine(Combine c) {
        return new Ensemble(detectors, c, heldOut, seed);
    }

    @Override
    public Set<Input> requires() {
        Set<Input> all = EnumSet.noneOf(Input.class);
        detectors.forEach(d -> all.addAll(d.requires()));
        return all;
    }

    @Override
    public Scorer learn(Batch train) {
        int out = (int) Math.rint(train.size() * heldOut);
        if (out < 2 || out == train.size()) {
            throw new IllegalArgumentException(
                    "heldOut must hold out 2 rows or more and leave some, held out " + out + " of " + train.size());
        }
        int[] order = Seeds.permutation(train.size(), Seeds.rng(seed, "ensemble"));
        Batch apart = train.select(Arrays.copyOf(order, out));
        Batch rest = train.select(Arrays.copyOfRange(order, out, order.length));
        List<Scorer> scorers = detectors.stream().map(d -> d.fit(rest)).toList();
        List<double[]> scales = IntStream.range(0, scorers.size())
                .mapToObj(
                        k -> scale(scorers.get(k).score(apart), detectors.get(k).name()))
                .toList();
        return batch -> {
            var sums = new double[batch.size()];
            for (int k = 0; k < scorers.size(); k++) {
                double[] scores = scorers.get(k).score(batch);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += on(scales.get(k), scores[i]) / (combine == Combine.FISHER ? 1 : scorers.size());
                }
            }
            return sums;
        };
    }

    /** What a detector's scores are compared with: mean and deviation, or the sorted scores. */
    private double[] scale(double[] scores, String name) {
        if (combine != Combine.ZSCORE) {
            Arrays.sort(scores);
            return scores;
        }
        Check.allFinite(scores, "held-out scores of " + name);
        double mean = Vectors.sum(scores) / scores.length;
        double squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
        double deviation =
                Check.positive(Math.sqrt(squares / (scores.length - 1)), "deviation of the held-out scores of " + name);
        return new double[] {mean, deviation};
    }

    private double on(double[] scale, double score) {
        if (combine == Combine.ZSCORE) {
            return (score - scale[0]) / scale[1];
        }
        long below = Arrays.stream(scale).filter(s -> s < score).count();
        long equal = Arrays.stream(scale).filter(s -> s == score).count();
        double n = scale.length;
        return combine == Combine.RANK ? (below + 0.5 * equal) / n : -2 * Math.log((1 + n - below) / (n + 1));
    }
}
