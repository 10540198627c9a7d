package touchstone.course;

import java.util.Locale;

/** How much of its points a cell earned. */
enum ScoreState {
    FULL("full points", "\u2713"),
    PARTIAL("part of the points", "\u25d0"),
    NONE("no points", "\u2717"),
    WAITING("not graded yet", "\u2026");

    private final String label;
    private final String sign;

    ScoreState(String label, String sign) {
        this.label = label;
        this.sign = sign;
    }

    static ScoreState of(CellScore score) {
        if (score.points().isEmpty()) {
            return WAITING;
        }
        return score.full() ? FULL : score.points().getAsDouble() > 0 ? PARTIAL : NONE;
    }

    /** In words. */
    String label() {
        return label;
    }

    /** One letter that shows it without colour. */
    String sign() {
        return sign;
    }

    /** As a class of style and as a value in tables. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
