package touchstone.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/** A case of golden/alignment: numbers agree when {@code |a - b| <= rtol max(1, |b|)}; null marks an absent option. */
public record GoldenCase(String name, JsonObject input, JsonObject expected, double rtol) {
    /** The cases of a file whose names match, none of which may be missing. */
    public static List<GoldenCase> of(String file, String names, int count) {
        List<GoldenCase> cases =
                Golden.json("alignment/" + file + ".json").getAsJsonObject().getAsJsonArray("cases").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(c -> c.get("name").getAsString().matches(names))
                        .map(c -> new GoldenCase(
                                c.get("name").getAsString(),
                                c.getAsJsonObject("input"),
                                c.getAsJsonObject("expected"),
                                c.get("rtol").getAsDouble()))
                        .toList();
        assertEquals(count, cases.size(), file + ": " + names);
        return cases;
    }

    public boolean has(String key) {
        return input.has(key) && !input.get(key).isJsonNull();
    }

    public double[] in(String key) {
        return Golden.numbers(input.get(key));
    }

    public double number(String key) {
        return Golden.number(input.get(key));
    }

    public double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    /** The same case with another tolerance; the caller says why. */
    public GoldenCase within(double tolerance) {
        return new GoldenCase(name, input, expected, tolerance);
    }

    /** Compares with an expected number or list of numbers. */
    public void assertClose(String key, double... actual) {
        JsonElement e = expected.get(key);
        double[] want = e.isJsonArray() ? Golden.numbers(e) : new double[] {Golden.number(e)};
        assertEquals(want.length, actual.length, name + " " + key);
        for (int i = 0; i < actual.length; i++) {
            double tolerance = rtol * Math.max(1, Math.abs(want[i]));
            assertEquals(want[i], actual[i], tolerance, name + " " + key + "[" + i + "]");
        }
    }

    /** Compares with an expected list of lists. */
    public void assertRows(String key, double[][] actual) {
        double[][] want = Golden.matrix(expected.get(key));
        assertEquals(want.length, actual.length, name + " " + key);
        for (int i = 0; i < want.length; i++) {
            assertEquals(want[i].length, actual[i].length, name + " " + key);
            for (int j = 0; j < want[i].length; j++) {
                double tolerance = rtol * Math.max(1, Math.abs(want[i][j]));
                assertEquals(want[i][j], actual[i][j], tolerance, name + " " + key + "[" + i + "][" + j + "]");
            }
        }
    }
}
