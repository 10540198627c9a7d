package touchstone.continual.bandit;

import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How far an agent's estimate moves towards a reward, {@code q = q + size (r - q)}; a size in [0, 1]. The size decides whether the
 * agent ever stops: one that tends to 0 reaches a fixed policy, one that stays above 0 does not.
 */
@Reference("sutton2018reinforcement")
public sealed interface StepSize {
    /**
     * The size of one update.
     *
     * @param pulls rewards of this arm so far, the present one counted; 1 or more
     * @param step rewards of all arms so far, the present one counted; 1 or more
     */
    double at(int pulls, int step);

    /** A size that never falls: old rewards fade geometrically, the agent searches for ever. */
    static StepSize constant(double size) {
        return new Constant(size);
    }

    /** {@code 1 / n}: the estimate is the mean of all the arm's rewards, and settles. */
    static StepSize sampleAverage() {
        return new SampleAverage();
    }

    /** A constant size that becomes 0 after so many steps: the agent keeps what it then has. */
    static StepSize stopping(double size, int after) {
        return new Stopping(size, after);
    }

    /** See {@link #constant}. */
    record Constant(double size) implements StepSize {
        public Constant {
            demandSize(size);
        }

        @Override
        public double at(int pulls, int step) {
            return size;
        }
    }

    /** See {@link #sampleAverage}. */
    record SampleAverage() implements StepSize {
        @Override
        public double at(int pulls, int step) {
            return 1.0 / pulls;
        }
    }

    /** See {@link #stopping}. */
    record Stopping(double size, int after) implements StepSize {
        public Stopping {
            demandSize(size);
            Check.atLeast(after, 0, "after");
        }

        @Override
        public double at(int pulls, int step) {
            return step <= after ? size : 0;
        }
    }

    private static void demandSize(double size) {
        if (!(size > 0 && size <= 1)) {
            throw new IllegalArgumentException("size must lie in (0, 1], was " + size);
        }
    }
}
