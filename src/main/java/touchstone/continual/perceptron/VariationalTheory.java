package touchstone.continual.perceptron;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Mean-field theory of the {@link VariationalPerceptron} itself: what the minimum of its free energy is like, in the limit of
 * many weights d and {@code alpha d} random examples a task, after one task or two.
 *
 * <p>With q the mean square of the magnetisations m, R their overlap with the task's teacher, c their mean susceptibility and
 * {@code v = 1 - q + floor}, an example's field u is the minimum of {@code (u - sqrt(q) z)^2 / (2 c) - log Phi(u / sqrt(v))}, and a
 * magnetisation solves
 *
 * <pre>
 * artanh m = prior + a w + sqrt(b) z - k m
 * </pre>
 *
 * with w the teacher's weight, z normal, and a, b, k means over u: those of an estimator that minimises a sum of losses and a
 * penalty, here the divergence from the prior; k carries as well how v changes with m. The prior of a second task is the field
 * after the first.
 *
 * <p>Differs from the paper, whose theory draws students from the Gibbs measure (see {@link FranzParisi}): this one is of the
 * minimum that gradient descent looks for.
 */
@Reference("li2023statistical")
public final class VariationalTheory {
    private static final Grid GRID = Grid.of(64);
    private static final Grid COARSE = Grid.of(28);
    private static final int MOST = 20_000;
    private static final double SETTLED = 1e-11;
    private final double overlap;
    private final double first;
    private final double second;
    private final VariationalState state;

    private VariationalTheory(VariationalState state, Beliefs beliefs) {
        this.state = state;
        this.overlap = state.overlap();
        this.second = state.teacher();
        this.first = state.firstTeacher(beliefs, GRID);
    }

    /** After one task of alpha examples a weight, above 0, from a flat prior. */
    public static VariationalTheory first(double alpha) {
        return solve(Check.positive(alpha, "alpha"), Beliefs.none());
    }

    /**
     * After a second task, with the posterior of this one as its prior.
     *
     * @param alpha examples a weight of the second task, above 0
     * @param teachers overlap of the two teachers, in [-1, 1]
     */
    public VariationalTheory then(double alpha, double teachers) {
        FranzParisi.demandOverlap(teachers);
        double[] fields =
                Arrays.stream(COARSE.points()).map(z -> state.field(0, 1, z)).toArray();
        return solve(Check.positive(alpha, "alpha"), Beliefs.of(fields, COARSE.weights(), teachers));
    }

    private static VariationalTheory solve(double alpha, Beliefs beliefs) {
        var state = new VariationalState();
        for (int i = 0; i < MOST; i++) {
            if (state.step(alpha, beliefs, GRID) < SETTLED) {
                return new VariationalTheory(state, beliefs);
            }
        }
        throw new ArithmeticException("the saddle point did not settle in " + MOST + " steps at alpha " + alpha);
    }

    /** Mean square of the magnetisations, in [0, 1]. */
    public double overlap() {
        return overlap;
    }

    /** Overlap of the magnetisations with the first teacher. */
    public double firstTeacher() {
        return first;
    }

    /** Overlap of the magnetisations with the teacher of the last task. */
    public double lastTeacher() {
        return second;
    }

    /** Generalisation error of the mean weights on the first task. */
    public double oldError() {
        return Grid.disagreement(first / Math.sqrt(overlap));
    }

    /** Generalisation error of the mean weights on the last task. */
    public double newError() {
        return Grid.disagreement(second / Math.sqrt(overlap));
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT, "VariationalTheory[old error %.4f, new error %.4f]", oldError(), newError());
    }
}
