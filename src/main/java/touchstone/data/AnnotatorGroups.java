package touchstone.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

/**
 * A world of people who differ: each belongs to one of several groups, and judges pairs of answers by its group's
 * reward with the Bradley-Terry probability. The group is drawn by a softmax of {@code pull} times linear scores of
 * the person's context.
 *
 * <p>With {@link Pairs#TABLE} every prompt has one pair of answers and its difference is a unit vector: one reward
 * can then take any probability on each pair, and what it loses is the mixture's gap and nothing else. With {@link
 * Pairs#VECTORS} the difference is a normal vector, and one linear reward also loses for its form.
 *
 * @param pairs what a pair of answers is
 * @param groups of people K, 1 or more
 * @param size number of prompts (TABLE) or of features (VECTORS), 1 or more
 * @param scale standard deviation of a pair's lead under a group, above 0
 * @param pull how strongly the context tells the group, 0 for not at all (equal shares)
 * @param seed of all that is drawn
 */
public record AnnotatorGroups(Pairs pairs, int groups, int size, double scale, double pull, long seed) {
    /** Features of a context beside the constant 1. */
    public static final int CONTEXT = 3;

    /** What a pair of answers is. */
    public enum Pairs {
        /** One of {@code size} fixed pairs. */
        TABLE,
        /** A new vector of differences, standard normal. */
        VECTORS
    }

    public AnnotatorGroups {
        Check.atLeast(groups, 1, "groups");
        Check.atLeast(size, 1, "size");
        Check.positive(scale, "scale");
        Check.notNegative(pull, "pull");
    }

    /** 20 fixed pairs, leads of deviation 2, no pull, seed 1. */
    public static AnnotatorGroups of(int groups) {
        return new AnnotatorGroups(Pairs.TABLE, groups, 20, 2, 0, 1);
    }

    public AnnotatorGroups withPairs(Pairs kind, int count) {
        return new AnnotatorGroups(kind, groups, count, scale, pull, seed);
    }

    public AnnotatorGroups withPull(double p) {
        return new AnnotatorGroups(pairs, groups, size, scale, p, seed);
    }

    public AnnotatorGroups withSeed(long s) {
        return new AnnotatorGroups(pairs, groups, size, scale, pull, s);
    }

    /**
     * People and what they chose.
     *
     * @param differences features of the chosen less those of the rejected answer, [n, size]
     * @param annotators who gave each pair, [n]
     * @param groups the true group of each person, [people]
     * @param contexts of the people, the last feature 1, [people, CONTEXT + 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays, for a notebook to read
    public record Sample(double[][] differences, int[] annotators, int[] groups, double[][] contexts) {
        /** Share of each of so many groups among the people. */
        public double[] shares(int count) {
            var shares = new double[count];
            for (int g : groups) {
                shares[g] += 1.0 / groups.length;
            }
            return shares;
        }
    }

    /** The groups' rewards, [groups, size]: the lead of a pair is their product with its difference. */
    public double[][] rewards() {
        RandomGenerator rng = Seeds.rng(seed, "groups' rewards");
        double deviation = pairs == Pairs.TABLE ? scale : scale / Math.sqrt(size);
        var rewards = new double[groups][size];
        for (double[] row : rewards) {
            Arrays.setAll(row, j -> deviation * rng.nextGaussian());
        }
        return rewards;
    }

    /** True shares of the groups in a context [CONTEXT + 1]. */
    public double[] shares(double[] context) {
        RandomGenerator rng = Seeds.rng(seed, "groups' gate");
        var shares = new double[groups];
        double sum = 0;
        for (int k = 0; k < groups; k++) {
            double score = 0;
            for (int j = 0; j < CONTEXT; j++) {
                score += pull * rng.nextGaussian() * context[j];
            }
            shares[k] = Math.exp(score);
            sum += shares[k];
        }
        for (int k = 0; k < groups; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    /** People with so many pairs each. Streams, such as "train" and "new", are different people of the same world. */
    public Sample people(String stream, int people, int each) {
        return people(stream, 0, people, each);
    }

    /** The same people in another round: their groups and contexts stay, the pairs are new. */
    public Sample people(String stream, int round, int people, int each) {
        Check.atLeast(people, 1, "people");
        Check.atLeast(each, 1, "each");
        double[][] rewards = rewards();
        var differences = new double[people * each][size];
        var annotators = new int[people * each];
        var group = new int[people];
        var contexts = new double[people][];
        for (int a = 0; a < people; a++) {
            RandomGenerator who = Seeds.rng(seed, "person " + stream, a);
            contexts[a] = context(who);
            group[a] = draw(shares(contexts[a]), who);
            RandomGenerator rng = Seeds.rng(seed, "pairs " + round + " " + stream, a);
            for (int i = a * each; i < (a + 1) * each; i++) {
                annotators[i] = a;
                judge(differences[i], rewards[group[a]], rng);
            }
        }
        return new Sample(differences, annotators, group, contexts);
    }

    private void judge(double[] difference, double[] reward, RandomGenerator rng) {
        if (pairs == Pairs.TABLE) {
            difference[rng.nextInt(size)] = 1;
        } else {
            Arrays.setAll(difference, j -> rng.nextGaussian());
        }
        double lead = 0;
        for (int j = 0; j < size; j++) {
            lead += reward[j] * difference[j];
        }
        if (rng.nextDouble() >= Logistic.sigmoid(lead)) {
            Arrays.setAll(difference, j -> 0 - difference[j]);
        }
    }

    private static double[] context(RandomGenerator rng) {
        var x = new double[CONTEXT + 1];
        Arrays.setAll(x, j -> j < CONTEXT ? rng.nextGaussian() : 1);
        return x;
    }

    private static int draw(double[] shares, RandomGenerator rng) {
        double u = rng.nextDouble();
        int k = 0;
        while (k < shares.length - 1 && u >= shares[k]) {
            u -= shares[k++];
        }
        return k;
    }
}
