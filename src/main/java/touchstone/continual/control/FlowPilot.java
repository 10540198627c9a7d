package touchstone.continual.control;

import java.util.Optional;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Plans with the nominal model and turns its actions by an {@link ActionFlow}. An action taken as planned is a probe: where its motion
 * is off by more than the threshold, it is what the flow goes by from then on. Where a turned action is off by more than that, the next
 * one is taken as planned.
 */
@Reference("murillo2025action")
public final class FlowPilot implements Pilot {
    private final Planner planner;
    private final ActionFlow flow;
    private final double threshold;
    private Optional<ActionFlow.Probe> probe = Optional.empty();
    private double[] planned = new double[2];
    private boolean probing = true;
    private int probes;

    private FlowPilot(Planner planner, ActionFlow flow, double threshold) {
        this.planner = planner;
        this.flow = flow;
        this.threshold = Check.positive(threshold, "threshold");
    }

    /**
     * A pilot that believes in the nominal robot until it is shown otherwise.
     *
     * @param threshold norm of metres and radians by which a motion may be off, above 0
     */
    public static FlowPilot of(Planner planner, ActionFlow flow, double threshold) {
        return new FlowPilot(planner, flow, threshold);
    }

    /** Probes that found the robot changed, so far. */
    public int probes() {
        return probes;
    }

    @Override
    public double[] act(double[] pose, double[][] path) {
        planned = planner.plan(Unicycle.nominal(), pose, path);
        probing = probing || probe.isEmpty();
        return probing ? planned.clone() : flow.transform(planned, probe.orElseThrow());
    }

    @Override
    public void moved(double[] motion) {
        double[] error = ActionFlow.error(motion, planned);
        boolean off = Math.hypot(error[0], error[1]) > threshold;
        if (probing) {
            probe = off ? Optional.of(new ActionFlow.Probe(planned, error)) : Optional.empty();
            probes += off ? 1 : 0;
            probing = false;
        } else {
            probing = off;
        }
    }
}
