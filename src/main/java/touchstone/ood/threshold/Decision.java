package touchstone.ood.threshold;

/** What is said of an example. */
public enum Decision {
    /** In distribution: nothing speaks against it. */
    ID,
    /** Neither: between the two rates that the threshold was calibrated for. */
    UNDECIDED,
    /** Out of distribution. */
    OOD
}
