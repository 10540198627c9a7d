package touchstone.ood.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Simulated driving scenes around an ego vehicle, and the acceleration and steering that are right in them.
 *
 * <p>A scene has 1 to {@code most} road users, each of a type, a speed and a place relative to ego, which make its
 * configuration; there are 5 x 3 x 4 = 60. Configurations are drawn by Zipf's law with the exponent {@code skew} in an order
 * that the seed shuffles, so that many are rare; the order turned round gives scenes of another distribution. Neighbours in
 * the list of road users stand in a relation of their own. The right action, two numbers, is the sum over the road users of
 * an effect of their configuration (normal, deviation 1), plus {@code interaction} times the mean over neighbouring pairs of
 * the product of their effects, plus normal noise of deviation 0.1.
 *
 * @param most largest number of road users, 1 or more
 * @param skew exponent of Zipf's law, 0 or more; 0 makes all equally frequent
 * @param interaction strength of what a planner of single road users cannot see, 0 or more
 * @param seed of all that is drawn
 */
public record SceneWorld(int most, double skew, double interaction, long seed) {
    private static final List<String> TYPES = List.of("car", "truck", "bus", "cyclist", "pedestrian");
    private static final List<String> SPEEDS = List.of("standing", "slow", "fast");
    private static final List<String> PLACES = List.of("ahead of", "behind", "left of", "right of");
    private static final int ACTIONS = 2;
    private static final double NOISE = 0.1;

    public SceneWorld {
        Check.atLeast(most, 1, "most");
        Check.notNegative(skew, "skew");
        Check.notNegative(interaction, "interaction");
    }

    /** Up to 8 road users, skew 1.2, interaction 0.5, seed 1. */
    public static SceneWorld defaults() {
        return new SceneWorld(8, 1.2, 0.5, 1);
    }

    public SceneWorld withSeed(long s) {
        return new SceneWorld(most, skew, interaction, s);
    }

    /** The number of configurations a road user can have. */
    public static int configurations() {
        return TYPES.size() * SPEEDS.size() * PLACES.size();
    }

    /**
     * A scene with the action that is right in it.
     *
     * @param graph of ego and the road users
     * @param features how many road users have each configuration, [60], and last how many there are
     * @param action that is right, [2]
     */
    public record Scene(SceneGraph graph, List<Double> features, List<Double> action) {
        public Scene {
            features = List.copyOf(features);
            action = List.copyOf(action);
        }
    }

    /** So many scenes of the usual distribution. Streams, such as "train" and "test", are independent of each other. */
    public List<Scene> scenes(String stream, int n) {
        return IntStream.range(0, n).mapToObj(i -> scene(stream, i, false)).toList();
    }

    /** So many scenes in which the rare configurations are the frequent ones. */
    public List<Scene> shifted(String stream, int n) {
        return IntStream.range(0, n).mapToObj(i -> scene(stream, i, true)).toList();
    }

    private Scene scene(String stream, int index, boolean reversed) {
        RandomGenerator rng = Seeds.rng(seed, "scene " + stream, index);
        int[] order = Seeds.permutation(configurations(), Seeds.rng(seed, "frequency"));
        var users = new int[1 + rng.nextInt(most)];
        for (int i = 0; i < users.length; i++) {
            int rank = zipf(rng.nextDouble());
            users[i] = order[reversed ? order.length - 1 - rank : rank];
        }
        var features = new ArrayList<Double>();
        for (int c = 0; c < order.length; c++) {
            int configuration = c;
            features.add(
                    (double) IntStream.of(users).filter(u -> u == configuration).count());
        }
        features.add((double) users.length);
        return new Scene(graph(users), features, action(users, rng));
    }

    /** The rank, from 0, whose share of Zipf's law holds the number u in [0, 1). */
    private int zipf(double u) {
        double total = 0;
        for (int r = 1; r <= configurations(); r++) {
            total += Math.pow(r, -skew);
        }
        double left = u * total;
        for (int r = 1; r < configurations(); r++) {
            left -= Math.pow(r, -skew);
            if (left < 0) {
                return r - 1;
            }
        }
        return configurations() - 1;
    }

    private static SceneGraph graph(int... users) {
        var entities = new ArrayList<SceneGraph.Entity>();
        var relations = new ArrayList<SceneGraph.Relation>();
        entities.add(SceneGraph.Entity.of("ego"));
        for (int i = 0; i < users.length; i++) {
            int type = users[i] / (SPEEDS.size() * PLACES.size());
            String speed = SPEEDS.get(users[i] / PLACES.size() % SPEEDS.size());
            entities.add(new SceneGraph.Entity(TYPES.get(type), Map.of("speed", speed)));
            relations.add(new SceneGraph.Relation(i + 1, PLACES.get(users[i] % PLACES.size()), 0));
            if (i > 0) {
                relations.add(new SceneGraph.Relation(i, "next to", i + 1));
            }
        }
        return new SceneGraph(entities, relations);
    }

    private List<Double> action(int[] users, RandomGenerator rng) {
        var out = new ArrayList<Double>();
        for (int a = 0; a < ACTIONS; a++) {
            double sum = NOISE * rng.nextGaussian();
            for (int i = 0; i < users.length; i++) {
                sum += effect(users[i], a);
                if (i > 0) {
                    sum += interaction * effect(users[i - 1], a) * effect(users[i], a) / (users.length - 1);
                }
            }
            out.add(sum);
        }
        return out;
    }

    private double effect(int configuration, int action) {
        return Seeds.rng(seed, "effect " + action, configuration).nextGaussian();
    }
}
