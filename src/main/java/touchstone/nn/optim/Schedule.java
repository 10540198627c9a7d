package touchstone.nn.optim;

import touchstone.util.Check;
import touchstone.util.Reference;

/** A learning rate for every step, counted from 0. */
@FunctionalInterface
public interface Schedule {
    /** The learning rate of a step of so many in all. */
    double at(long step, long steps);

    /** The same rate throughout. */
    static Schedule constant(double rate) {
        Check.positive(rate, "rate");
        return (step, steps) -> rate;
    }

    /** Starts at the rate and is multiplied by the factor every so many steps. */
    static Schedule stepwise(double rate, int every, double factor) {
        Check.positive(rate, "rate");
        Check.atLeast(every, 1, "every");
        Check.positive(factor, "factor");
        return (step, steps) -> rate * Math.pow(factor, (double) Math.floorDiv(step, (long) every));
    }

    /** From the rate down to {@code least} by half a cosine, reached after the last step; without restarts. */
    @Reference("loshchilov2017sgdr")
    static Schedule cosine(double rate, double least) {
        Check.positive(rate, "rate");
        Check.notNegative(least, "least");
        return (step, steps) ->
                least + 0.5 * (rate - least) * (1 + Math.cos(Math.PI * (double) step / (double) Math.max(1, steps)));
    }

    /** Rises in a line over so many steps, the last of which has the full rate; then goes on as this one from its step 0. */
    default Schedule warmedUp(int warm) {
        Check.atLeast(warm, 0, "warm");
        return (step, steps) -> step < warm
                ? at(0, steps - warm) * (double) (step + 1) / warm
                : at(step - warm, Math.max(1, steps - warm));
    }
}
