package touchstone.unlearn.tofu;

/** The four sets of questions in a log of TOFU; three of them make model utility. */
public enum TofuSet {
    RETAIN("eval_log.json", true),
    REAL_AUTHORS("eval_real_author_wo_options.json", false),
    WORLD_FACTS("eval_real_world_wo_options.json", false),
    FORGET("eval_log_forget.json", true);

    private final String key;
    private final boolean fictitious;

    TofuSet(String key, boolean fictitious) {
        this.key = key;
        this.fictitious = fictitious;
    }

    /** The key of the set in a published log. */
    public String key() {
        return key;
    }

    /** Whether the answer's probability is taken as it is; else it is the share among the options. */
    boolean fictitious() {
        return fictitious;
    }
}
