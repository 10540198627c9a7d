package touchstone.kernel.protocol;

/** A message that is not what the protocol promises: unsigned, replayed, truncated or ill typed. Its text holds no secret. */
public final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1;

    public BadMessageException(String message) {
        super(message);
    }

    public BadMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
