package touchstone.continual;

import touchstone.util.Reference;

/**
 * What "forgetting" of task j means: how far its final score {@code R[T-1][j]} lies below an earlier score. Published numbers
 * use all four; they differ as soon as a task improves after its own training or is known before it.
 */
@Reference("chaudhry2018riemannian")
public enum Forgetting {
    /** {@code max_{j <= l < T-1} R[l][j] - R[T-1][j]}: from the best row since its own training; may be below 0 (Chaudhry et al.). */
    SINCE_OWN_TRAINING,
    /** {@code max_{l < T-1} R[l][j] - R[T-1][j]}: rows before the task's own training count too (FACIL). */
    ALL_EARLIER_ROWS,
    /** {@code max_{l <= T-1} R[l][j] - R[T-1][j]}: the last row counts too, so it is never below 0 (Mammoth). */
    NON_NEGATIVE,
    /** {@code R[j][j] - R[T-1][j]}: from the task's own row, the negative of backward transfer (Avalanche). */
    FROM_DIAGONAL;

    /** First row, in [0, T), that the best earlier score of task j is sought in. */
    int from(int j) {
        return this == ALL_EARLIER_ROWS || this == NON_NEGATIVE ? 0 : j;
    }

    /** Row after the last one that the best earlier score of task j is sought in. */
    int to(int j, int tasks) {
        return switch (this) {
            case SINCE_OWN_TRAINING, ALL_EARLIER_ROWS -> tasks - 1;
            case NON_NEGATIVE -> tasks;
            case FROM_DIAGONAL -> j + 1;
        };
    }
}
