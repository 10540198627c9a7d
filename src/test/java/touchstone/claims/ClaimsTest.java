package touchstone.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.claims.Verdict.NOT_SHOWN;
import static touchstone.claims.Verdict.REFUTED;
import static touchstone.claims.Verdict.SUPPORTED;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.stats.Interval;
import touchstone.util.Json;

class ClaimsTest {
    /** Mean 0.12, s = sqrt(0.00025), t(4, 0.975) = 2.776445: half width 0.019632. */
    private static final double[] GAINS = {0.10, 0.11, 0.12, 0.13, 0.14};

    private final Claims claims = Claims.forPaper("palm");

    private Claims.OpenClaim gains() {
        return claims.check("gain", GAINS);
    }

    @Test
    void samplesAreJudgedByStudentsInterval() {
        var result = gains().greaterThan(0.1);
        assertEquals(SUPPORTED, result.verdict());
        Interval i = result.interval().orElseThrow();
        assertEquals(0.12, result.measured(), 1e-15);
        assertEquals(0.12 - 0.019632, i.lower(), 1e-6);
        assertEquals(0.12 + 0.019632, i.upper(), 1e-6);
        assertEquals("t interval over 5 samples", result.method());
        assertEquals(NOT_SHOWN, gains().greaterThan(0.11).verdict());
        assertEquals(NOT_SHOWN, gains().greaterThan(0.13).verdict());
        assertEquals(REFUTED, gains().greaterThan(0.14).verdict());
        assertEquals(SUPPORTED, gains().lessThan(0.14).verdict());
        assertEquals(NOT_SHOWN, gains().lessThan(0.12).verdict());
        assertEquals(REFUTED, gains().lessThan(0.1).verdict());
        assertEquals(SUPPORTED, gains().between(0.1, 0.14).verdict());
        assertEquals(NOT_SHOWN, gains().between(0.11, 0.14).verdict());
        assertEquals(REFUTED, gains().between(0.2, 0.3).verdict());
        assertEquals(REFUTED, gains().between(-1, 0).verdict());
    }

    @Test
    void bordersBelongToTheWeakConditionsOnly() {
        double[] flat = {0.5, 0.5, 0.5};
        assertEquals(NOT_SHOWN, claims.check("flat", flat).greaterThan(0.5).verdict());
        assertEquals(SUPPORTED, claims.check("flat", flat).atLeast(0.5).verdict());
        assertEquals(NOT_SHOWN, claims.check("flat", flat).lessThan(0.5).verdict());
        var most = claims.check("flat", flat).atMost(0.5);
        assertEquals(SUPPORTED, most.verdict());
        assertEquals("t interval over 3 samples, no variation", most.method());
    }

    @Test
    void singleValuesAreExactAndOneSampleShowsNothing() {
        assertEquals(SUPPORTED, claims.check("errors", 0).atMost(0).verdict());
        assertEquals(REFUTED, claims.check("errors", 0.0).greaterThan(0).verdict());
        assertEquals(REFUTED, claims.check("errors", 3).atMost(2).verdict());
        var one = claims.check("one seed", new double[] {9}).greaterThan(0);
        assertEquals(NOT_SHOWN, one.verdict());
        assertTrue(one.interval().isEmpty());
        assertEquals("one sample: no interval, so nothing is shown", one.method());
    }

    @Test
    void intervalsOfOtherMethodsAreTakenAsTheyAre() {
        var interval = new Interval(0.9, 0.85, 0.95, 0.9, "DeLong interval");
        var result = claims.check("AUROC", interval).greaterThan(0.8);
        assertEquals(SUPPORTED, result.verdict());
        assertEquals("DeLong interval", result.method());
        assertEquals(
                REFUTED, claims.check("AUROC", 0.9, interval).greaterThan(0.96).verdict());
    }

    @Test
    void theTableKeepsOrderAndIdsWhenACellRunsAgain() {
        gains().greaterThan(0.5);
        claims.check("errors", 0).atMost(0);
        gains().greaterThan(0.1);
        ClaimsTable table = claims.show();
        assertEquals(
                List.of("palm-1", "palm-2"),
                table.results().stream().map(r -> r.claim().id()).toList());
        assertEquals(2, table.count(SUPPORTED));
        assertTrue(table.toString()
                .contains("SUPPORTED  palm-1: gain > 0.1; measured 0.12, interval [0.1004, 0.1396] 95 %"));
    }

    @Test
    void theJsonIsTheFixedSchema() {
        claims.withSeeds(1, 2);
        gains().greaterThan(0);
        claims.check("errors", 0).atMost(0);
        JsonObject json = claims.show().toJson();
        assertEquals("palm", json.get("paper").getAsString());
        JsonObject first = json.getAsJsonArray("claims").get(0).getAsJsonObject();
        assertEquals(
                "[id, statement, condition, measured, interval, level, samples, method, verdict]",
                first.keySet().toString());
        assertEquals("> 0.0", first.get("condition").getAsString());
        assertEquals(5, first.get("samples").getAsInt());
        assertEquals(2, first.getAsJsonArray("interval").size());
        assertEquals("SUPPORTED", first.get("verdict").getAsString());
        assertTrue(json.getAsJsonArray("claims")
                .get(1)
                .getAsJsonObject()
                .get("interval")
                .isJsonNull());
        JsonObject provenance = json.getAsJsonObject("provenance");
        assertEquals(
                "[touchstone, jdk, os, backend, time, seeds]",
                provenance.keySet().toString());
        assertEquals("[1,2]", provenance.get("seeds").toString());
        assertTrue(provenance.get("time").getAsString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        assertEquals(
                System.getProperty("java.version"),
                provenance.get("jdk").getAsString().split(" ", 2)[0]);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("samples must not be empty, had 0 elements", refused(() -> claims.check("x", new double[0])));
        assertEquals(
                "samples[1] must be a finite number, was NaN",
                refused(() -> claims.check("x", new double[] {1, Double.NaN})));
        assertEquals("measured must be a finite number, was NaN", refused(() -> claims.check("x", Double.NaN)));
        assertEquals("bound must be a finite number, was NaN", refused(() -> gains().greaterThan(Double.NaN)));
        assertEquals("the lower bound must be at most the upper one, were 2.0 and 1.0", refused(() -> gains().between(
                        2, 1)));
        assertEquals(
                "slug must be of lower-case letters, digits and single hyphens, was 'A 30'",
                refused(() -> Claims.forPaper("A 30")));
        assertEquals("statement must not be empty, had 0 elements", refused(() -> claims.check(" ", 1)));
        assertEquals(
                "every check needs a condition, such as .greaterThan(0.0); without one: [gain]",
                assertThrows(IllegalStateException.class, claims::show).getMessage());
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @SuppressWarnings("ArrayRecordComponent") // only written out
    private record Options(double rate, List<String> names, Verdict verdict, Map<String, Integer> sizes, double[] w) {}

    @Test
    void anyRecordBecomesJson() {
        var options = new Options(
                0.5, List.of("a\"", "b"), NOT_SHOWN, Map.of("k", 3), new double[] {1, Double.POSITIVE_INFINITY});
        assertEquals(
                JsonParser.parseString("{\"rate\":0.5,\"names\":[\"a\\\"\",\"b\"],\"verdict\":\"NOT SHOWN\","
                        + "\"sizes\":{\"k\":3},\"w\":[1.0,\"Infinity\"]}"),
                Json.of(options));
        assertFalse(Json.of(true).getAsJsonPrimitive().isString());
        assertTrue(Json.of(null).isJsonNull());
    }
}
