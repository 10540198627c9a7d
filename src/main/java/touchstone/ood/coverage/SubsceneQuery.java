package touchstone.ood.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import touchstone.util.Check;

/**
 * Which parts of a scene are looked up in the training data: every connected set of at most {@code size} entities with the
 * relations between them. Two are of one type when they differ in the order of their entities alone. The type of a single
 * entity reads {@code car[speed=slow]}, that of a pair {@code ego -behind-> car[speed=slow]}.
 *
 * @param size largest number of entities, 1 to 4
 * @param singles whether single entities count as well, or sets of two and more only
 * @param attributes whether attributes tell entities apart, or types alone
 */
public record SubsceneQuery(int size, boolean singles, boolean attributes) {
    private static final int LARGEST = 4; // 24 orders a set to compare

    public SubsceneQuery {
        Check.atLeast(size, 1, "size");
        if (size > LARGEST) {
            throw new IllegalArgumentException("size must be at most " + LARGEST + ", was " + size);
        }
        if (size == 1 && !singles) {
            throw new IllegalArgumentException("singles must be on where size is 1, was off");
        }
    }

    /** Single entities and pairs, with attributes. */
    public static SubsceneQuery defaults() {
        return new SubsceneQuery(2, true, true);
    }

    public SubsceneQuery withSize(int s) {
        return new SubsceneQuery(s, singles, attributes);
    }

    public SubsceneQuery withSingles(boolean on) {
        return new SubsceneQuery(size, on, attributes);
    }

    public SubsceneQuery withAttributes(boolean on) {
        return new SubsceneQuery(size, singles, on);
    }

    /** The types of sub-scenes in a scene, in alphabetical order, with how often each occurs. */
    public Map<String, Integer> of(SceneGraph scene) {
        var counts = new TreeMap<String, Integer>();
        var reached = new TreeSet<String>();
        List<int[]> sets = new ArrayList<>();
        for (int i = 0; i < scene.entities().size(); i++) {
            sets.add(new int[] {i});
        }
        for (int k = 1; k <= size; k++) {
            List<int[]> larger = new ArrayList<>();
            for (int[] set : sets) {
                if (k > 1 || singles) {
                    counts.merge(type(scene, set), 1, Integer::sum);
                }
                grow(scene, set, reached, larger);
            }
            sets = larger;
        }
        return counts;
    }

    /** Adds each set that one neighbour makes larger, once. */
    private static void grow(SceneGraph scene, int[] set, TreeSet<String> reached, List<int[]> larger) {
        for (SceneGraph.Relation r : scene.relations()) {
            boolean from = contains(set, r.from());
            if (from != contains(set, r.to())) {
                int[] next = Arrays.copyOf(set, set.length + 1);
                next[set.length] = from ? r.to() : r.from();
                Arrays.sort(next);
                if (reached.add(Arrays.toString(next))) {
                    larger.add(next);
                }
            }
        }
    }

    private static boolean contains(int[] set, int i) {
        return Arrays.stream(set).anyMatch(j -> j == i);
    }

    /** The alphabetically first text over all orders of the entities. */
    private String type(SceneGraph scene, int[] set) {
        var texts = new TreeSet<String>();
        permute(scene, set, 0, texts);
        return texts.first();
    }

    private void permute(SceneGraph scene, int[] order, int from, TreeSet<String> texts) {
        if (from == order.length) {
            texts.add(text(scene, order));
            return;
        }
        for (int i = from; i < order.length; i++) {
            int[] next = order.clone();
            next[from] = order[i];
            next[i] = order[from];
            permute(scene, next, from + 1, texts);
        }
    }

    /** Entities and relations in this order; a pair with one relation reads as a sentence. */
    private String text(SceneGraph scene, int[] order) {
        var relations = new TreeSet<String>();
        var names = new ArrayList<String>();
        for (int i : order) {
            SceneGraph.Entity e = scene.entities().get(i);
            names.add(attributes ? e.label() : e.type());
        }
        for (SceneGraph.Relation r : scene.relations()) {
            int a = place(order, r.from());
            int b = place(order, r.to());
            if (a >= 0 && b >= 0) {
                relations.add(order.length == 2 ? sentence(names, a, r.name(), b) : a + " " + r.name() + " " + b);
            }
        }
        return order.length == 1
                ? names.get(0)
                : order.length == 2 ? String.join("; ", relations) : String.join(", ", names) + ": " + relations;
    }

    private static String sentence(List<String> names, int a, String relation, int b) {
        return names.get(a) + " -" + relation + "-> " + names.get(b);
    }

    private static int place(int[] order, int i) {
        for (int k = 0; k < order.length; k++) {
            if (order[k] == i) {
                return k;
            }
        }
        return -1;
    }
}
