package touchstone.kernel.display;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of the JDK as plain text: arrays by their contents, an array of arrays as rows, and what is long with a gap in
 * the middle and its size behind it. What is short reads as {@code toString} writes it.
 */
final class Texts {
    private static final int MOST = 100;
    private static final int FIRST = 20;
    private static final int LAST = 5;
    private static final int MOST_ROWS = 40;
    private static final int FIRST_ROWS = 10;
    private static final int LONGEST_ITEM = 1_000;
    private static final int FRAMES = 8;

    private final Set<Object> inside = Collections.newSetFromMap(new IdentityHashMap<>());

    private Texts() {}

    static String of(@Nullable Object value) {
        return value instanceof Throwable thrown ? throwable(thrown) : new Texts().write(value, 0);
    }

    private String write(@Nullable Object value, int indent) {
        boolean array = value != null && value.getClass().isArray();
        boolean ours = array || isPlainCollection(value) || value instanceof Optional<?>;
        if (value == null || !ours) {
            return String.valueOf(value);
        }
        if (!inside.add(value)) {
            return "(itself)";
        }
        try {
            if (value instanceof Optional<?> optional) {
                return optional.map(held -> "Optional[" + write(held, indent) + "]")
                        .orElse("Optional.empty");
            }
            return array
                    ? array(value, indent)
                    : value instanceof Map<?, ?> map ? map(map, indent) : collection((Collection<?>) value, indent);
        } finally {
            inside.remove(value);
        }
    }

    /** Whether a collection is written by the JDK's own toString, which never cuts. */
    private static boolean isPlainCollection(@Nullable Object value) {
        if (!(value instanceof Collection<?>) && !(value instanceof Map<?, ?>)) {
            return false;
        }
        try {
            return value.getClass().getMethod("toString").getDeclaringClass().getClassLoader() == null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private String array(Object array, int indent) {
        int length = Array.getLength(array);
        Class<?> item = array.getClass().getComponentType();
        boolean rows = item.isArray();
        boolean cut = length > (rows ? MOST_ROWS : MOST);
        int first = cut ? rows ? FIRST_ROWS : FIRST : length;
        String separator = rows ? ",\n" + " ".repeat(indent + 1) : ", ";
        var out = new StringBuilder("[");
        for (int i = 0; i < first; i++) {
            out.append(i == 0 ? "" : separator).append(item(Array.get(array, i), indent + 1));
        }
        if (cut) {
            out.append(separator).append("...");
            for (int i = length - LAST; i < length; i++) {
                out.append(separator).append(item(Array.get(array, i), indent + 1));
            }
        }
        return out.append(']') + (cut ? " (" + length + (rows ? " rows)" : " items)") : "");
    }

    private String collection(Collection<?> all, int indent) {
        int size = all.size();
        boolean cut = size > MOST;
        var out = new StringBuilder("[");
        int i = 0;
        for (Object each : all) {
            if (cut && i == FIRST) {
                break;
            }
            out.append(i++ == 0 ? "" : ", ").append(item(each, indent + 1));
        }
        if (cut) {
            out.append(", ...");
            if (all instanceof List<?> list && all instanceof RandomAccess) {
                list.subList(size - LAST, size).forEach(each -> out.append(", ").append(item(each, indent + 1)));
            }
        }
        return out.append(']') + (cut ? " (" + size + " items)" : "");
    }

    private String map(Map<?, ?> all, int indent) {
        boolean cut = all.size() > MOST;
        var out = new StringBuilder("{");
        int i = 0;
        for (Map.Entry<?, ?> each : all.entrySet()) {
            if (cut && i == FIRST) {
                break;
            }
            out.append(i++ == 0 ? "" : ", ")
                    .append(item(each.getKey(), indent + 1))
                    .append('=')
                    .append(item(each.getValue(), indent + 1));
        }
        return out.append(cut ? ", ...} (" + all.size() + " entries)" : "}").toString();
    }

    private String item(@Nullable Object item, int indent) {
        String text = write(item, indent);
        return text.length() <= LONGEST_ITEM ? text : text.substring(0, LONGEST_ITEM - 1) + "…";
    }

    private static String throwable(Throwable thrown) {
        var out = new StringBuilder(thrown.toString());
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            if (frames[i].getClassName().startsWith("REPL.")) {
                break; // the rest is the cell's wrapping and the kernel
            }
            out.append("\n    at ").append(frames[i]);
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(thrown);
        for (Throwable cause = thrown.getCause(); cause != null && seen.add(cause); cause = cause.getCause()) {
            out.append("\ncaused by ").append(cause);
        }
        return out.toString();
    }
}
