package touchstone.nn.bench;

/** Time that is left, shared out among what is left to measure. */
final class Budget {
    private static final double NANO = 1e-9;

    private final long end;
    private int pieces;

    /** So many seconds from now for so many measurements. */
    Budget(double seconds, int pieces) {
        end = System.nanoTime() + (long) (seconds / NANO);
        this.pieces = pieces;
    }

    /** Seconds left; below 0 when the time is over. */
    double left() {
        return (end - System.nanoTime()) * NANO;
    }

    /** Takes one piece off; its share of the seconds left, at most a third of them. */
    double next() {
        double share = left() / Math.max(3, pieces);
        pieces--;
        return share;
    }
}
