package touchstone.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Rows that bear the same number. */
final class Groups {
    private Groups() {}

    /** The rows of each group, groups in the order of their first row. */
    static int[][] of(int[] labels) {
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            rows.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        return rows.values().stream()
                .map(group -> group.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
    }

    /** The rows of as many groups as there are, drawn with replacement. */
    static int[] draw(int[][] groups, RandomGenerator rng) {
        return IntStream.range(0, groups.length)
                .mapToObj(g -> groups[rng.nextInt(groups.length)])
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
