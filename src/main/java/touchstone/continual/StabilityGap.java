package touchstone.continual;

import java.util.Optional;
import touchstone.util.Reference;

/**
 * What training on a later task did to an earlier one: the drop right after the switch and what of it came back.
 *
 * @param task the earlier task
 * @param phase the later task, whose training is looked at
 * @param before accuracy at the end of the phase before
 * @param minimum lowest accuracy within the phase
 * @param after accuracy at the end of the phase
 * @param updatesToMinimum updates from the switch to the first lowest accuracy, 1 or more
 * @param updatesToRecovery updates from the switch to the first accuracy, at the minimum or later, that reaches {@code after}
 */
@Reference("delange2023continual")
public record StabilityGap(
        int task, int phase, double before, double minimum, double after, int updatesToMinimum, int updatesToRecovery) {

    /** The gap of one task in updates {@code start + 1 .. end}; empty when an end of it was not evaluated. */
    static Optional<StabilityGap> of(double[] curve, int task, int phase, int start, int end) {
        int lowest = -1;
        for (int n = start + 1; n <= end; n++) {
            if (!Double.isNaN(curve[n]) && (lowest < 0 || curve[n] < curve[lowest])) {
                lowest = n;
            }
        }
        if (lowest < 0 || Double.isNaN(curve[start]) || Double.isNaN(curve[end])) {
            return Optional.empty();
        }
        int recovered = lowest;
        while (!(curve[recovered] >= curve[end])) {
            recovered++;
        }
        return Optional.of(new StabilityGap(
                task, phase, curve[start], curve[lowest], curve[end], lowest - start, recovered - start));
    }

    /** {@code before - minimum}: how far it fell. */
    public double depth() {
        return before - minimum;
    }

    /** {@code after - minimum}: what came back within the phase. */
    public double transientPart() {
        return after - minimum;
    }

    /** {@code before - after}: what stayed lost. */
    public double permanentPart() {
        return before - after;
    }
}
