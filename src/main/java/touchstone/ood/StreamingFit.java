package touchstone.ood;

/**
 * A fit in one pass, from which rows can be taken out again: what it keeps are exact sums (of kNN, the rows themselves), so
 * that {@link #scorer} depends on the rows that are in it and on nothing else, to the bit. Adding rows and removing them in any
 * order leaves the fit that the remaining rows alone would have made in any order; it agrees with {@link Detector#fit} to
 * rounding (1e-9 of the score on rows of usual scale, where {@code fit} itself has that precision).
 *
 * <p>A 64-bit fingerprint of each row is kept, so that removing a row that is not in the fit is refused, except with a chance of
 * about 2^-64 a row. Not safe for sharing between threads; the scorers it gives are immutable.
 */
public interface StreamingFit {
    /**
     * Adds rows.
     *
     * @param rows what the detector requires, of the same widths and the same head at each call; not modified. Refused as a
     *     whole when a value is 1e150 or more in size, whose square overflows
     */
    void add(Batch rows);

    /**
     * Takes rows out, given as they were added: features, and labels and logits where the detector requires them.
     *
     * @throws IllegalArgumentException if a row is not in the fit; the fit is then unchanged
     */
    void remove(Batch rows);

    /** The number of rows in the fit. */
    int size();

    /**
     * The scorer of the rows in the fit now; later changes do not touch it. It is an {@link ExplainingScorer} where the
     * detector's scorers are.
     */
    Scorer scorer();
}
