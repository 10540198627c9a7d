package touchstone.ood;

/** What the covariances of a mixture of Gaussians may be. */
public enum Covariance {
    /** Any, one for each component: d (d + 1) / 2 numbers each. */
    FULL,
    /** Any, one for all components. */
    TIED,
    /** Diagonal, one for each component: columns are independent within it. */
    DIAG
}
