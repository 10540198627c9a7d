package touchstone.continual.hyper;

import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * A driven pendulum of unit mass: {@code w' = w + h (-g / l sin a - c w + k u / l^2)} and {@code a' = a + h w'} for angle a, speed w,
 * torque u and a step h of 0.05 s.
 *
 * @param gravity g in m/s^2, any finite number; negative turns the pendulum upside down
 * @param length l in m, above 0
 * @param friction c in 1/s, 0 or more
 * @param motor factor k of the torque, any finite number
 */
public record Pendulum(double gravity, double length, double friction, double motor) {
    private static final double STEP = 0.05;
    private static final double FASTEST = 6;
    private static final double STRONGEST = 2;

    public Pendulum {
        Check.finite(gravity, "gravity");
        Check.positive(length, "length");
        Check.notNegative(friction, "friction");
        Check.finite(motor, "motor");
    }

    /** A pendulum at random: gravity 3 to 15, length 0.6 to 1.4, friction 0 to 1, motor 0.5 to 2. */
    public static Pendulum draw(RandomGenerator random) {
        return new Pendulum(
                3 + 12 * random.nextDouble(),
                0.6 + 0.8 * random.nextDouble(),
                random.nextDouble(),
                0.5 + 1.5 * random.nextDouble());
    }

    /** Angle and speed after a step, [2]. */
    public double[] next(double angle, double speed, double torque) {
        double pull = -gravity / length * Math.sin(angle) - friction * speed + motor * torque / (length * length);
        double faster = speed + STEP * pull;
        return new double[] {angle + STEP * faster, faster};
    }

    /**
     * Steps from random states with random torques: angle in (-pi, pi), speed within 6 rad/s, torque within 2 N m, each uniform.
     *
     * @return inputs sine and cosine of the angle, speed over 6 and torque over 2, [n, 4]; changes of angle and speed, in the units in
     *     which a step is of the order of 1: over 0.3 rad and 0.6 rad/s, [n, 2]
     */
    public Transitions steps(int n, long seed) {
        Check.atLeast(n, 1, "n");
        RandomGenerator random = Seeds.rng(seed, "pendulum");
        var inputs = new double[n][];
        var changes = new double[n][];
        for (int i = 0; i < n; i++) {
            double angle = Math.PI * (2 * random.nextDouble() - 1);
            double speed = FASTEST * (2 * random.nextDouble() - 1);
            double torque = STRONGEST * (2 * random.nextDouble() - 1);
            double[] next = next(angle, speed, torque);
            inputs[i] = new double[] {Math.sin(angle), Math.cos(angle), speed / FASTEST, torque / STRONGEST};
            changes[i] = new double[] {(next[0] - angle) / (STEP * FASTEST), (next[1] - speed) / (2 * STEP * FASTEST)};
        }
        return new Transitions(inputs, changes);
    }
}
