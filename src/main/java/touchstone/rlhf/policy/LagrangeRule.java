package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;

/** How a Lagrange multiplier answers to the excess of a cost over its limit. */
public sealed interface LagrangeRule {
    /** The rule's state at the start. */
    Stepper start();

    /** A rule at work. */
    interface Stepper {
        /** The multiplier now, 0 or more, below any cap. */
        double value();

        /**
         * One update.
         *
         * @param excess cost less limit; above 0 the multiplier rises
         * @param cap the largest multiplier allowed; may be infinite
         */
        void step(double excess, double cap);
    }

    /**
     * Gradient ascent in {@code u = log lambda}: {@code u += rate excess lambda}. Never 0, and the slower the smaller lambda is.
     *
     * <p>Follows Safe RLHF with plain gradient steps (Adam on a single number would make every step as large as the rate).
     *
     * @param initial multiplier at the start, above 0
     * @param rate above 0
     */
    @Reference("dai2024safe")
    record LogSpace(double initial, double rate) implements LagrangeRule {
        public LogSpace {
            Check.positive(initial, "initial");
            Check.positive(rate, "rate");
        }

        @Override
        public Stepper start() {
            return new Stepper() {
                private double u = Math.log(initial);

                @Override
                public double value() {
                    return Math.exp(u);
                }

                @Override
                public void step(double excess, double cap) {
                    double most = Math.min(Math.log(cap), 700); // e^700 is a finite double
                    u = Math.max(-700, Math.min(most, u + rate * excess * Math.exp(u)));
                }
            };
        }
    }

    /**
     * Projected gradient ascent: {@code lambda = max(0, lambda + rate excess)}. Can be 0, and leaves it again.
     *
     * @param initial multiplier at the start, 0 or more
     * @param rate above 0
     */
    record Projected(double initial, double rate) implements LagrangeRule {
        public Projected {
            Check.notNegative(initial, "initial");
            Check.positive(rate, "rate");
        }

        @Override
        public Stepper start() {
            return new Stepper() {
                private double lambda = initial;

                @Override
                public double value() {
                    return lambda;
                }

                @Override
                public void step(double excess, double cap) {
                    lambda = Math.min(cap, Math.max(0, lambda + rate * excess));
                }
            };
        }
    }

    /**
     * PID control: {@code lambda = max(0, kp e + I + kd D)} of the excess e, its sum {@code I = max(0, I + ki e)} and its rise {@code D
     * = max(0, e - e_before)}, 0 at the first update. The first and last term damp the swings of plain ascent, which is kp = kd =
     * 0. Starts at 0.
     *
     * <p>Follows the paper, without its smoothing; under a cap the sum is held to the cap as well, so that it does not wind up.
     *
     * @param kp weight of the excess, 0 or more
     * @param ki weight of its sum, 0 or more
     * @param kd weight of its rise, 0 or more
     */
    @Reference("stooke2020responsive")
    record Pid(double kp, double ki, double kd) implements LagrangeRule {
        public Pid {
            Check.notNegative(kp, "kp");
            Check.notNegative(ki, "ki");
            Check.notNegative(kd, "kd");
        }

        @Override
        public Stepper start() {
            return new Stepper() {
                private double lambda;
                private double sum;
                private double before = Double.NaN;

                @Override
                public double value() {
                    return lambda;
                }

                @Override
                public void step(double excess, double cap) {
                    double rise = Double.isNaN(before) ? 0 : Math.max(0, excess - before);
                    before = excess;
                    sum = Math.min(cap, Math.max(0, sum + ki * excess));
                    lambda = Math.min(cap, Math.max(0, kp * excess + sum + kd * rise));
                }
            };
        }
    }
}
