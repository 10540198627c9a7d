package touchstone.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import touchstone.kernel.engine.Inspected;
import touchstone.kernel.engine.Inspector;

/** Answers inspections; the same tooltip is asked for again and again, so what was written is kept. */
final class Inspections {
    private final Inspector inspector;
    private final Map<List<Inspected>, JsonObject> brief = new WeakHashMap<>();
    private final Map<List<Inspected>, JsonObject> whole = new WeakHashMap<>();

    Inspections(Inspector inspector) {
        this.inspector = inspector;
    }

    /**
     * The content of an inspect_reply; not to be changed.
     *
     * @param cursor index into {@code code}, in chars
     * @param detail 0 for what fits a tooltip, 1 for everything
     */
    JsonObject answer(String code, int cursor, int detail) {
        List<Inspected> found = inspector.inspect(code, cursor);
        Map<List<Inspected>, JsonObject> written = detail > 0 ? whole : brief;
        synchronized (written) {
            return written.computeIfAbsent(found, each -> InspectReply.of(each, detail));
        }
    }
}
