package touchstone.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.MimeBundle;

/** The functions that every cell can call: IJava's, with IJava's names and signatures. Imported statically at the start. */
public final class UserFunctions {
    private UserFunctions() {}

    /** Shows a value beside the cell's result; returns the id for {@link #updateDisplay}. */
    public static String display(@Nullable Object value) {
        return Kernel.instance().displays().display(value);
    }

    /** Shows a value in these formats only; a text is taken to be written in the format named. */
    public static String display(@Nullable Object value, String... as) {
        return Kernel.instance().displays().display(value, as);
    }

    /** A value's formats, without showing them. */
    public static MimeBundle render(@Nullable Object value) {
        return Kernel.instance().displays().renderers().render(value);
    }

    /** A value in these formats only. */
    public static MimeBundle render(@Nullable Object value, String... as) {
        return Kernel.instance().displays().renderers().render(value, as);
    }

    /** Shows a value in place of what {@link #display} showed under this id. */
    public static void updateDisplay(String id, @Nullable Object value) {
        Kernel.instance().displays().update(id, value);
    }

    /** Shows a value, in these formats only, in place of what was shown under this id. */
    public static void updateDisplay(String id, @Nullable Object value, String... as) {
        Kernel.instance().displays().update(id, value, as);
    }

    /** Empties the output of the running cell. */
    public static void clearOutput() {
        Kernel.instance().displays().clear(false);
    }

    /** Empties the output of the running cell when the next output arrives, so that it does not flicker. */
    public static void clearOutput(boolean wait) {
        Kernel.instance().displays().clear(wait);
    }

    /** Runs Java, or magics, as a cell would; returns the value of its last expression. */
    public static @Nullable Object eval(String code) throws Exception {
        return Kernel.instance().eval(code);
    }

    /** The running kernel. */
    public static Kernel getKernelInstance() {
        return Kernel.instance();
    }

    /** Runs {@code %name args}. The caller says what type it expects. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public static <T extends @Nullable Object> T lineMagic(String name, List<String> args) throws Exception {
        return (T) Kernel.instance().lineMagic(name, args);
    }

    /** Runs {@code %%name args} over a body. The caller says what type it expects. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public static <T extends @Nullable Object> T cellMagic(String name, List<String> args, String body)
            throws Exception {
        return (T) Kernel.instance().cellMagic(name, args, body);
    }

    /** Prints formatted text to the cell. */
    public static void printf(String format, Object... args) {
        System.out.printf(format, args);
    }

    /** Asks the user for a line. */
    public static String input(String prompt) throws Exception {
        return Kernel.instance().ask(prompt, false);
    }

    /** Asks the user for a line that is not shown while it is typed. */
    public static String password(String prompt) throws Exception {
        return Kernel.instance().ask(prompt, true);
    }
}
