package touchstone.ood;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import touchstone.util.Check;

/**
 * One seed of a comparison: what detectors learn from, and what they are to tell apart.
 *
 * @param train holds what the detectors require
 * @param id in-distribution rows that were not trained on
 * @param ood out-of-distribution rows by the name of their kind, such as {@code near} and {@code far}; one kind or more
 */
public record Trial(Batch train, Batch id, Map<String, Batch> ood) {
    public Trial {
        ood = Collections.unmodifiableMap(new LinkedHashMap<>(ood));
        Check.nonEmpty(ood.size(), "ood");
    }

    /** With one kind of out-of-distribution rows. */
    public static Trial of(Batch train, Batch id, String kind, Batch ood) {
        return new Trial(train, id, Map.of(kind, ood));
    }

    /** The out-of-distribution rows of a kind. */
    Batch of(String kind) {
        Batch rows = ood.get(kind);
        if (rows == null) {
            throw new IllegalArgumentException("kind must be one of " + ood.keySet() + ", was " + kind);
        }
        return rows;
    }

    /** With another kind. */
    public Trial with(String kind, Batch rows) {
        var kinds = new LinkedHashMap<>(ood);
        kinds.put(kind, rows);
        return new Trial(train, id, kinds);
    }
}
