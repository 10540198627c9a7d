package touchstone.rlhf;

import touchstone.stats.Interval;
import touchstone.stats.Proportion;

/**
 * How often a reward puts the preferred answer first.
 *
 * @param pairs number of pairs, 0 or more
 * @param ties pairs to whose answers it gives the same reward
 * @param accuracy share of pairs in the right order, a tie being wrong, with Wilson's 95 % interval; (0.5, 0, 1) of no pairs
 */
public record Agreement(int pairs, int ties, Interval accuracy) {
    private static final double LEVEL = 0.95;

    /** Of the margins of pairs, preferred less other, [n]. */
    public static Agreement of(double... margins) {
        int right = 0;
        int ties = 0;
        for (double m : margins) {
            right += m > 0 ? 1 : 0;
            ties += m == 0 ? 1 : 0;
        }
        Interval accuracy = margins.length == 0
                ? new Interval(0.5, 0, 1, LEVEL, "no pairs")
                : Proportion.wilson(right, margins.length, LEVEL);
        return new Agreement(margins.length, ties, accuracy);
    }

    /** The accuracy with a tie as half right, so that a constant reward gets 0.5; in [0, 1]. */
    public double halfTies() {
        return pairs == 0 ? 0.5 : accuracy.estimate() + 0.5 * ties / pairs;
    }

    @Override
    public String toString() {
        return accuracy + (ties > 0 ? ", " + ties + " ties" : "");
    }
}
