package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes an exception as a user wants to read it: the whole cause chain, snippet frames as {@code Cell In[3], line 5}
 * with the line itself, library frames as they are, and nothing of the kernel or the reflection below it.
 */
final class Traceback {
    private static final int MAX_FRAMES = 40;
    private static final int EXPLAINED_FRAMES = 5;
    private static final List<String> HIDDEN =
            List.of("touchstone.kernel.", "jdk.internal.reflect.", "java.lang.reflect.", "jdk.jshell.");

    private final CellIndex index;
    private final Iterator<StackTraceElement> translated;
    private final List<String> lines = new ArrayList<>();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Traceback(CellIndex index, Iterator<StackTraceElement> translated) {
        this.index = index;
        this.translated = translated;
    }

    /**
     * @param translated the snippet frames of the chain in JShell's terms (file {@code #id}, line of the snippet), in
     *     the order of {@link SnippetControl#snippetFrames}
     */
    static Outcome.Failure of(Throwable thrown, CellIndex index, List<StackTraceElement> translated) {
        var traceback = new Traceback(index, translated.iterator());
        if (thrown instanceof Explained explained) {
            traceback.explain(thrown, explained.label());
            return new Outcome.Failure(explained.label(), message(thrown), traceback.lines);
        }
        traceback.write(thrown, "");
        return new Outcome.Failure(thrown.getClass().getName(), message(thrown), traceback.lines);
    }

    private static String message(Throwable thrown) {
        try {
            return String.valueOf(thrown.getLocalizedMessage());
        } catch (RuntimeException e) {
            return "(its message failed: " + e + ")";
        }
    }

    private void explain(Throwable thrown, String label) {
        lines.add(Ansi.red(label) + ": " + message(thrown));
        int shown = 0;
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < frames.length; i++) {
            if (SnippetControl.isSnippetFrame(frames[i])) {
                writeSnippetFrame(frames, i, shown++ < EXPLAINED_FRAMES);
            }
        }
    }

    private void write(@Nullable Throwable thrown, String label) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        String text = thrown.getLocalizedMessage() == null ? "" : ": " + message(thrown);
        lines.add(label + Ansi.red(thrown.getClass().getName()) + text);
        StackTraceElement[] frames = thrown.getStackTrace();
        int end = lastShown(frames);
        int shown = 0;
        int repeated = 0;
        int left = 0;
        for (int i = 0; i < frames.length; i++) {
            repeated = i > 0 && frames[i].equals(frames[i - 1]) ? repeated + 1 : 0;
            boolean wanted = i <= end && !isHidden(frames[i]);
            boolean show = wanted && repeated < 2 && shown < MAX_FRAMES;
            if (SnippetControl.isSnippetFrame(frames[i])) {
                writeSnippetFrame(frames, i, show);
            } else if (show) {
                lines.add("    at " + frames[i]);
            }
            shown += show ? 1 : 0;
            left += wanted && !show ? 1 : 0;
        }
        if (left > 0) {
            lines.add("    ... " + left + (left == 1 ? " more frame" : " more frames, repeated or deeper"));
        }
        write(thrown.getCause(), "Caused by: ");
        for (Throwable suppressed : thrown.getSuppressed()) {
            write(suppressed, "Suppressed: ");
        }
    }

    /** The deepest frame of snippet code; below it lies the kernel. All frames when there is none. */
    private static int lastShown(StackTraceElement[] frames) {
        for (int i = frames.length - 1; i >= 0; i--) {
            if (SnippetControl.isSnippetFrame(frames[i])) {
                return i;
            }
        }
        return frames.length - 1;
    }

    private static boolean isHidden(StackTraceElement frame) {
        return HIDDEN.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private void writeSnippetFrame(StackTraceElement[] frames, int i, boolean wanted) {
        StackTraceElement frame = translated.hasNext() ? translated.next() : frames[i];
        // the cell's last expression runs in a lambda of the kernel's: it stands for the cell
        boolean show = wanted && !(i > 0 && isCellValue(frames[i - 1]));
        boolean lastExpression = i + 1 < frames.length && isCellValue(frames[i + 1]);
        String file = frame.getFileName();
        CellIndex.Place place =
                file == null || !file.startsWith("#") ? null : index.place(file.substring(1), frame.getLineNumber());
        if (!show) {
            return;
        }
        if (place == null) {
            String method = methodName(frame);
            lines.add("    at " + (method.isEmpty() ? "" : method + " ") + "(line " + frame.getLineNumber()
                    + " of code that was replaced since)");
            return;
        }
        String where = Ansi.green(place.toString());
        String method = lastExpression ? "" : methodName(frame);
        lines.add("    at " + (method.isEmpty() ? where : method + " (" + where + ")"));
        if (!place.text().isBlank()) {
            lines.add("       " + Ansi.blue("--> ") + place.text().strip());
        }
    }

    private static boolean isCellValue(StackTraceElement frame) {
        return frame.getClassName().equals(CellValue.class.getName());
    }

    private static String methodName(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (method.startsWith("lambda$")) {
            method = "lambda";
        }
        boolean nested =
                !frame.getClassName().isEmpty() && !frame.getClassName().startsWith("REPL.");
        if (method.isEmpty() || method.startsWith("do_it$")) {
            return "";
        }
        return nested ? frame.getClassName() + "." + method : method;
    }
}
