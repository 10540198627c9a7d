package touchstone.continual.control;

/** Drives a robot along a path. Serves one mission. */
public interface Pilot {
    /**
     * The action to take, within the limits, [2].
     *
     * @param pose of the robot, [x, y, heading]
     * @param path points wanted at the next steps, [n, 2]
     */
    double[] act(double[] pose, double[][] path);

    /** What the last action did: metres ahead and radians turned, [2]. */
    default void moved(double[] motion) {}

    /** A pilot that believes in one model. */
    static Pilot of(Planner planner, MotionModel model) {
        return (pose, path) -> planner.plan(model, pose, path);
    }
}
