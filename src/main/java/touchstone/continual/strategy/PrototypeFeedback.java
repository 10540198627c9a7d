package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.util.Archive;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Adaptive prototypical feedback: a batch of kept examples, part of it mixed at random, part of it mixed from pairs of classes,
 * the more of a pair the closer its prototypes, {@code softmax(1 / distance)}. Follows the released program.
 */
@Reference({"wei2023online", "zhang2018mixup"})
final class PrototypeFeedback {
    private static final double CLOSEST = 1e-12;
    private final OnPro.Feedback options;
    private RandomGenerator random;
    private final BetaDistribution beta;

    PrototypeFeedback(OnPro.Feedback options, long seed) {
        this.options = options;
        this.random = Seeds.rng(seed, "prototype feedback");
        this.beta = new BetaDistribution(null, options.alpha(), options.alpha());
    }

    /**
     * A mixed example, {@code (1 - share) x_first + share x_second}.
     *
     * @param x inputs, [d]
     * @param share of the second class, in [0, 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // within this package, never changed
    record Mixed(double[] x, int first, int second, double share) {
        /** Cross-entropy weighed by the shares, mean over the examples; adds its gradient. */
        static double crossEntropy(List<Mixed> mixed, Tensor z, double weight, Tensor gradient) {
            int[] all = Rehearsal.count(mixed.size());
            double[] shares = mixed.stream().mapToDouble(Mixed::share).toArray();
            double[] rest = mixed.stream().mapToDouble(m -> 1 - m.share).toArray();
            double sum = mixed.stream().mapToDouble(Mixed::share).sum();
            double n = mixed.size();
            return CrossEntropy.of(mixed.stream().mapToInt(Mixed::first).toArray())
                            .withExampleWeights(rest)
                            .add(z, all, weight * (n - sum) / n, gradient)
                    + CrossEntropy.of(mixed.stream().mapToInt(Mixed::second).toArray())
                            .withExampleWeights(shares)
                            .add(z, all, weight * sum / n, gradient);
        }

        /** Labels for contrast: the class of what is not mixed, and one of its own for each mixture. */
        static int[] labels(List<Mixed> mixed) {
            int[] labels = new int[mixed.size()];
            for (int i = 0; i < labels.length; i++) {
                Mixed m = mixed.get(i);
                labels[i] = m.share == 0 || m.first == m.second ? m.first : -1 - i;
            }
            return labels;
        }
    }

    /** Probability of each pair of classes, in the order (0, 1), (0, 2), .., [K (K - 1) / 2], from their prototypes [K, d]. */
    static double[] pairProbabilities(List<double[]> prototypes) {
        var p = new double[prototypes.size() * (prototypes.size() - 1) / 2];
        double most = 0;
        int at = 0;
        for (int a = 0; a < prototypes.size(); a++) {
            for (int b = a + 1; b < prototypes.size(); b++) {
                double sum = 0;
                for (int j = 0; j < prototypes.get(a).length; j++) {
                    double off = prototypes.get(a)[j] - prototypes.get(b)[j];
                    sum += off * off;
                }
                p[at] = 1 / Math.max(Math.sqrt(sum), CLOSEST);
                most = Math.max(most, p[at++]);
            }
        }
        double total = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(p[i] - most);
            total += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= total;
        }
        return p;
    }

    /** Shares of n in whole numbers that add up to n: rounded, then some drawn at random are made one larger or smaller. */
    static int[] counts(double[] probabilities, int n, RandomGenerator random) {
        var counts = new int[probabilities.length];
        int left = n;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (int) Math.rint(probabilities[i] * n);
            left -= counts[i];
        }
        while (left != 0) {
            for (int i : Seeds.permutation(counts.length, random)) {
                int change = left > 0 ? 1 : left < 0 && counts[i] > 0 ? -1 : 0;
                counts[i] += change;
                left -= change;
            }
        }
        return counts;
    }

    /** Tells where the draws stand. */
    void persist(Archive archive) {
        random = archive.keep("mixing draws", random);
    }

    /**
     * As many examples as were drawn, mixed.
     *
     * @param drawn a batch from the memory, 1 or more
     * @param all the memory
     * @param prototypes of the classes known so far
     */
    List<Mixed> mix(List<Memory.Item> drawn, List<Memory.Item> all, SortedMap<Integer, double[]> prototypes) {
        int base = prototypes.size() < 2 ? drawn.size() : (int) (drawn.size() * options.baseRate());
        int[] order = Seeds.permutation(drawn.size(), random);
        int[] partner = Seeds.permutation(base, random);
        boolean mixes = random.nextDouble() < options.probability();
        var out = new ArrayList<Mixed>();
        for (int i = 0; i < base; i++) {
            double share = mixes ? options.most() * random.nextDouble() : 0;
            out.add(mixed(drawn.get(order[i]), drawn.get(order[partner[i]]), share));
        }
        if (base < drawn.size()) {
            addPairs(drawn.size() - base, byClass(all), prototypes, out);
        }
        return out;
    }

    private void addPairs(
            int n, SortedMap<Integer, List<Memory.Item>> kept, SortedMap<Integer, double[]> known, List<Mixed> out) {
        List<Integer> classes = List.copyOf(known.keySet());
        int[] counts = counts(pairProbabilities(List.copyOf(known.values())), n, random);
        int at = 0;
        for (int a = 0; a < classes.size(); a++) {
            for (int b = a + 1; b < classes.size(); b++, at++) {
                List<Memory.Item> first = ofClass(kept, classes.get(a));
                List<Memory.Item> second = ofClass(kept, classes.get(b));
                boolean mixes = counts[at] > 0 && random.nextDouble() <= options.probability();
                for (int i = 0; i < counts[at]; i++) {
                    double share = mixes ? beta.inverseCumulativeProbability(random.nextDouble()) : 0;
                    out.add(mixed(pick(first), pick(second), share));
                }
            }
        }
    }

    /** Kept examples of a class; of a class at random when that one has been forgotten. */
    private List<Memory.Item> ofClass(SortedMap<Integer, List<Memory.Item>> kept, int wanted) {
        List<Memory.Item> found = kept.get(wanted);
        return found != null ? found : pick(List.copyOf(kept.values()));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static SortedMap<Integer, List<Memory.Item>> byClass(List<Memory.Item> all) {
        var map = new TreeMap<Integer, List<Memory.Item>>();
        all.forEach(item ->
                map.computeIfAbsent(item.label(), c -> new ArrayList<>()).add(item));
        return map;
    }

    private static Mixed mixed(Memory.Item a, Memory.Item b, double share) {
        double[] x = a.x().clone();
        for (int j = 0; j < x.length; j++) {
            x[j] = (1 - share) * x[j] + share * b.x()[j];
        }
        return new Mixed(x, a.label(), b.label(), share);
    }
}
