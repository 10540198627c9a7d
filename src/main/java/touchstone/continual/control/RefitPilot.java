package touchstone.continual.control;

import touchstone.continual.recurrent.OnlineRidge;
import touchstone.util.Reference;

/**
 * Re-fits its model at every step, by ridge regression on what actions did, in which older steps fade; it plans with the model as it
 * is. This is the usual way, to explore with a misaligned model. The regression is of the difference from the nominal robot on speed
 * and rate of turn, so that it starts as the nominal one.
 */
@Reference("murillo2025action")
public final class RefitPilot implements Pilot {
    private static final double RIDGE = 0.01;
    private final Planner planner;
    private final OnlineRidge ahead;
    private final OnlineRidge turned;
    private double[] action = new double[2];

    private RefitPilot(Planner planner, double forgetting) {
        this.planner = planner;
        this.ahead = OnlineRidge.of(2, RIDGE, forgetting);
        this.turned = OnlineRidge.of(2, RIDGE, forgetting);
    }

    /**
     * A pilot that starts with the nominal model.
     *
     * @param forgetting factor of older steps, in (0, 1]
     */
    public static RefitPilot of(Planner planner, double forgetting) {
        return new RefitPilot(planner, forgetting);
    }

    /** The model as it is fitted now; it stays as it is. */
    public MotionModel model() {
        double[] a = ahead.weights();
        double[] t = turned.weights();
        return u -> new double[] {
            Unicycle.STEP * (u[0] + a[0] * u[0] + a[1] * u[1]), Unicycle.STEP * (u[1] + t[0] * u[0] + t[1] * u[1])
        };
    }

    @Override
    public double[] act(double[] pose, double[][] path) {
        action = planner.plan(model(), pose, path);
        return action.clone();
    }

    @Override
    public void moved(double[] motion) {
        ahead.add(action, motion[0] / Unicycle.STEP - action[0]);
        turned.add(action, motion[1] / Unicycle.STEP - action[1]);
    }
}
