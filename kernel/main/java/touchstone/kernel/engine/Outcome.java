package touchstone.kernel.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cell ended.
 *
 * @param value the value of the cell's last expression; null when there is none or it is null
 * @param hasValue whether there is a value to show
 * @param expression the expression that gave the value, or an empty text
 * @param valueType the static type of the value as Java source, or an empty text where nobody has asked for it
 * @param error why the cell failed, or null
 * @param notes what the user should know though nothing failed, such as a variable that lost its value
 */
public record Outcome(
        @Nullable Object value,
        boolean hasValue,
        String expression,
        String valueType,
        @Nullable Failure error,
        List<String> notes) {
    /**
     * @param name exception class, or {@code CompilationError}
     * @param message one line
     * @param traceback lines, with ANSI colours
     */
    public record Failure(String name, String message, List<String> traceback) {
        public Failure {
            traceback = List.copyOf(traceback);
        }
    }

    public Outcome {
        notes = List.copyOf(notes);
    }

    public Outcome(@Nullable Object value, boolean hasValue, @Nullable Failure error, List<String> notes) {
        this(value, hasValue, "", "", error, notes);
    }

    static Outcome of(
            @Nullable Object value, boolean hasValue, String expression, String valueType, List<String> notes) {
        return new Outcome(value, hasValue, expression, valueType, null, notes);
    }

    static Outcome failed(Failure error, List<String> notes) {
        return new Outcome(null, false, "", "", error, notes);
    }
}
