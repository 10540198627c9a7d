package touchstone.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * Takes the value of a cell's last expression out of the statement that computes it. Public only because snippets must
 * reach it.
 */
public final class CellValue {
    /** An expression with a value. */
    public interface Expression<T extends @Nullable Object> {
        T value() throws Throwable;
    }

    /** What gives nothing. */
    public interface Statements {
        void run() throws Throwable;
    }

    private static final ThreadLocal<@Nullable CellValue> LAST = new ThreadLocal<>();

    private final @Nullable Object value;

    private CellValue(@Nullable Object value) {
        this.value = value;
    }

    /** Computes a value and keeps it for this thread's cell. */
    public static <T extends @Nullable Object> @Nullable Object of(Expression<T> expression) throws Throwable {
        LAST.set(new CellValue(expression.value()));
        return null;
    }

    /** Makes a call that has no value. */
    public static @Nullable Object of(Statements call) throws Throwable {
        call.run();
        return null;
    }

    /** Runs statements. */
    public static @Nullable Object run(Statements statements) throws Throwable {
        statements.run();
        return null;
    }

    /** What the statement of this thread gave, once; null when it gave nothing. */
    static @Nullable CellValue take() {
        CellValue last = LAST.get();
        LAST.remove();
        return last;
    }

    @Nullable
    Object get() {
        return value;
    }
}
