package touchstone.continual.strategy;

import touchstone.util.Reference;

/** What an analytic classifier does about classes of unequal size. */
@Reference({"zhuang2024aefocl", "fang2024air"})
public enum Balance {
    /** Nothing: each row counts alike. */
    NONE,
    /** Rare classes are topped up with pseudo-features to the size of the largest (AEF-OCL). */
    PSEUDO_FEATURES,
    /** Each class counts alike, whatever its number of rows (AIR). */
    REWEIGHTED
}
