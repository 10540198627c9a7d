package touchstone.metrics;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Spliterator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.testing.Golden;

/** The 24 score pairs of golden/ood/metrics; scikit-learn agrees with the reference there. */
class OodMetricsGoldenTest {
    private record Metric(String key, ToDoubleBiFunction<double[], double[]> of) {}

    private static final List<Metric> METRICS = List.of(
            new Metric("auroc", Auroc::of),
            new Metric("auroc", (id, ood) -> RocCurve.of(id, ood).area()),
            new Metric("aupr_out_average_precision", AveragePrecision::oodPositive),
            new Metric("aupr_in_average_precision", AveragePrecision::idPositive),
            new Metric("aupr_out_trapezoid", AveragePrecision::trapezoidOodPositive),
            new Metric("aupr_in_trapezoid", AveragePrecision::trapezoidIdPositive),
            new Metric("fpr95_ood_positive", (id, ood) -> FprAtTpr.oodPositive(id, ood, 0.95)),
            new Metric("fpr95_id_positive", (id, ood) -> FprAtTpr.idPositive(id, ood, 0.95)),
            new Metric("fpr80_id_positive", (id, ood) -> FprAtTpr.idPositive(id, ood, 0.8)),
            new Metric("fpr95_id_positive_nearest_recall", (id, ood) -> FprAtTpr.idPositiveNearest(id, ood, 0.95)),
            new Metric("autc", Autc::of),
            new Metric("detection_error_equal_priors", DetectionError::equalPriors),
            new Metric("detection_error_by_count", DetectionError::byCount));

    static Stream<JsonObject> cases() {
        Spliterator<JsonElement> all =
                Golden.json("ood/metrics/ood_metrics.json").getAsJsonArray().spliterator();
        return StreamSupport.stream(all, false).map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheReferenceOrThrows(JsonObject c) {
        String name = c.get("name").getAsString();
        double[] id = Golden.numbers(c.get("id"));
        double[] ood = Golden.numbers(c.get("ood"));
        boolean mustThrow = c.has("must_throw") && c.get("must_throw").getAsBoolean();
        assertAll(name, METRICS.stream().map(metric -> () -> {
            if (mustThrow) {
                assertThrows(IllegalArgumentException.class, () -> metric.of.applyAsDouble(id, ood), metric.key);
            } else {
                JsonObject reference = c.getAsJsonObject("expected").getAsJsonObject("reference");
                String value = reference.get(metric.key).getAsString();
                if (value.equals("NaN") || value.equals("undefined")) {
                    assertThrows(IllegalArgumentException.class, () -> metric.of.applyAsDouble(id, ood), metric.key);
                    return;
                }
                double expected = Double.parseDouble(value);
                assertEquals(expected, metric.of.applyAsDouble(id, ood), 1e-12, metric.key); // double closed form
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithScikitLearn(JsonObject c) {
        if (!c.has("must_throw")) {
            double[] id = Golden.numbers(c.get("id"));
            double[] ood = Golden.numbers(c.get("ood"));
            JsonObject sklearn = c.getAsJsonObject("expected").getAsJsonObject("sklearn");
            if (sklearn.get("roc_auc_score").getAsString().startsWith("EXCEPTION")) {
                assertEquals("with infinities", c.get("name").getAsString()); // which scikit-learn refuses
                return;
            }
            assertEquals(Golden.number(sklearn.get("roc_auc_score")), Auroc.of(id, ood), 1e-12);
            assertEquals(
                    Golden.number(sklearn.get("average_precision_out")), AveragePrecision.oodPositive(id, ood), 1e-12);
        }
    }

    @Test
    void allCasesAreThere() {
        assertEquals(24, cases().count());
        assertEquals(4, cases().filter(c -> c.has("must_throw")).count());
    }

    @Test
    void messagesHoldTheCounts() {
        var none = new double[0];
        var two = new double[] {1, 2};
        assertEquals(
                "AUROC needs scores of both classes: 2 in-distribution, 0 out-of-distribution",
                assertThrows(IllegalArgumentException.class, () -> Auroc.of(two, none))
                        .getMessage());
        assertEquals(
                "average precision needs scores of both classes: 0 in-distribution, 2 out-of-distribution",
                assertThrows(IllegalArgumentException.class, () -> AveragePrecision.idPositive(none, two))
                        .getMessage());
        assertEquals(
                "scores of AUROC must hold no NaN, had 1 of 1, the first at index 0",
                assertThrows(IllegalArgumentException.class, () -> Auroc.of(two, new double[] {Double.NaN}))
                        .getMessage());
        assertEquals(
                "AUTC needs scores that differ: all 1 in-distribution and 2 out-of-distribution were 3.0",
                assertThrows(IllegalArgumentException.class, () -> Autc.of(new double[] {3}, new double[] {3, 3}))
                        .getMessage());
        assertEquals(
                "out-of-distribution scores of AUTC[1] must be a finite number, was Infinity",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Autc.of(two, new double[] {3, Double.POSITIVE_INFINITY}))
                        .getMessage());
        assertEquals(
                "tpr must lie in (0, 1], was NaN",
                assertThrows(IllegalArgumentException.class, () -> FprAtTpr.idPositive(two, two, Double.NaN))
                        .getMessage());
    }
}
