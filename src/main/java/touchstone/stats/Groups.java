package touchstone.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Rows that bear the same number. */
final class Groups {
    private Groups() {}

    /** The rows of each group, groups in the order of their first row. */
    static int[][] of(int[] labels) {
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        for (int label : labels) {
            sizes.merge(label, 1, Integer::sum);
        }
        Map<Integer, Integer> places = new LinkedHashMap<>();
        var rows = new int[sizes.size()][];
        sizes.forEach((label, size) -> {
            rows[places.size()] = new int[size];
            places.put(label, places.size());
        });
        var filled = new int[rows.length];
        for (int i = 0; i < labels.length; i++) {
            int g = places.get(labels[i]);
            rows[g][filled[g]++] = i;
        }
        return rows;
    }

    /** The rows of as many groups as there are, drawn with replacement. */
    static int[] draw(int[][] groups, RandomGenerator rng) {
        return IntStream.range(0, groups.length)
                .mapToObj(g -> groups[rng.nextInt(groups.length)])
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
