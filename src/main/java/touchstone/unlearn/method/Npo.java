package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Examples;
import touchstone.unlearn.Term;
import touchstone.unlearn.loss.NpoLoss;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Negative preference optimisation with a retain term: {@code gamma NPO(forget) + alpha CE(retain)}.
 *
 * @param beta how soon the push fades, above 0
 * @param gamma weight of forgetting, above 0
 * @param alpha weight of retaining, 0 or more
 */
@Reference("zhang2024negative")
public record Npo(double beta, double gamma, double alpha) implements Objective {
    public Npo {
        Check.positive(beta, "beta");
        Check.positive(gamma, "gamma");
        Check.notNegative(alpha, "alpha");
    }

    /** Beta 0.1, the paper's, weights 1. */
    public static Npo defaults() {
        return new Npo(0.1, 1, 1);
    }

    public Npo withBeta(double b) {
        return new Npo(b, gamma, alpha);
    }

    @Override
    public List<Term> terms(Task task) {
        Examples gone = task.forget();
        double[] before = task.referenceOn(gone).sequenceLosses(gone.targets());
        return List.of(
                Term.of(gone, new NpoLoss(gone.targets(), before, beta), gamma),
                Term.of(task.retain(), task.retain().crossEntropy(), alpha));
    }
}
