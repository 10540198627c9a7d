package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import touchstone.metrics.NegativeLogLikelihood;
import touchstone.metrics.Pareto;
import touchstone.ood.uncertainty.TemperatureScaling;
import touchstone.stats.Correlation;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;
import touchstone.util.Logistic;

/** The cases of golden/alignment/rlhf_metrics.json that CalibrationTest leaves. */
class MetricsGoldenTest {
    @Test
    void sections() {
        GoldenCase c = GoldenCase.of("rlhf_metrics", "rewardbench.*", 1).get(0);
        SectionAccuracy got = SectionAccuracy.of(
                map(c.input().getAsJsonObject("counts"), JsonElement::getAsInt),
                map(c.input().getAsJsonObject("accuracy"), JsonElement::getAsDouble),
                map(c.input().getAsJsonObject("sections"), e -> strings(e.getAsJsonArray())));
        JsonObject want = c.expected().getAsJsonObject("section");
        assertEquals(want.keySet(), got.sections().keySet());
        got.sections().forEach((name, share) -> assertEquals(want.get(name).getAsDouble(), share, c.rtol()));
        c.assertClose("overall_mean_of_sections", got.overall());
        assertEquals(
                "counts must hold the subset x, held []",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SectionAccuracy.of(Map.of(), Map.of(), Map.of("s", List.of("x"))))
                        .getMessage());
    }

    private static List<String> strings(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static <T> Map<String, T> map(JsonObject object, Function<JsonElement, T> value) {
        var result = new LinkedHashMap<String, T>();
        object.keySet().forEach(k -> result.put(k, value.apply(Objects.requireNonNull(object.get(k)))));
        return result;
    }

    @Test
    void rankCorrelation() {
        GoldenCase c = GoldenCase.of("rlhf_metrics", "rank_correlation", 1).get(0);
        c.assertClose("spearman", Correlation.spearman(c.in("x"), c.in("y")));
        c.assertClose("kendall_tau_b", Correlation.kendall(c.in("x"), c.in("y")));
        c.assertClose("pearson", Correlation.pearson(c.in("x"), c.in("y")));
        assertEquals(
                "y must vary for a correlation, all 3 values were 2.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Correlation.kendall(new double[] {1, 2, 3}, new double[] {2, 2, 2}))
                        .getMessage());
    }

    @Test
    void paretoFrontAndHypervolume() {
        GoldenCase c = GoldenCase.of("rlhf_metrics", "pareto", 1).get(0);
        double[][] points = Golden.matrix(c.input().get("points"));
        assertArrayEquals(Golden.integers(c.expected().get("nondominated_indices")), Pareto.front(points));
        c.assertClose("hypervolume", Pareto.hypervolume(points, c.in("reference")));
        // three boxes by inclusion and exclusion: 6 + 4 + 5 less the overlaps 2, 1 and 2, plus the common 1
        double[][] boxes = {{1, 2, 3}, {2, 2, 1}, {5, 1, 1}};
        assertEquals(6 + 4 + 5 - 2 - 1 - 2 + 1, Pareto.hypervolume(boxes, 0, 0, 0), 1e-15);
        assertArrayEquals(new int[] {0, 1, 2, 3}, Pareto.front(new double[][] {{1, 2}, {1, 2}, {2, 1}, {3, 0}}));
    }

    /** A pair's margin z is the two-class row (0, z). */
    @Test
    void temperatureOfMargins() {
        GoldenCase c = GoldenCase.of("rlhf_metrics", "temperature.*", 1).get(0);
        double[] z = c.in("logit");
        int[] labels = Golden.integers(c.input().get("y"));
        var rows = new double[z.length][];
        var p = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            rows[i] = new double[] {0, z[i]};
            p[i] = Logistic.sigmoid(z[i]);
        }
        TemperatureScaling got = TemperatureScaling.fit(rows, labels);
        c.assertClose("T", got.temperature());
        c.assertClose("nll", got.negativeLogLikelihood());
        c.assertClose("nll_T1", NegativeLogLikelihood.binary(p, Golden.truths(c.in("y"))));
    }
}
