package touchstone.nn;

/**
 * What a forward pass is for.
 *
 * @param training whether batch norm uses the batch's own moments, and moves its running ones
 * @param dropout whether dropout drops
 * @param seed seed of what is drawn
 * @param step number of the pass; equal seed and step draw the same masks
 */
public record Pass(boolean training, boolean dropout, long seed, long step) {
    /** A pass that draws nothing: dropout is off, batch norm uses its running moments. */
    public static Pass evaluation() {
        return new Pass(false, false, 0, 0);
    }

    /** A training pass. */
    public static Pass training(long seed, long step) {
        return new Pass(true, true, seed, step);
    }

    /** A pass with dropout on that leaves the network as it is: batch norm uses its running moments. */
    public static Pass sampling(long seed, long step) {
        return new Pass(false, true, seed, step);
    }
}
