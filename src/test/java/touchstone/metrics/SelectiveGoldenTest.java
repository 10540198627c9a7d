package touchstone.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Golden.number;
import static touchstone.testing.Golden.numbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.testing.Golden;

/** The curves of golden/ood/selective. */
class SelectiveGoldenTest {
    static Stream<JsonObject> cases() {
        JsonObject file = Golden.json("ood/selective/selective.json").getAsJsonObject();
        return StreamSupport.stream(file.getAsJsonArray("cases").spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheReference(JsonObject c) {
        String name = c.get("name").getAsString();
        RiskCoverage curve = RiskCoverage.of(numbers(c.get("confidence")), numbers(c.get("loss")));
        double tolerance = 1e-12; // sums of at most 50 doubles of at most 1
        assertArrayEquals(numbers(c.get("selective_risk_curve")), curve.risk(), tolerance, name);
        assertEquals(number(c.get("aurc")), curve.aurc(), tolerance, name);
        assertEquals(number(c.get("optimal_aurc_finite")), curve.optimalAurc(), tolerance, name);
        assertEquals(number(c.get("e_aurc_finite")), curve.eAurc(), tolerance, name);
        assertEquals(number(c.get("augrc")), curve.augrc(), tolerance, name);
        for (Map.Entry<String, JsonElement> e :
                c.getAsJsonObject("risk_at_coverage").entrySet()) {
            double coverage = Double.parseDouble(e.getKey());
            assertEquals(number(e.getValue()), curve.riskAtCoverage(coverage), tolerance, name + " at " + coverage);
        }
    }

    @Test
    void allCasesAreThere() {
        assertEquals(8, cases().count());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfTheRowsPlaysNoPart(JsonObject c) {
        double[] confidence = numbers(c.get("confidence"));
        double[] loss = numbers(c.get("loss"));
        int n = loss.length;
        var reversedConfidence = new double[n];
        var reversedLoss = new double[n];
        for (int i = 0; i < n; i++) {
            reversedConfidence[i] = confidence[n - 1 - i];
            reversedLoss[i] = loss[n - 1 - i];
        }
        RiskCoverage curve = RiskCoverage.of(confidence, loss);
        assertArrayEquals(
                curve.risk(), RiskCoverage.of(reversedConfidence, reversedLoss).risk(), 1e-14);
    }

    /** Confidences 4 3 2 1 with losses 0 1 0 0: risks 0, 1/2, 1/3, 1/4. */
    @Test
    void coverageAndRiskByHand() {
        double[] confidence = {3, Double.POSITIVE_INFINITY, 2, Double.NEGATIVE_INFINITY};
        RiskCoverage curve = RiskCoverage.ofCorrect(confidence, new boolean[] {false, true, true, true});
        assertArrayEquals(new double[] {0, 1.0 / 2, 1.0 / 3, 1.0 / 4}, curve.risk(), 1e-15);
        assertEquals(1, curve.coverageAtRisk(0.25), 0);
        assertEquals(0.25, curve.coverageAtRisk(0.2), 0);
        assertEquals(0, curve.coverageAtRisk(-1), 0);
        assertEquals(0, curve.riskAtCoverage(0.01), 0);
        assertEquals(0.5, curve.riskAtCoverage(0.26), 0);
        assertEquals(1.0 / 16, curve.optimalAurc(), 1e-15);
        assertTrue(curve.toString().startsWith("RiskCoverage[4 examples, AURC 0.27"), curve.toString());
    }

    /** 100 * 0.07 in doubles lies above 7: the least k with k / 100 >= 0.07 is still 7. */
    @Test
    void coverageIsReachedInSpiteOfRounding() {
        var confidence = new double[100];
        var loss = new double[100];
        for (int i = 0; i < 100; i++) {
            confidence[i] = -i;
            loss[i] = i < 7 ? 0 : 1;
        }
        RiskCoverage curve = RiskCoverage.of(confidence, loss);
        assertEquals(0, curve.riskAtCoverage(0.07), 0);
        assertEquals(1.0 / 8, curve.riskAtCoverage(0.0701), 1e-15);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "confidence must hold no NaN, had 1 of 2, the first at index 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RiskCoverage.of(new double[] {0, Double.NaN}, new double[2]))
                        .getMessage());
        assertEquals(
                "confidence must not be empty, had 0 elements",
                assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(new double[0], new double[0]))
                        .getMessage());
        assertEquals(
                "loss[0] must be a finite number, was Infinity",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RiskCoverage.of(new double[1], new double[] {Double.POSITIVE_INFINITY}))
                        .getMessage());
        assertEquals(
                "coverage must lie in (0, 1], was NaN",
                assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(new double[1], new double[1])
                                .riskAtCoverage(Double.NaN))
                        .getMessage());
    }
}
