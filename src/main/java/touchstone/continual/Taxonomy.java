package touchstone.continual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import touchstone.util.Check;

/**
 * A tree of ideas two levels deep, such as a survey's, each of whose leaves says which things of ours it admits. What covers a leaf
 * is found by asking the leaf, so that coverage is computed and not typed.
 *
 * @param name of the tree
 * @param leaves in order; those of one family side by side
 * @param <T> what leaves admit, such as strategies or scenarios
 */
public record Taxonomy<T>(String name, List<Leaf<T>> leaves) {
    public Taxonomy {
        Check.nonEmpty(leaves.size(), "leaves");
        leaves = List.copyOf(leaves);
    }

    /**
     * A leaf.
     *
     * @param family the branch it hangs on
     * @param idea what it is
     * @param admits whether a thing is one of these
     */
    public record Leaf<T>(String family, String idea, Predicate<? super T> admits) {}

    /** Finds what covers each leaf among named things. */
    public Coverage over(Map<String, ? extends T> things) {
        var found = new ArrayList<Covered>();
        for (Leaf<T> leaf : leaves) {
            List<String> names = things.entrySet().stream()
                    .filter(e -> leaf.admits.test(e.getValue()))
                    .<String>map(Map.Entry::getKey)
                    .toList();
            found.add(new Covered(leaf.family, leaf.idea, names));
        }
        return new Coverage(name, found);
    }

    /**
     * A leaf and what covers it.
     *
     * @param by names of the things, in order; empty where there is none
     */
    public record Covered(String family, String idea, List<String> by) {
        public Covered {
            by = List.copyOf(by);
        }
    }

    /** What covers each leaf of a tree. */
    public record Coverage(String name, List<Covered> leaves) {
        public Coverage {
            leaves = List.copyOf(leaves);
        }

        /** Number of leaves that something covers. */
        public int covered() {
            return (int) leaves.stream().filter(l -> !l.by.isEmpty()).count();
        }

        /** Share of the leaves that something covers, in [0, 1]. */
        public double share() {
            return (double) covered() / leaves.size();
        }

        /** Names of things that cover no leaf, out of all that were looked at, in their order. */
        public Set<String> homeless(Set<String> all) {
            Set<String> left = new LinkedHashSet<>(all);
            leaves.forEach(l -> l.by.forEach(left::remove));
            return left;
        }

        /** A row a leaf: family, idea, and the names of what covers it or "none". */
        public Table table() {
            return Table.create(
                    name,
                    StringColumn.create("family", leaves.stream().map(Covered::family)),
                    StringColumn.create("idea", leaves.stream().map(Covered::idea)),
                    StringColumn.create(
                            "runnable", leaves.stream().map(l -> l.by.isEmpty() ? "none" : String.join(", ", l.by))));
        }

        /** A row a family: its leaves, how many are covered, and their share to three digits. */
        public Table families() {
            var counts = new LinkedHashMap<String, int[]>();
            for (Covered leaf : leaves) {
                int[] count = counts.computeIfAbsent(leaf.family, f -> new int[2]);
                count[0]++;
                count[1] += leaf.by.isEmpty() ? 0 : 1;
            }
            return Table.create(
                    name + ", by family",
                    StringColumn.create("family", counts.keySet()),
                    IntColumn.create("leaves", counts.values().stream().mapToInt(c -> c[0])),
                    IntColumn.create("covered", counts.values().stream().mapToInt(c -> c[1])),
                    DoubleColumn.create(
                            "share",
                            counts.values().stream()
                                    .mapToDouble(c -> Math.round(1000.0 * c[1] / c[0]) / 1000.0)
                                    .toArray()));
        }
    }
}
