package touchstone.continual.control;

import touchstone.util.Check;

/**
 * Plans by shooting: of a grid of actions, each kept for the whole horizon, it takes the one whose path by the model comes nearest to
 * the points ahead, in the sum of squared distances; then once more on a grid as fine around that one. Draws nothing.
 *
 * @param horizon steps looked ahead, 1 or more
 * @param grid actions a side of the grid, 2 or more
 */
public record Planner(int horizon, int grid) {
    public Planner {
        Check.atLeast(horizon, 1, "horizon");
        Check.atLeast(grid, 2, "grid");
    }

    /** 5 steps, a grid of 15 by 15. */
    public static Planner defaults() {
        return new Planner(5, 15);
    }

    /**
     * The action to take, [2].
     *
     * @param pose of the robot, [x, y, heading]
     * @param path points wanted at the next steps, [n, 2], n of 1 or more; beyond the horizon they are not looked at
     */
    public double[] plan(MotionModel model, double[] pose, double[][] path) {
        Check.nonEmpty(path.length, "path");
        double[] coarse = best(model, pose, path, new double[2], new double[] {Unicycle.FASTEST, Unicycle.SHARPEST});
        double cell = 2.0 / (grid - 1);
        return best(model, pose, path, coarse, new double[] {cell * Unicycle.FASTEST, cell * Unicycle.SHARPEST});
    }

    private double[] best(MotionModel model, double[] pose, double[][] path, double[] centre, double[] reach) {
        double[] best = centre;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < grid; i++) {
            for (int j = 0; j < grid; j++) {
                double[] action = Unicycle.limited(new double[] {
                    centre[0] + reach[0] * (2.0 * i / (grid - 1) - 1), centre[1] + reach[1] * (2.0 * j / (grid - 1) - 1)
                });
                double cost = cost(model.motion(action), pose, path);
                if (cost < least) {
                    least = cost;
                    best = action;
                }
            }
        }
        return best;
    }

    private double cost(double[] motion, double[] pose, double[][] path) {
        double x = pose[0];
        double y = pose[1];
        double heading = pose[2];
        double sum = 0;
        for (int h = 0; h < Math.min(horizon, path.length); h++) {
            x += motion[0] * Math.cos(heading);
            y += motion[0] * Math.sin(heading);
            heading += motion[1];
            sum += (x - path[h][0]) * (x - path[h][0]) + (y - path[h][1]) * (y - path[h][1]);
        }
        return sum;
    }
}
