package touchstone.kernel.backend;

import touchstone.kernel.engine.Explained;

/** The backend that was asked for cannot run; the message says why and what to do. */
public final class BackendException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;

    BackendException(String message) {
        super(message);
    }

    BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
