package touchstone.rlhf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Accuracy by section as RewardBench reports it: a section is the mean of its subsets weighted by their counts, the overall score
 * the plain mean of the sections, so that a large section counts no more than a small one.
 *
 * <p>Follows the paper; which counts to give is the caller's (RewardBench sets that of math-prm to 984 by hand).
 *
 * @param sections accuracy of each section, in [0, 1], in the order given
 * @param overall mean of the sections, in [0, 1]
 */
@Reference("lambert2024rewardbench")
public record SectionAccuracy(Map<String, Double> sections, double overall) {
    public SectionAccuracy {
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /**
     * The report.
     *
     * @param counts pairs of each subset, 1 or more
     * @param accuracy of each subset, in [0, 1]
     * @param sections names of the subsets of each section
     */
    public static SectionAccuracy of(
            Map<String, Integer> counts, Map<String, Double> accuracy, Map<String, List<String>> sections) {
        Check.nonEmpty(sections.size(), "sections");
        var result = new LinkedHashMap<String, Double>();
        sections.forEach((section, subsets) -> {
            Check.nonEmpty(subsets.size(), "sections[" + section + "]");
            double right = 0;
            double all = 0;
            for (String subset : subsets) {
                int count = Check.atLeast(given(counts, "counts", subset), 1, "counts[" + subset + "]");
                double share = given(accuracy, "accuracy", subset);
                right += count * Check.probability(share, "accuracy[" + subset + "]");
                all += count;
            }
            result.put(section, right / all);
        });
        double overall = result.values().stream().mapToDouble(x -> x).average().orElseThrow();
        return new SectionAccuracy(result, overall);
    }

    private static <T> T given(Map<String, T> map, String name, String subset) {
        if (!map.containsKey(subset)) {
            throw new IllegalArgumentException(name + " must hold the subset " + subset + ", held " + map.keySet());
        }
        return map.get(subset);
    }
}
