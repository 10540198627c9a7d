package touchstone.notebook;

/**
 * A fault of the input or of the machine, told in one sentence that names what, where and what to do. The message is
 * made for the user; {@link #exitCode()} is what a command returns for it.
 */
public final class NotebookException extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;
    private final int exitCode;

    private NotebookException(String message, int exitCode) {
        super(message);
        this.sentence = message;
        this.exitCode = exitCode;
    }

    /** The input or the command line is wrong: exit code 2. */
    public static NotebookException usage(String message) {
        return new NotebookException(message, 2);
    }

    /** The machine is in the way (disk, permission, no kernel): exit code 4. */
    public static NotebookException environment(String message) {
        return new NotebookException(message, 4);
    }

    /** The sentence for the user. */
    public String sentence() {
        return sentence;
    }

    public int exitCode() {
        return exitCode;
    }
}
