package touchstone.util;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes options and results as JSON: records by component, so that what was run can be kept with what came out. */
public final class Json {
    private Json() {}

    /**
     * A value as JSON: records and maps become objects, lists and arrays become arrays, numbers, truths and text
     * themselves, anything else its {@code toString}. NaN and the infinities, which JSON lacks, become text.
     */
    public static JsonElement of(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement json) {
            return json;
        } else if (value instanceof Optional<?> maybe) {
            return maybe.isEmpty() ? JsonNull.INSTANCE : of(maybe.get());
        } else if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        } else if (value instanceof Number number) {
            boolean plain = Double.isFinite(number.doubleValue());
            return plain ? new JsonPrimitive(number) : new JsonPrimitive(number.toString());
        } else if (value instanceof Record object) {
            return record(object);
        } else if (value instanceof Map<?, ?> map) {
            var json = new JsonObject();
            map.forEach((key, v) -> json.add(String.valueOf(key), of(v)));
            return json;
        } else if (value instanceof Iterable<?> many) {
            var json = new JsonArray();
            many.forEach(v -> json.add(of(v)));
            return json;
        } else if (value.getClass().isArray()) {
            var json = new JsonArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                json.add(of(Array.get(value, i)));
            }
            return json;
        }
        return new JsonPrimitive(value.toString());
    }

    private static JsonObject record(Record object) {
        var json = new JsonObject();
        for (RecordComponent c : object.getClass().getRecordComponents()) {
            try {
                c.getAccessor().trySetAccessible();
                json.add(c.getName(), of(c.getAccessor().invoke(object)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "cannot read " + c.getName() + " of "
                                + object.getClass().getName() + ": " + e,
                        e);
            }
        }
        return json;
    }
}
