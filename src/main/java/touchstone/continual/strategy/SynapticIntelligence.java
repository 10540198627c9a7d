package touchstone.continual.strategy;

import java.util.Arrays;
import touchstone.continual.Labelled;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Synaptic intelligence: importance is a parameter's share in the fall of the loss along the path of training,
 * {@code O += w / (d^2 + xi)} with {@code w = -sum g dtheta} over a task's steps and d its whole move, and never below 0.
 * {@code CE + strength / 2 sum_i O_i (theta_i - theta*_i)^2}.
 *
 * <p>Differs from the paper: strength is halved in the penalty, as for EWC, and applied as a proximal step.
 *
 * @param strength of the penalty, 0 or more
 * @param xi keeps the division bounded, above 0
 * @param anchor how the penalty is applied
 */
@Reference("zenke2017continual")
public record SynapticIntelligence(double strength, double xi, Anchor anchor) implements Strategy {
    public SynapticIntelligence {
        Check.notNegative(strength, "strength");
        Check.positive(xi, "xi");
    }

    /** Strength 0.3, xi 0.1, proximal. */
    public static SynapticIntelligence defaults() {
        return new SynapticIntelligence(0.3, 0.1, Anchor.PROXIMAL);
    }

    public SynapticIntelligence withStrength(double s) {
        return new SynapticIntelligence(s, xi, anchor);
    }

    @Override
    public Learner start(Descent descent) {
        return new Anchored(descent, strength, anchor, new Path(xi, descent.size()));
    }

    /** What each parameter brought along the path of one task. */
    static final class Path implements Anchored.Source {
        private final double xi;
        private final double[] work;
        private double[] start = new double[0];

        Path(double xi, int size) {
            this.xi = xi;
            this.work = new double[size];
        }

        @Override
        public boolean watches() {
            return true;
        }

        @Override
        public void begin(double[] theta) {
            start = theta;
            Arrays.fill(work, 0);
        }

        @Override
        public void stepped(double[] gradient, double[] before, double[] after) {
            for (int i = 0; i < work.length; i++) {
                work[i] -= gradient[i] * (after[i] - before[i]);
            }
        }

        @Override
        public double[] after(Labelled task, double[] previous, double[] theta) {
            var importance = new double[theta.length];
            for (int i = 0; i < importance.length; i++) {
                double move = theta[i] - start[i];
                importance[i] = Math.max(0, previous[i] + work[i] / (move * move + xi));
            }
            return importance;
        }
    }
}
