package touchstone.interpret.steer;

import java.util.List;
import touchstone.util.Reference;

/**
 * Maps fitted place by place, each from the activations of the source to those of the target there, whatever they do further on.
 *
 * @param fit the map of one place from source and target, [n, width] and [m, width]
 * @param inTurn whether the source at a place is seen through the maps before it, else as it is without any
 */
@Reference({"rodriguez2025controlling", "rodriguez2025lineas"})
public record LocalSteering(MapFit fit, boolean inTurn) {
    /** Fits the map of one place. */
    @FunctionalInterface
    public interface MapFit {
        /** The map from source [n, width] to target [m, width]. */
        UnitMap of(double[][] source, double[][] target);
    }

    /** Each place from the activations of the unsteered model; the shifts of places add up. */
    public static LocalSteering atOnce(MapFit fit) {
        return new LocalSteering(fit, false);
    }

    /** Place after place, each from activations steered at those before. */
    public static LocalSteering inTurn(MapFit fit) {
        return new LocalSteering(fit, true);
    }

    /** Fits the maps of all places. */
    public <X> Steering fit(Steerable<X> model, X source, X target) {
        List<double[][]> to = model.activations(target, model.unsteered());
        List<double[][]> from = model.activations(source, model.unsteered());
        Steering steering = model.unsteered();
        for (int p = 0; p < to.size(); p++) {
            double[][] seen = inTurn ? model.activations(source, steering).get(p) : from.get(p);
            steering = steering.with(p, fit.of(seen, to.get(p)));
        }
        return steering;
    }
}
