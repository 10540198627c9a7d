package touchstone.continual.control;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A drive once around a figure of eight of 8 by 4 metres, on which the robot changes at 15 % of the way and is as before from 80 % on.
 * Poses are seen exactly; every step adds normal noise to them.
 *
 * @param changed the robot in between
 * @param steps of the drive, 20 or more; with 300, a minute, the path asks for up to 0.6 m/s
 * @param noise deviation a step of each of metres, metres and radians, 0 or more
 * @param seed of the noise
 */
@Reference("murillo2025action")
public record Mission(Unicycle changed, int steps, double noise, long seed) {
    private static final double SIZE = 4;
    private static final int AHEAD = 20;

    public Mission {
        Check.atLeast(steps, 20, "steps");
        Check.notNegative(noise, "noise");
    }

    /** 300 steps with noise 0.002. */
    public static Mission of(Unicycle changed, long seed) {
        return new Mission(changed, 300, 0.002, seed);
    }

    /** First step with the changed robot. */
    public int changeAt() {
        return (int) (0.15 * steps);
    }

    /** First step with the robot as before. */
    public int backAt() {
        return (int) (0.8 * steps);
    }

    /** Where the robot should be after so many steps, metres [2]. */
    public double[] wanted(int step) {
        double s = 2 * Math.PI * step / steps;
        return new double[] {SIZE * Math.sin(s), SIZE / 2 * Math.sin(2 * s)};
    }

    /** The robot as it is at a step. */
    public Unicycle robot(int step) {
        return step >= changeAt() && step < backAt() ? changed : Unicycle.nominal();
    }

    /** A pilot that knows the robot at every step; of one drive. */
    public Pilot oracle(Planner planner) {
        var step = new int[1];
        return (pose, path) -> planner.plan(robot(step[0]++), pose, path);
    }

    /** Drives from the beginning of the path in its direction. Pilots see the next 20 points, at the end those of another round. */
    public Drive drive(Pilot pilot) {
        RandomGenerator random = Seeds.rng(seed, "mission");
        var poses = new double[steps + 1][];
        poses[0] = new double[] {0, 0, Math.PI / 4};
        for (int t = 0; t < steps; t++) {
            int now = t;
            var path = new double[AHEAD][];
            Arrays.setAll(path, k -> wanted(now + 1 + k));
            double[] action = Unicycle.limited(pilot.act(poses[t].clone(), path));
            double[] next = robot(t).next(poses[t], action);
            for (int j = 0; j < 3; j++) {
                next[j] += noise * random.nextGaussian();
            }
            poses[t + 1] = next;
            pilot.moved(MotionModel.between(poses[t], next));
        }
        return new Drive(poses, errors(poses));
    }

    private double[] errors(double[][] poses) {
        var errors = new double[poses.length];
        Arrays.setAll(errors, t -> Math.hypot(poses[t][0] - wanted(t)[0], poses[t][1] - wanted(t)[1]));
        return errors;
    }

    /**
     * What came of it.
     *
     * @param poses [steps + 1, 3]
     * @param errors distance from where the robot should be, metres, [steps + 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
    public record Drive(double[][] poses, double[] errors) {
        public Drive {
            poses = Arrays.stream(poses).map(double[]::clone).toArray(double[][]::new);
            errors = errors.clone();
        }

        @Override
        public double[][] poses() {
            return Arrays.stream(poses).map(double[]::clone).toArray(double[][]::new);
        }

        @Override
        public double[] errors() {
            return errors.clone();
        }

        /** Root of the mean squared error over steps {@code from} to before {@code to}, metres. */
        public double rmse(int from, int to) {
            if (from < 0 || from >= to || to > errors.length) {
                throw new IllegalArgumentException("from and to must satisfy 0 <= from < to <= " + errors.length
                        + ", were " + from + " and " + to);
            }
            double sum = 0;
            for (int t = from; t < to; t++) {
                sum += errors[t] * errors[t];
            }
            return Math.sqrt(sum / (to - from));
        }

        /** Root of the mean squared error over the whole drive, metres. */
        public double rmse() {
            return rmse(0, errors.length);
        }

        /** Share of points of the path that were passed in time, that is at their step within a distance in metres. */
        public double success(double within) {
            Check.positive(within, "within");
            return Arrays.stream(errors).filter(e -> e <= within).count() / (double) errors.length;
        }
    }
}
