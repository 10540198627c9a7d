package touchstone.claims;

/** What a run says of a claim, always "at this scale". */
public enum Verdict {
    /** All of the interval meets the condition. */
    SUPPORTED("SUPPORTED"),
    /** The interval lies on both sides of the condition's border, or there is none. */
    NOT_SHOWN("NOT SHOWN"),
    /** All of the interval fails the condition. */
    REFUTED("REFUTED");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
