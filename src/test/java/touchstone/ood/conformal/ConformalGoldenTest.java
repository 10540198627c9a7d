package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.testing.Golden;

/** The sets of golden/ood/conformal: MAPIE's and crepes' where they follow the papers. 1e-12: double closed forms. */
class ConformalGoldenTest {
    private static final String FOLDER = "ood/conformal/";
    private static final JsonObject GOLDEN =
            Golden.json(FOLDER + "conformal.json").getAsJsonObject();
    private static final int[] CALIBRATION_LABELS = Golden.labels(FOLDER + "cal_labels.csv");
    private static final int[] TEST_LABELS = Golden.labels(FOLDER + "test_labels.csv");
    private static final Map<String, ClassScore> SCORES = Map.of(
            "LAC", ClassScore.lac(),
            "APS", ClassScore.aps(),
            "APS_randomized", ClassScore.aps().withRandomised(),
            "RAPS_lambda0.05_kreg2", ClassScore.raps(2, 0.05),
            "LAC_class_conditional", ClassScore.lac());

    private static ClassRows rows(String name) {
        double[] draws = Arrays.stream(Golden.csv(FOLDER + name + "_u.csv"))
                .mapToDouble(row -> row[0])
                .toArray();
        return ClassRows.of(Golden.csv(FOLDER + name + "_prob.csv")).withDraws(draws);
    }

    static Stream<JsonElement> byAlpha() {
        return GOLDEN.getAsJsonArray("by_alpha").asList().stream();
    }

    @ParameterizedTest
    @MethodSource("byAlpha")
    void setsOfEveryMethod(JsonObject c) {
        JsonObject methods = c.getAsJsonObject("methods");
        assertEquals(SCORES.keySet(), methods.keySet());
        for (String name : methods.keySet()) {
            JsonObject expected = methods.getAsJsonObject(name);
            var options = new SplitConformalClassifier(
                    SCORES.get(name), c.get("alpha").getAsDouble());
            boolean byClass = expected.has("quantiles");
            ConformalClassifier fitted = byClass
                    ? options.fitByClass(rows("cal"), CALIBRATION_LABELS)
                    : options.fit(rows("cal"), CALIBRATION_LABELS);
            double[] quantiles = byClass
                    ? Golden.numbers(expected.get("quantiles"))
                    : new double[] {Golden.number(expected.get("quantile"))};
            assertArrayEquals(quantiles, fitted.quantiles(), 1e-12, name);
            same(expected, fitted.predict(rows("test")), name);
        }
    }

    private static void same(JsonObject expected, PredictionSets sets, String name) {
        double[][] members = Golden.matrix(expected.get("sets"));
        for (int i = 0; i < members.length; i++) {
            assertArrayEquals(Golden.truths(members[i]), sets.members()[i], name + ", row " + i);
        }
        assertEquals(members.length, sets.rows());
        assertEquals(Golden.number(expected.get("coverage")), sets.coverage(TEST_LABELS), 1e-12, name);
        assertEquals(Golden.number(expected.get("mean_size")), sets.meanSize(), 1e-12, name);
        long empty = Arrays.stream(sets.sizes()).filter(s -> s == 0).count();
        assertEquals(expected.get("empty").getAsLong(), empty, name);
    }

    @Test
    void plainPValues() {
        ConformalClassifier fitted = SplitConformalClassifier.defaults().fit(rows("cal"), CALIBRATION_LABELS);
        double[][] expected = Golden.matrix(GOLDEN.get("p_values_non_smoothed_LAC"));
        double[][] p = fitted.pValues(rows("test"));
        assertEquals(expected.length, p.length);
        for (int i = 0; i < p.length; i++) {
            assertArrayEquals(expected[i], p[i], 1e-12, "row " + i);
        }
    }
}
