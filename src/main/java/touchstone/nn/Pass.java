package touchstone.nn;

/**
 * What a forward pass is for.
 *
 * @param training whether dropout drops and batch norm uses the batch's own moments
 * @param seed seed of what is drawn
 * @param step number of the pass; equal seed and step draw the same masks
 */
public record Pass(boolean training, long seed, long step) {
    /** A pass that draws nothing: dropout is off, batch norm uses its running moments. */
    public static Pass evaluation() {
        return new Pass(false, 0, 0);
    }

    /** A training pass. */
    public static Pass training(long seed, long step) {
        return new Pass(true, seed, step);
    }
}
