package touchstone.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads golden values: numbers of other programs, kept below {@code src/test/resources/golden}. */
public final class Golden {
    private Golden() {}

    public static JsonElement json(String path) {
        try (Reader reader = open(path)) {
            return JsonParser.parseReader(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a file's "cases". */
    public static Stream<JsonObject> cases(String path) {
        return json(path).getAsJsonObject().getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    /** A comma-separated file without header, a row an example. */
    public static double[][] csv(String path) {
        try (Reader reader = open(path)) {
            var text = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
            return text.toString()
                    .lines()
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of a comma-separated file as integers. */
    public static int[] labels(String path) {
        return Arrays.stream(csv(path)).mapToInt(row -> (int) row[0]).toArray();
    }

    /** A list of numbers; "NaN", "Infinity" and "-Infinity" are written as text. */
    public static double[] numbers(JsonElement array) {
        JsonArray a = array.getAsJsonArray();
        var result = new double[a.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = number(a.get(i));
        }
        return result;
    }

    /** A number; null is NaN. */
    public static double number(JsonElement e) {
        return e.isJsonNull() ? Double.NaN : Double.parseDouble(e.getAsString());
    }

    public static double[][] matrix(JsonElement rows) {
        JsonArray a = rows.getAsJsonArray();
        var result = new double[a.size()][];
        for (int i = 0; i < result.length; i++) {
            result[i] = numbers(a.get(i));
        }
        return result;
    }

    public static int[] integers(JsonElement array) {
        return Arrays.stream(numbers(array)).mapToInt(x -> (int) x).toArray();
    }

    /** Numbers as truths: anything but 0 is true. */
    public static boolean[] truths(double[] numbers) {
        var result = new boolean[numbers.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = numbers[i] != 0;
        }
        return result;
    }

    private static Reader open(String path) {
        return new InputStreamReader(
                Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + path), "golden/" + path),
                StandardCharsets.UTF_8);
    }
}
