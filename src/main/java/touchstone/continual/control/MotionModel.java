package touchstone.continual.control;

/** How a robot moves in one step. */
@FunctionalInterface
public interface MotionModel {
    /**
     * Motion of a step of {@link Unicycle#STEP}, in the robot's own frame.
     *
     * @param action speed in m/s and rate of turn in rad/s, [2]
     * @return metres ahead and radians turned to the left, [2]
     */
    double[] motion(double[] action);

    /** The pose after a step, metres and radians [x, y, heading]: first ahead along the old heading, then the turn. */
    default double[] next(double[] pose, double[] action) {
        double[] m = motion(action);
        return new double[] {pose[0] + m[0] * Math.cos(pose[2]), pose[1] + m[0] * Math.sin(pose[2]), pose[2] + m[1]};
    }

    /** The motion between two poses, as seen from the first: metres ahead and radians turned, [2]. */
    static double[] between(double[] pose, double[] next) {
        double ahead = (next[0] - pose[0]) * Math.cos(pose[2]) + (next[1] - pose[1]) * Math.sin(pose[2]);
        double turned = next[2] - pose[2];
        return new double[] {ahead, turned};
    }
}
