package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.testing.Golden;

class AnalyticClassifierTest {
    @TestFactory
    Stream<DynamicTest> sameAsAllRowsAtOnce() {
        return Golden.cases("continual/recursive_ridge.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").getAsString(), () -> check(c)));
    }

    private static void check(JsonObject c) {
        double[][] x = Golden.matrix(c.get("X"));
        int[] y = Golden.integers(c.get("y"));
        var classifier = AnalyticClassifier.of(x[0].length, c.get("gamma").getAsDouble());
        double tolerance = c.get("tolerance").getAsDouble();
        int from = 0;
        for (int step = 0; step < c.getAsJsonArray("chunks").size(); step++) {
            int to = from + c.getAsJsonArray("chunks").get(step).getAsInt();
            classifier.add(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
            from = to;
            JsonElement weights =
                    c.getAsJsonArray("steps").get(step).getAsJsonObject().get("weights");
            assertClose(Golden.matrix(weights), classifier.weights(), tolerance, "step " + step);
        }
        assertClose(Golden.matrix(c.get("jointWeights")), classifier.weights(), tolerance, "joint");
        var reweighted =
                AnalyticClassifier.reweighted(x[0].length, c.get("gamma").getAsDouble());
        reweighted.add(x, y);
        assertClose(Golden.matrix(c.get("reweightedWeights")), reweighted.weights(), tolerance, "re-weighted");
        int[] counts = Golden.integers(c.get("classCounts"));
        for (int k = 0; k < counts.length; k++) {
            assertEquals(counts[k], classifier.count(k));
            double[] mean = Golden.numbers(c.getAsJsonArray("classMean").get(k));
            double[] deviation = Golden.numbers(c.getAsJsonArray("classStd").get(k));
            for (int j = 0; j < mean.length; j++) {
                assertEquals(mean[j], classifier.mean(k)[j], Double.isNaN(mean[j]) ? 1 : 1e-9, "mean");
                assertEquals(deviation[j], classifier.deviation(k)[j], 1e-9, "deviation");
            }
        }
    }

    /** Absolute, and relative to the largest weight where that is above 1. */
    private static void assertClose(double[][] expected, double[][] actual, double tolerance, String what) {
        double largest = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(1);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i].length, actual[i].length, what);
            for (int j = 0; j < expected[i].length; j++) {
                assertEquals(expected[i][j], actual[i][j], tolerance * Math.max(1, largest), what);
            }
        }
    }

    @Test
    void toppingUpLeavesTheOriginal() {
        var classifier = AnalyticClassifier.of(2, 0.1);
        classifier.add(new double[][] {{1, 0}, {0.9, 0.1}, {1.1, 0}, {0, 1}, {0.1, 0.9}}, new int[] {0, 0, 0, 1, 1});
        double[][] before = classifier.weights();
        double[][] more = classifier.toppedUp(1, 3).weights();
        assertTrue(Arrays.deepEquals(before, classifier.weights()));
        assertTrue(more[1][1] > before[1][1], "the rare class gains weight");
        assertTrue(Arrays.deepEquals(more, classifier.toppedUp(1, 3).weights()), "the same for the same seed");
    }

    @Test
    void reweightingCountsClassesAlikeAndSkipsThoseWithoutRows() {
        double[][] x = {{1, 0.2}, {0.8, 0.1}, {0.1, 1}};
        var once = AnalyticClassifier.reweighted(2, 0.5);
        once.add(x, new int[] {0, 0, 2});
        assertEquals(0, AnalyticClassifier.reweighted(2, 0.5).weights()[0].length, "no class, no weights");
        assertEquals(0, once.weights()[0][1], "class 1 has no rows");
        // counts 2 and 1 give the weights 2/3 and 4/3, counts 2 and 3 give 6/5 and 4/5: sums by class are 4/3 and 12/5
        var thrice = AnalyticClassifier.reweighted(2, 0.5 * (12.0 / 5) / (4.0 / 3));
        thrice.add(new double[][] {x[0], x[1], x[2], x[2], x[2]}, new int[] {0, 0, 2, 2, 2});
        assertClose(once.weights(), thrice.weights(), 1e-12, "the ridge scales with the sums");
    }

    @Test
    void badRowsAreNamedAndNothingIsAdded() {
        var classifier = AnalyticClassifier.of(2, 0.1);
        var e = assertThrows(
                IllegalArgumentException.class, () -> classifier.add(new double[][] {{1, 2}, {3}}, new int[] {0, 0}));
        assertEquals("rows[1] and features must be of equal length, were 1 and 2", e.getMessage());
        assertEquals(0, classifier.classes());
    }
}
