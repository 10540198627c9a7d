package touchstone.metrics;

/** How confidences in [0, 1] are put into bins; calibration errors depend on it, so that it is named with them. */
public enum Binning {
    /** Equal width, (lo, hi], with 0 in the first bin: Guo et al., and what this project means when it says nothing. */
    RIGHT_CLOSED,
    /** Equal width, [lo, hi), with 1 in the last bin. */
    LEFT_CLOSED,
    /** Equal count: the sorted confidences cut as numpy's {@code array_split} does. */
    EQUAL_MASS
}
