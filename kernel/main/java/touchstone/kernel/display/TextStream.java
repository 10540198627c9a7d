package touchstone.kernel.display;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A print stream that passes each text on whole instead of through a buffer of 8 KiB: a line is never mixed with
 * another thread's, and a megabyte is as quick as a word. Bytes go the usual way.
 */
final class TextStream extends PrintStream {
    private static final String NEW_LINE = System.lineSeparator();

    private final Consumer<String> texts;
    private @Nullable String half; // a high surrogate that waits for its low one

    TextStream(OutputStream bytes, Consumer<String> texts) {
        super(bytes, false, StandardCharsets.UTF_8);
        this.texts = texts;
    }

    @Override
    public void print(@Nullable String text) {
        pass(String.valueOf(text));
    }

    private void pass(String text) {
        String whole = text;
        synchronized (this) {
            whole = half == null ? whole : half + whole;
            half = null;
            int last = whole.length() - 1;
            if (last >= 0 && Character.isHighSurrogate(whole.charAt(last))) {
                half = whole.substring(last);
                whole = whole.substring(0, last);
            }
        }
        if (!whole.isEmpty()) {
            texts.accept(whole);
        }
    }

    @Override
    public void print(boolean value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(char value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(int value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(long value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(float value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(double value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(char[] value) {
        pass(String.valueOf(value));
    }

    @Override
    public void print(@Nullable Object value) {
        pass(String.valueOf(value));
    }

    @Override
    public void println() {
        pass(NEW_LINE);
    }

    @Override
    public void println(@Nullable String text) {
        pass(text + NEW_LINE);
    }

    @Override
    public void println(boolean value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(char value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(int value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(long value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(float value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(double value) {
        pass(value + NEW_LINE);
    }

    @Override
    public void println(char[] value) {
        pass(String.valueOf(value) + NEW_LINE);
    }

    @Override
    public void println(@Nullable Object value) {
        pass(value + NEW_LINE);
    }
}
