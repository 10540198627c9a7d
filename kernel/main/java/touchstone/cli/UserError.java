package touchstone.cli;

/** What the user or the machine got wrong: one sentence for stderr and an exit code, never a stack trace. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Wrong options or arguments. */
    public static final int USAGE = 2;
    /** The machine lacks something: a JDK, a program, a right to write. */
    public static final int ENVIRONMENT = 4;

    private final int exitCode;

    public UserError(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public static UserError usage(String sentence) {
        return new UserError(USAGE, sentence);
    }

    public static UserError environment(String sentence) {
        return new UserError(ENVIRONMENT, sentence);
    }

    public int exitCode() {
        return exitCode;
    }
}
