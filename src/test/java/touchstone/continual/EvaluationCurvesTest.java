package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.testing.Golden;

class EvaluationCurvesTest {
    private static final Map<String, ToDoubleFunction<EvaluationCurves>> FIGURES = Map.of(
            "anytimeAverageAccuracy", EvaluationCurves::anytimeAverageAccuracy,
            "anytimeAverageAccuracyUpdatesOnly", EvaluationCurves::anytimeAverageAccuracyAfterUpdates,
            "averageMinimumAccuracy", EvaluationCurves::averageMinimumAccuracy,
            "worstCaseAccuracy", EvaluationCurves::worstCaseAccuracy,
            "meanGapDepth", EvaluationCurves::meanGapDepth,
            "meanGapTransient", EvaluationCurves::meanGapTransient);

    @TestFactory
    Stream<DynamicTest> goldenCurves() {
        return Golden.cases("continual/curves.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").getAsString(), () -> check(c)));
    }

    private static void check(JsonObject c) {
        var curves = EvaluationCurves.of(Golden.matrix(c.get("accuracy")), Golden.integers(c.get("taskEnds")));
        JsonObject expected = c.getAsJsonObject("expected");
        int checked = 0;
        for (var figure : FIGURES.entrySet()) {
            double actual = figure.getValue().applyAsDouble(curves);
            Close.assertClose(Golden.number(expected.get(figure.getKey())), actual, figure.getKey());
            checked++;
        }
        Close.assertClose(
                Golden.numbers(expected.get("minAccuracyPerTask")), curves.minimumAccuracyPerTask(), "minimum");
        for (int w : Golden.integers(c.get("windows"))) {
            checkWindow(expected, curves, w);
            checked += 4;
        }
        checkGaps(expected, curves.gaps());
        assertEquals(expected.size(), checked + 2, "figures that are not checked");
    }

    private static void checkWindow(JsonObject expected, EvaluationCurves curves, int w) {
        String wf = "windowedForgetting" + w;
        String wp = "windowedPlasticity" + w;
        Close.assertClose(Golden.number(expected.get(wf)), curves.windowedForgetting(w), wf);
        Close.assertClose(Golden.number(expected.get(wp)), curves.windowedPlasticity(w), wp);
        Close.assertClose(Golden.numbers(expected.get(wf + "PerTask")), curves.windowedForgettingPerTask(w), wf);
        Close.assertClose(Golden.numbers(expected.get(wp + "PerTask")), curves.windowedPlasticityPerTask(w), wp);
    }

    private static void checkGaps(JsonObject expected, List<StabilityGap> gaps) {
        assertEquals(expected.getAsJsonArray("gaps").size(), gaps.size());
        for (int i = 0; i < gaps.size(); i++) {
            JsonObject e = expected.getAsJsonArray("gaps").get(i).getAsJsonObject();
            StabilityGap g = gaps.get(i);
            double[] actual = {
                g.task(),
                g.phase(),
                g.before(),
                g.minimum(),
                g.after(),
                g.depth(),
                g.transientPart(),
                g.permanentPart(),
                g.updatesToMinimum(),
                g.updatesToRecovery()
            };
            double[] wanted = Stream.of(
                            "task",
                            "phase",
                            "before",
                            "minimum",
                            "after",
                            "depth",
                            "transient",
                            "permanent",
                            "updatesToMinimum",
                            "updatesToRecovery")
                    .map(e::get)
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray();
            assertArrayEquals(wanted, actual, 1e-12);
        }
    }

    @Test
    void unseenTasksPlayNoPart() {
        double nan = Double.NaN;
        double[][] known = {{0.1, 0.5, 0.9, 0.6, 0.8}, {nan, nan, nan, 0.4, 0.7}};
        double[][] zeroShot = {known[0], {0.99, 0.98, 0.97, 0.4, 0.7}};
        var without = EvaluationCurves.of(known, 2, 4);
        var with = EvaluationCurves.of(zeroShot, 2, 4);
        assertEquals(without.anytimeAverageAccuracy(), with.anytimeAverageAccuracy());
        assertEquals(without.windowedForgetting(3), with.windowedForgetting(3));
        assertEquals(0.97, with.matrix().score(0, 1), "the matrix keeps zero-shot cells");
    }

    @Test
    void learningCurveAreaCountsFromTheFirstUpdate() {
        var curves = EvaluationCurves.of(new double[][] {{0, 0.2, 0.4, 0.6, 0.6}, {0, 0, 0, 0.5, 0.9}}, 2, 4);
        assertEquals((0.3 + 0.7) / 2, curves.learningCurveArea(2), 1e-12);
        assertEquals((0.3 + 0.7) / 2, curves.learningCurveArea(10), 1e-12, "no further than the task's own end");
    }

    @Test
    void gapsOfWhatWasNotEvaluatedAreLeftOut() {
        double nan = Double.NaN;
        var curves = EvaluationCurves.of(new double[][] {{0, 0.9, 0.5, nan}, {nan, nan, 0.4, 0.8}}, 1, 3);
        assertTrue(curves.gaps().isEmpty());
        assertTrue(Double.isNaN(curves.meanGapDepth()));
    }

    @Test
    void whatMakesNoCurveIsNamed() {
        double[][] two = {{0, 1, 1}, {0, 0, 1}};
        var e = assertThrows(IllegalArgumentException.class, () -> EvaluationCurves.of(two, 1, 1));
        assertEquals("taskEnds must rise from above 0, had [1, 1]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> EvaluationCurves.of(two, 1, 3));
        assertEquals(
                "accuracy must hold evaluations 0 .. 3 of each task as taskEnds says, so 4; task 0 had 3",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> EvaluationCurves.of(two, 1, 2)
                .windowedForgetting(1));
        assertEquals("window must be at least 2, was 1", e.getMessage());
    }
}
