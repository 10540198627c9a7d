package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.Images;
import touchstone.kernel.display.Json;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.display.VegaLite;

/**
 * The functions that every cell can call: IJava's, with IJava's names and signatures, and ours. Imported statically at
 * the start.
 */
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

    /** Shows HTML; returns the id for {@link #updateDisplay}, as all functions that show do. */
    public static String html(String html) {
        return display(html, MimeBundle.HTML);
    }

    /** Shows Markdown. */
    public static String markdown(String markdown) {
        return display(markdown, MimeBundle.MARKDOWN);
    }

    /** Shows a formula in LaTeX; without {@code $} or an environment around it, it is set as a formula of its own. */
    public static String latex(String latex) {
        boolean marked =
                latex.contains("$") || latex.contains("\\begin") || latex.contains("\\[") || latex.contains("\\(");
        return display(marked ? latex : "$\\displaystyle " + latex.strip() + "$", MimeBundle.LATEX);
    }

    /** Shows JSON, as a tree where the front end has one: a text that holds JSON, or any value as Gson writes it. */
    public static String json(@Nullable Object value) {
        return display(Json.bundle(value));
    }

    /** Shows an SVG document. */
    public static String svg(String document) {
        return display(Images.svg(document));
    }

    /** Has the browser run JavaScript; front ends do so in trusted notebooks only. */
    public static String javascript(String script) {
        return display(script, MimeBundle.JAVASCRIPT);
    }

    /** Shows PNG data. */
    public static String png(byte[] data) {
        return display(Images.png(data));
    }

    /** Shows a PNG file. */
    public static String png(Path file) throws IOException {
        return png(Files.readAllBytes(file));
    }

    /** Shows JPEG data. */
    public static String jpeg(byte[] data) {
        return display(Images.jpeg(data));
    }

    /** Shows a JPEG file. */
    public static String jpeg(Path file) throws IOException {
        return jpeg(Files.readAllBytes(file));
    }

    /** Shows a PNG, JPEG, GIF or SVG file. */
    public static String image(Path file) throws IOException {
        return display(Images.any(Files.readAllBytes(file), file.toString()));
    }

    /**
     * Shows a Vega-Lite chart, version 5. Front ends without Vega-Lite show a still picture instead, which is made for
     * bars, lines, points and areas over the data in the specification; for other charts they show a note.
     *
     * @param spec the specification, JSON
     */
    public static String vegaLite(String spec) {
        return display(VegaLite.bundle(spec));
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
