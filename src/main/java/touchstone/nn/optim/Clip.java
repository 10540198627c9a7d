package touchstone.nn.optim;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;

/** Gradient clipping. */
public final class Clip {
    private Clip() {}

    /**
     * Scales all gradients together so that their common Euclidean norm is at most {@code most}.
     *
     * @param most above 0; infinite leaves them alone
     * @return the norm before
     */
    public static double norm(Backend backend, List<Parameter> parameters, double most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("most must be above 0, was " + most);
        }
        double sum = 0;
        for (Parameter p : parameters) {
            sum += backend.sumOfSquares(p.gradient());
        }
        double norm = Math.sqrt(sum);
        if (norm > most) {
            parameters.forEach(p -> backend.scale(most / norm, p.gradient()));
        }
        return norm;
    }
}
