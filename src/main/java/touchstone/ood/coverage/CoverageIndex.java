package touchstone.ood.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What the training scenes hold, and from it the competence in a scene, {@code Coverage (1 - Complexity)}. Immutable.
 *
 * <p>The abstract says that sub-scenes are counted, that coverage and complexity make the competence, and that complex scenes
 * need more coverage. The formula comes from secondary sources (summaries at sciencestack.ai and themoonlight.io). Ours are:
 * the coverage of a sub-scene type, {@code min(1, training scenes that hold it / target)}; that of a scene, the mean over its
 * sub-scenes, each occurrence counted; and the complexity, {@code m / (m + M)} of a scene of m sub-scenes, with the median M
 * of the training scenes.
 */
@Reference("braat2025what")
public final class CoverageIndex {
    private final SubsceneQuery query;
    private final int target;
    private final int scenes;
    private final double median;
    private final Map<String, Integer> counts;

    private CoverageIndex(SubsceneQuery query, int target, int scenes, double median, Map<String, Integer> counts) {
        this.query = query;
        this.target = target;
        this.scenes = scenes;
        this.median = median;
        this.counts = Map.copyOf(counts);
    }

    /**
     * Counts the sub-scenes of training scenes.
     *
     * @param query which sub-scenes
     * @param target number of training scenes at which a type counts as fully covered, 1 or more
     * @param training scenes, one or more
     */
    public static CoverageIndex fit(SubsceneQuery query, int target, List<SceneGraph> training) {
        Check.atLeast(target, 1, "target");
        Check.nonEmpty(training.size(), "training scenes");
        var counts = new HashMap<String, Integer>();
        var sizes = new double[training.size()];
        for (int i = 0; i < sizes.length; i++) {
            Map<String, Integer> found = query.of(training.get(i));
            found.keySet().forEach(type -> counts.merge(type, 1, Integer::sum));
            sizes[i] = total(found);
        }
        Arrays.sort(sizes);
        double median = (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2;
        if (!(median > 0)) {
            throw new IllegalArgumentException(
                    "the median training scene must hold a sub-scene, had " + median + "; turn singles on");
        }
        return new CoverageIndex(query, target, sizes.length, median, counts);
    }

    private static int total(Map<String, Integer> found) {
        return found.values().stream().mapToInt(n -> n).sum();
    }

    /** The number of training scenes. */
    public int scenes() {
        return scenes;
    }

    /** The number of types of sub-scenes that training held. */
    public int types() {
        return counts.size();
    }

    /** In how many training scenes a type of sub-scene was. */
    public int count(String type) {
        return counts.getOrDefault(type, 0);
    }

    /** The coverage of a type of sub-scene, in [0, 1]. */
    public double coverage(String type) {
        return Math.min(1, (double) count(type) / target);
    }

    /** The competence in a scene, with what it rests on; a scene without any sub-scene asked for has coverage 1. */
    public Competence of(SceneGraph scene) {
        Map<String, Integer> found = query.of(scene);
        int m = total(found);
        double covered = 0;
        var gaps = new ArrayList<Competence.Gap>();
        for (Map.Entry<String, Integer> e : found.entrySet()) {
            covered += e.getValue() * coverage(e.getKey());
            if (count(e.getKey()) < target) {
                gaps.add(new Competence.Gap(e.getKey(), e.getValue(), count(e.getKey()), target));
            }
        }
        gaps.sort(Comparator.comparingInt(Competence.Gap::inTraining).thenComparing(Competence.Gap::type));
        return new Competence(m == 0 ? 1 : covered / m, m / (m + median), gaps);
    }

    /** {@code 1 - competence} of each scene, [n], in [0, 1]: a score that is higher further out of distribution. */
    public double[] scores(List<SceneGraph> of) {
        return of.stream().mapToDouble(s -> 1 - of(s).value()).toArray();
    }

    @Override
    public String toString() {
        return "CoverageIndex[" + scenes + " scenes, " + counts.size() + " types of sub-scenes, target " + target + "]";
    }
}
