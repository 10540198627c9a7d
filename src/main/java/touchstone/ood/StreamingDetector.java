package touchstone.ood;

/** A detector that can be fitted in one pass and unlearn rows exactly. */
public interface StreamingDetector extends Detector {
    /** Starts a fit without rows. */
    StreamingFit stream();
}
