package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.testing.Golden;

class AccuracyMatrixTest {
    private static final Map<String, ToDoubleFunction<AccuracyMatrix>> FIGURES = Map.ofEntries(
            Map.entry("averageAccuracy", AccuracyMatrix::averageAccuracy),
            Map.entry("averageIncrementalAccuracy", AccuracyMatrix::averageIncrementalAccuracy),
            Map.entry("learningAccuracy", AccuracyMatrix::learningAccuracy),
            Map.entry("backwardTransfer", AccuracyMatrix::backwardTransfer),
            Map.entry("forgetting", AccuracyMatrix::forgetting),
            Map.entry("forgettingAllRows", m -> m.forgetting(Forgetting.ALL_EARLIER_ROWS)),
            Map.entry("forgettingNonNegative", m -> m.forgetting(Forgetting.NON_NEGATIVE)),
            Map.entry("forgettingFromDiagonal", m -> m.forgetting(Forgetting.FROM_DIAGONAL)),
            Map.entry("stability", AccuracyMatrix::stability),
            Map.entry("plasticity", AccuracyMatrix::plasticity),
            Map.entry("stabilityPlasticityTradeoff", AccuracyMatrix::stabilityPlasticityTradeoff),
            Map.entry("retention", AccuracyMatrix::retention),
            Map.entry("dzAccuracy", m -> m.diazRodriguez().accuracy()),
            Map.entry("dzBackwardTransfer", m -> m.diazRodriguez().backwardTransfer()),
            Map.entry("dzRemembering", m -> m.diazRodriguez().remembering()),
            Map.entry("dzPositiveBackwardTransfer", m -> m.diazRodriguez().positiveBackwardTransfer()),
            Map.entry("dzForwardTransfer", m -> m.diazRodriguez().forwardTransfer()));

    @TestFactory
    Stream<DynamicTest> goldenMatrices() {
        return Golden.cases("continual/accuracy_matrices.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").getAsString(), () -> check(c)));
    }

    private static void check(JsonObject c) {
        var matrix = AccuracyMatrix.of(Golden.matrix(c.get("R")));
        JsonObject expected = c.getAsJsonObject("expected");
        for (String name : expected.keySet()) {
            JsonElement e = expected.get(name);
            if (FIGURES.containsKey(name)) {
                Close.assertClose(Golden.number(e), FIGURES.get(name).applyAsDouble(matrix), name);
            } else {
                checkOther(c, matrix, name, e);
            }
        }
        checkLibraries(c, matrix);
    }

    private static void checkOther(JsonObject c, AccuracyMatrix matrix, String name, JsonElement e) {
        switch (name) {
            case "averageAccuracyPerStep" ->
                assertArrayEquals(Golden.numbers(e), matrix.averageAccuracyPerStep(), 1e-12);
            case "forgettingPerTask" ->
                Close.assertClose(Golden.numbers(e), matrix.forgettingPerTask(Forgetting.SINCE_OWN_TRAINING), name);
            case "forwardTransfer" -> {
                if (!c.get("baseline").isJsonNull()) {
                    double actual = matrix.forwardTransfer(Golden.numbers(c.get("baseline")));
                    Close.assertClose(Golden.number(e), actual, name);
                }
            }
            case "intransigence" -> {
                if (!c.get("reference").isJsonNull()) {
                    double actual = matrix.intransigence(Golden.numbers(c.get("reference")));
                    Close.assertClose(Golden.number(e), actual, name);
                }
            }
            case "intransigencePerTask" -> {
                if (!e.isJsonNull()) {
                    double[] actual = matrix.intransigencePerTask(Golden.numbers(c.get("reference")));
                    Close.assertClose(Golden.numbers(e), actual, name);
                }
            }
            default -> throw new AssertionError("nothing checks " + name);
        }
    }

    /**
     * What Avalanche and Mammoth print for the same runs. Mammoth's figure is our not-negative one where every cell is
     * evaluated and all scores are 0 or more: it fills what is missing with 0.
     */
    private static void checkLibraries(JsonObject c, AccuracyMatrix matrix) {
        JsonElement avalanche = c.getAsJsonObject("libraries").get("avalanche");
        if (avalanche != null && !avalanche.isJsonNull()) {
            double forgetting = Golden.number(avalanche.getAsJsonObject().get("forgetting"));
            Close.assertClose(forgetting, matrix.forgetting(Forgetting.FROM_DIAGONAL), "avalanche");
        }
    }

    @Test
    void aShorterRowLacksItsCells() {
        var triangle = AccuracyMatrix.of(new double[][] {{0.9}, {0.7, 0.8}});
        assertTrue(Double.isNaN(triangle.score(0, 1)));
        assertEquals(0.75, triangle.averageAccuracy(), 1e-15);
        assertEquals(-0.2, triangle.backwardTransfer(), 1e-15);
        assertTrue(Double.isNaN(triangle.forwardTransfer(new double[] {0.1, 0.1})), "no zero-shot cell, no transfer");
    }

    @Test
    void whatMakesNoMatrixIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> AccuracyMatrix.of(new double[][] {{1, 2}}));
        assertEquals("scores must have a column a task, so at most 1 as it has rows; row 0 had 2", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> AccuracyMatrix.of(new double[0][]));
        assertEquals("scores must not be empty, had 0 elements", e.getMessage());
        var one = AccuracyMatrix.of(new double[][] {{1}});
        e = assertThrows(IllegalArgumentException.class, () -> one.forwardTransfer(new double[2]));
        assertEquals("untrained and scores must be of equal length, were 2 and 1", e.getMessage());
    }

    @Test
    void argumentAndResultAreCopies() {
        double[][] scores = {{1, 0}, {0.5, 1}};
        var matrix = AccuracyMatrix.of(scores);
        scores[0][0] = 7;
        matrix.scores()[1][0] = 7;
        assertEquals(AccuracyMatrix.of(new double[][] {{1, 0}, {0.5, 1}}), matrix);
    }

    /** A model whose task scores all move by the same amount has moved by it in every definition but the clipped one. */
    @Test
    void forgettingAgreesWhereThePeakIsOwnRow() {
        var matrix = AccuracyMatrix.of(new double[][] {{0.9, 0.1, 0.1}, {0.8, 0.9, 0.1}, {0.7, 0.8, 0.9}});
        for (Forgetting definition : Forgetting.values()) {
            assertEquals(0.15, matrix.forgetting(definition), 1e-12, definition.name());
        }
    }

    @Test
    void tableHasALineAFigure() {
        var table = AccuracyMatrix.of(new double[][] {{1, 0}, {0.5, 1}}).table();
        assertEquals(List.of("metric", "value"), table.columnNames());
        assertEquals(11, table.rowCount());
        assertEquals("average accuracy", table.getString(0, "metric"));
        assertEquals(0.75, table.doubleColumn("value").get(0), 1e-15);
    }

    @Test
    void aThousandTasksAreExact() {
        int n = 1000;
        var scores = new double[n][n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(scores[i], 0, i, 0.5);
            scores[i][i] = 0.75;
        }
        var matrix = AccuracyMatrix.of(scores);
        assertEquals(0.50025, matrix.averageAccuracy(), 1e-12);
        assertEquals(-0.25, matrix.backwardTransfer(), 1e-12);
        assertEquals(0.25, matrix.forgetting(), 1e-12);
    }
}
