package touchstone.ood.failure;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Simulated rollouts of a policy with features, where a failure shows in a direction that is partly common to all tasks: the
 * premise that a detector trained on some tasks serves others too.
 *
 * <p>Step t of a rollout of length L (30 to 50) of task k has the features {@code m_k + (t / L) p_k + b_t f_k + e_t}: the
 * task's place and course (normal, deviation 1), autocorrelated noise (AR(1) with 0.8, deviation {@code noise}), and b_t times
 * the direction of failure {@code f_k = shared g + (1 - shared) g_k}, with unit vectors g and g_k. Every second rollout, by
 * chance, fails: b rises from 0 at the onset (0.2 to 0.6 of L) to {@code strength} within ten steps and stays. Of the
 * successes every fifth has a slip: b rises for five steps to half of it and falls back. Stream and index name a rollout, so
 * that the same numbers give the same rollout.
 *
 * @param tasks number of tasks, 1 or more
 * @param unseen how many of them, the last ones, are kept back from training; below {@code tasks}
 * @param shared how much of the direction of failure all tasks have in common, in [0, 1]
 * @param strength of a failure, in units of features, above 0
 * @param noise deviation of the noise, above 0
 * @param seed of all that is drawn
 */
public record RolloutWorld(int tasks, int unseen, double shared, double strength, double noise, long seed) {
    /** The number of features of a step. */
    public static final int WIDTH = 16;

    private static final double MEMORY = 0.8;
    private static final int RISE = 10;

    public RolloutWorld {
        Check.atLeast(tasks, 1, "tasks");
        Check.index(unseen, tasks, "unseen");
        Check.probability(shared, "shared");
        Check.positive(strength, "strength");
        Check.positive(noise, "noise");
    }

    /** Six tasks, two unseen, 0.6 in common, strength 5, noise 1, seed 1. */
    public static RolloutWorld defaults() {
        return new RolloutWorld(6, 2, 0.6, 5, 1, 1);
    }

    public RolloutWorld withSeed(long s) {
        return new RolloutWorld(tasks, unseen, shared, strength, noise, s);
    }

    public RolloutWorld withShared(double share) {
        return new RolloutWorld(tasks, unseen, share, strength, noise, seed);
    }

    /** Rollouts of the seen tasks, so many each, in the order of tasks. */
    public List<Rollout> seen(String stream, int each) {
        return rollouts(stream, 0, tasks - unseen, each);
    }

    /** Rollouts of the unseen tasks, so many each, in the order of tasks. */
    public List<Rollout> unseen(String stream, int each) {
        return rollouts(stream, tasks - unseen, tasks, each);
    }

    private List<Rollout> rollouts(String stream, int from, int to, int each) {
        Check.atLeast(each, 1, "each");
        return IntStream.range(from, to)
                .boxed()
                .flatMap(task -> IntStream.range(0, each).mapToObj(i -> rollout(task, stream, i)))
                .toList();
    }

    /** Rollout number i of a task; streams, such as "train" and "test", are independent of each other. */
    public Rollout rollout(int task, String stream, int i) {
        Check.index(task, tasks, "task");
        double[] place = normal(Seeds.rng(seed, "task", task), 1);
        double[] course = normal(Seeds.rng(seed, "course", task), 1);
        double[] direction = direction(task);
        RandomGenerator rng = Seeds.rng(seed, "rollout " + stream + " " + task, i);
        int length = 30 + rng.nextInt(21);
        boolean failed = rng.nextBoolean();
        boolean slips = rng.nextDouble() < 0.2;
        int onset = (int) ((0.2 + 0.4 * rng.nextDouble()) * length);
        double[] e = normal(rng, noise);
        var x = new double[length][WIDTH];
        for (int t = 0; t < length; t++) {
            double b = strength * (failed ? ramp(t - onset) : slips ? slip(t - onset) : 0);
            double[] fresh = normal(rng, noise * Math.sqrt(1 - MEMORY * MEMORY));
            for (int j = 0; j < WIDTH; j++) {
                e[j] = t == 0 ? e[j] : MEMORY * e[j] + fresh[j];
                x[t][j] = place[j] + course[j] * t / length + b * direction[j] + e[j];
            }
        }
        return Rollout.of(task, x, new Outcome(failed, failed ? onset : -1));
    }

    private static double ramp(int since) {
        return Math.min(1, Math.max(0, (double) since / RISE));
    }

    private static double slip(int since) {
        return Math.max(0, Math.min(since, RISE - since)) / (double) RISE;
    }

    private double[] direction(int task) {
        double[] common = unit(normal(Seeds.rng(seed, "failure"), 1));
        double[] own = unit(normal(Seeds.rng(seed, "failure of task", task), 1));
        var out = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            out[j] = shared * common[j] + (1 - shared) * own[j];
        }
        return out;
    }

    private static double[] normal(RandomGenerator rng, double deviation) {
        return IntStream.range(0, WIDTH)
                .mapToDouble(j -> deviation * rng.nextGaussian())
                .toArray();
    }

    private static double[] unit(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        double length = Math.sqrt(sum);
        return IntStream.range(0, v.length).mapToDouble(j -> v[j] / length).toArray();
    }
}
