package touchstone.nn.cuda;

/**
 * A matrix on the card, row by row.
 *
 * @param apart distance between rows, at least its columns
 * @param turned whether its transpose is the factor
 * @param step distance to the next matrix of a batch
 */
record Factor(long address, long apart, boolean turned, long step) {
    private static final int PLAIN = 0; // CUBLAS_OP_N
    private static final int TURNED = 1; // CUBLAS_OP_T

    static Factor of(long address, long apart) {
        return new Factor(address, apart, false, 0);
    }

    Factor turn() {
        return new Factor(address, apart, !turned, step);
    }

    Factor every(long numbers) {
        return new Factor(address, apart, turned, numbers);
    }

    /** The same matrix at another place, with other distances. */
    Factor moved(long to, long distance, long next) {
        return new Factor(to, distance, turned, next);
    }

    int operation() {
        return turned ? TURNED : PLAIN;
    }

    int leading() {
        return (int) Math.max(1, apart);
    }
}
