package touchstone.kernel.magic;

import touchstone.kernel.engine.Explained;

/** A magic was used wrongly or could not do its work; the message tells the user what to do. */
public class MagicException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;

    public MagicException(String message) {
        super(message);
    }

    public MagicException(String message, Throwable cause) {
        super(message, cause);
    }
}
