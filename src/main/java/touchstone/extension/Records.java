package touchstone.extension;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.MimeBundle;

/** Any record as a table of two columns, records inside it as tables inside; its text stays what toString says. */
final class Records {
    private static final int DEEPEST = 3;
    private static final int MOST = 12;

    private Records() {}

    static void render(Record value, MimeBundle bundle) {
        bundle.put(MimeBundle.HTML, Html.note(value.getClass().getSimpleName()) + table(value, 1));
    }

    private static String table(Record value, int depth) {
        var html = new StringBuilder(Html.open()).append("<tbody>");
        for (RecordComponent c : value.getClass().getRecordComponents()) {
            String name = "<span style=\"font-weight:600\">" + Html.escape(c.getName()) + "</span>";
            html.append(Html.row(List.of(name, cell(read(value, c), depth + 1)), false));
        }
        return html.append("</tbody></table>").toString();
    }

    private static String cell(@Nullable Object value, int depth) {
        if (value instanceof Record inner && depth <= DEEPEST) {
            return table(inner, depth);
        } else if (value instanceof Double || value instanceof Float) {
            return Html.escape(Matrices.number(((Number) value).doubleValue()));
        } else if (value instanceof Collection<?> many) {
            return list(List.copyOf(many), depth);
        } else if (value instanceof Map<?, ?> map) {
            var entries = new ArrayList<Object>();
            map.forEach((k, v) -> entries.add(k + " = " + v));
            return list(entries, depth);
        } else if (value != null && value.getClass().isArray()) {
            int length = Array.getLength(value);
            Elision shown = Elision.of(length, MOST);
            List<String> items = shown.map(i -> cell(Array.get(value, i), DEEPEST + 1), "…");
            return "[" + String.join(", ", items) + "]" + count(shown);
        }
        return Html.escape(Html.brief(String.valueOf(value)));
    }

    private static String list(List<?> many, int depth) {
        Elision shown = Elision.of(many.size(), MOST);
        boolean records = depth <= DEEPEST && many.stream().anyMatch(v -> v instanceof Record);
        List<String> items = shown.map(i -> cell(many.get(i), records ? depth : DEEPEST + 1), "…");
        return (records ? String.join("", items) : "[" + String.join(", ", items) + "]") + count(shown);
    }

    private static String count(Elision shown) {
        return shown.cuts() ? " <span style=\"opacity:0.7\">(" + shown.size() + ")</span>" : "";
    }

    private static @Nullable Object read(Record value, RecordComponent c) {
        try {
            c.getAccessor().trySetAccessible();
            return c.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            return "(not readable: " + e + ")";
        }
    }
}
