package touchstone.continual.l2m;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import touchstone.testing.Golden;

class CurveTest {
    private static Stream<JsonObject> units(String name) {
        return Golden.json("continual/l2m/units.json").getAsJsonObject().getAsJsonArray(name).asList().stream()
                .map(e -> e.getAsJsonObject());
    }

    private static DynamicTest test(String name, JsonObject c, Runnable check) {
        return DynamicTest.dynamicTest(name + " of " + c.getAsJsonArray("input").size() + " values", check::run);
    }

    @TestFactory
    Stream<DynamicTest> smoothing() {
        return units("smooth")
                .map(c -> test("smoothing", c, () -> {
                    int window =
                            c.get("window").isJsonNull() ? 0 : c.get("window").getAsInt();
                    Window kind = Window.valueOf(c.get("kind").getAsString().toUpperCase(Locale.ROOT));
                    double[] actual = kind.smooth(Golden.numbers(c.get("input")), window);
                    assertArrayEquals(Golden.numbers(c.get("output")), actual, 1e-12);
                }));
    }

    @TestFactory
    Stream<DynamicTest> terminalPerformance() {
        return units("terminal")
                .map(c -> test("terminal performance", c, () -> {
                    double[] x = Golden.numbers(c.get("input"));
                    assertEquals(c.get("trainTerminal").getAsDouble(), Curve.terminal(x, true), 1e-12);
                    assertEquals(c.get("evaluationTerminal").getAsDouble(), Curve.terminal(x, false), 1e-12);
                    assertEquals(c.get("experiencesToTerminal").getAsInt(), Curve.experiencesToTerminal(x, true));
                    var regime = new Regime(0, new Experience(0, true, "wake", "a", 0, 0), x, x.length);
                    assertEquals(
                            c.get("recoveryTime").getAsInt(),
                            Curve.recoveryTime(regime, c.get("previous").getAsDouble()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> saturation() {
        return units("saturation")
                .map(c -> test("saturation", c, () -> {
                    var actual = Curve.Saturation.of(Golden.numbers(c.get("input")));
                    assertEquals(c.get("saturation").getAsDouble(), actual.value(), 1e-12);
                    assertEquals(c.get("experiencesToSaturation").getAsDouble(), actual.experiences());
                }));
    }

    @TestFactory
    Stream<DynamicTest> theilSenSlopes() {
        return units("theilSen")
                .map(c -> test("Theil-Sen slope", c, () -> {
                    double slope = Curve.theilSenSlope(Golden.numbers(c.get("input")));
                    assertEquals(c.get("slope").getAsDouble(), slope, 1e-12);
                }));
    }
}
