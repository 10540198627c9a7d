package touchstone.continual.strategy;

import touchstone.util.Reference;

/** Which examples a full memory keeps. */
@Reference({"vitter1985random", "prabhu2020gdumb"})
public enum MemoryPolicy {
    /** A uniform sample of all that was offered. */
    RESERVOIR,
    /** Every new example; one of the largest class goes, drawn at random. */
    CLASS_BALANCED
}
