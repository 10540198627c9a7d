package touchstone.ood.coverage;

import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The competence in a scene and why it is no higher.
 *
 * @param coverage share of the scene's sub-scenes that training covered, in [0, 1]
 * @param complexity of the scene, in [0, 1)
 * @param gaps types of sub-scenes that training held less often than the target, the rarest first
 */
@Reference("braat2025what")
public record Competence(double coverage, double complexity, List<Gap> gaps) {
    public Competence {
        Check.probability(coverage, "coverage");
        Check.probability(complexity, "complexity");
        gaps = List.copyOf(gaps);
    }

    /** {@code coverage (1 - complexity)}, in [0, 1]; higher is better. */
    public double value() {
        return coverage * (1 - complexity);
    }

    /**
     * A sub-scene that training covered too little.
     *
     * @param type of the sub-scene
     * @param inScene how often the scene holds it
     * @param inTraining how many training scenes hold it
     * @param target how many should
     */
    public record Gap(String type, int inScene, int inTraining, int target) {}
}
