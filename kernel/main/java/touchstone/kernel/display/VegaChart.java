package touchstone.kernel.display;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Vega-Lite chart simple enough to be drawn here: one mark over inline rows, with x, y and perhaps a colour, without
 * transforms, aggregates or scales of its own. Anything else is left to Vega-Lite, never drawn half.
 *
 * @param mark bar, line, point or area
 * @param title may be empty
 * @param width of the plotting area in pixels
 * @param height of the plotting area in pixels
 * @param color has an empty field when the chart has one colour
 */
record VegaChart(
        String mark, String title, int width, int height, Channel x, Channel y, Channel color, List<JsonObject> rows) {
    /**
     * What one channel shows.
     *
     * @param zero whether a numeric axis begins at zero
     * @param sorted whether categories stand in alphabetical order rather than that of the rows
     */
    record Channel(String field, boolean numeric, String title, boolean zero, boolean sorted) {}

    private static final Set<String> TOP =
            Set.of("$schema", "description", "title", "name", "width", "height", "data", "mark", "encoding");
    private static final Set<String> CHANNEL = Set.of("field", "type", "title", "scale", "sort", "legend");
    private static final Map<String, String> MARKS = Map.of(
            "bar", "bar", "line", "line", "area", "area", "point", "point", "circle", "point", "square", "point");
    private static final int MOST_ROWS = 20_000;

    VegaChart {
        rows = List.copyOf(rows);
    }

    /** Reads a specification; empty when it asks for more than can be drawn here. */
    static Optional<VegaChart> read(JsonObject spec) {
        try {
            return Optional.of(of(spec));
        } catch (UnsupportedOperationException | IllegalStateException | ClassCastException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static VegaChart of(JsonObject spec) {
        only(spec, TOP);
        JsonElement markElement = spec.get("mark");
        JsonObject markObject = markElement instanceof JsonObject object ? object : new JsonObject();
        only(markObject, Set.of("type", "tooltip"));
        String mark = MARKS.get(text(markElement instanceof JsonObject ? markObject.get("type") : markElement));
        JsonObject encoding = object(spec.get("encoding"));
        only(encoding, Set.of("x", "y", "color", "tooltip"));
        only(object(spec.get("data")), Set.of("values"));
        var rows = new ArrayList<JsonObject>();
        object(spec.get("data")).getAsJsonArray("values").forEach(row -> rows.add(row.getAsJsonObject()));
        Channel x = channel(object(encoding.get("x")));
        Channel y = channel(object(encoding.get("y")));
        Channel color = encoding.has("color")
                ? channel(object(encoding.get("color")))
                : new Channel("", false, "", false, false);
        boolean oneNumeric = x.numeric() != y.numeric();
        boolean stacked = !color.field().isEmpty() && !color.field().equals(x.numeric() ? y.field() : x.field());
        if (mark == null
                || rows.isEmpty()
                || rows.size() > MOST_ROWS
                || color.numeric()
                || (mark.equals("bar") && (!oneNumeric || stacked))
                || (mark.equals("area") && (!y.numeric() || !color.field().isEmpty()))
                || (mark.equals("line") && !y.numeric())) {
            throw new UnsupportedOperationException("not drawn here");
        }
        return new VegaChart(
                mark,
                spec.has("title") ? text(spec.get("title")) : "",
                size(spec, "width", 400),
                size(spec, "height", 250),
                x,
                y,
                color,
                rows);
    }

    private static Channel channel(JsonObject definition) {
        only(definition, CHANNEL);
        String field = text(definition.get("field"));
        String type = text(definition.get("type"));
        JsonObject scale = definition.has("scale") ? object(definition.get("scale")) : new JsonObject();
        only(scale, Set.of("zero"));
        JsonElement sort = definition.get("sort");
        if (!Set.of("quantitative", "nominal", "ordinal").contains(type) || (sort != null && !sort.isJsonNull())) {
            throw new UnsupportedOperationException(type);
        }
        String title = definition.has("title") ? text(definition.get("title")) : field;
        boolean zero = !scale.has("zero") || scale.get("zero").getAsBoolean();
        return new Channel(field, type.equals("quantitative"), title, zero, sort == null);
    }

    private static void only(JsonObject object, Set<String> known) {
        if (!known.containsAll(object.keySet())) {
            throw new UnsupportedOperationException(object.keySet().toString());
        }
    }

    private static JsonObject object(JsonElement element) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw new UnsupportedOperationException("no object");
    }

    private static String text(JsonElement element) {
        if (element != null && element.isJsonPrimitive()) {
            return element.getAsString();
        }
        throw new UnsupportedOperationException("no text");
    }

    private static int size(JsonObject spec, String name, int fallback) {
        return spec.has(name) ? Math.max(50, Math.min(2000, spec.get(name).getAsInt())) : fallback;
    }

    /** Whether a row has a value for a channel: Vega-Lite leaves out numbers that are missing. */
    static boolean has(JsonObject row, Channel channel) {
        JsonElement value = row.get(channel.field());
        return value != null && !(channel.numeric() && value instanceof JsonNull);
    }

    static double number(JsonObject row, Channel channel) {
        return row.get(channel.field()).getAsDouble();
    }

    static String category(JsonObject row, Channel channel) {
        JsonElement value = row.get(channel.field());
        return value == null || value.isJsonNull()
                ? "null"
                : value.isJsonPrimitive() ? value.getAsString() : value + "";
    }

    /** The categories of a channel in the order of its axis or legend. */
    List<String> categories(Channel channel) {
        var names = rows.stream().map(row -> category(row, channel)).distinct();
        boolean numbers = rows.stream()
                .allMatch(row -> row.get(channel.field()) != null
                        && row.get(channel.field()).isJsonPrimitive()
                        && row.get(channel.field()).getAsJsonPrimitive().isNumber());
        if (!channel.sorted()) {
            return names.toList();
        }
        return numbers
                ? names.sorted(java.util.Comparator.comparingDouble(Double::parseDouble))
                        .toList()
                : names.sorted().toList();
    }
}
