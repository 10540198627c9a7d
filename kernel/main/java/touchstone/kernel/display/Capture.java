package touchstone.kernel.display;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is printed and shown instead of sending it. Thread-safe. */
public final class Capture extends Origin {
    private final Origin outer;
    private final Map<String, StringBuilder> streams = new LinkedHashMap<>();
    private final Map<String, MimeBundle> displays = new LinkedHashMap<>();

    /** @param outer the request that the captured code belongs to */
    public Capture(Origin outer) {
        super(outer.header(), false);
        this.outer = outer;
    }

    @Override
    public Origin request() {
        return outer.request();
    }

    @Override
    synchronized boolean keeps(String type, JsonObject content) {
        switch (type) {
            case "stream" ->
                streams.computeIfAbsent(content.get("name").getAsString(), any -> new StringBuilder())
                        .append(content.get("text").getAsString());
            case "display_data", "update_display_data" -> keepDisplay(type, content);
            case "clear_output" -> {
                streams.clear();
                displays.clear();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void keepDisplay(String type, JsonObject content) {
        String id = content.getAsJsonObject("transient").get("display_id").getAsString();
        if (type.equals("display_data") || displays.containsKey(id)) {
            var bundle = new MimeBundle();
            content.getAsJsonObject("data").entrySet().forEach(each -> bundle.put(each.getKey(), each.getValue()));
            content.getAsJsonObject("metadata").entrySet().stream()
                    .filter(each -> each.getValue().isJsonObject())
                    .forEach(each ->
                            bundle.putMetadata(each.getKey(), each.getValue().getAsJsonObject()));
            displays.put(id, bundle);
        }
    }

    /** What was printed to a stream. */
    public synchronized String text(String stream) {
        return streams.getOrDefault(stream, new StringBuilder()).toString();
    }

    /** What was shown, in order, each as it was last. */
    public synchronized List<MimeBundle> displays() {
        return new ArrayList<>(displays.values());
    }
}
