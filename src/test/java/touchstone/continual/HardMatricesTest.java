package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.continual.l2m.Experience;
import touchstone.continual.l2m.LearningLog;
import touchstone.continual.l2m.LifelongReport;
import touchstone.continual.l2m.LifelongSettings;

/** Matrices, curves and logs of too little: NaN where a figure has no term, never an infinity. */
class HardMatricesTest {
    private static final double NAN = Double.NaN;

    private static void assertNoInfinity(Map<String, Double> figures) {
        figures.forEach((name, v) -> assertTrue(!Double.isInfinite(v), name + " " + v));
    }

    @Test
    void oneTaskHasALevelAndNoChange() {
        var one = AccuracyMatrix.of(new double[][] {{0.8}});
        assertEquals(0.8, one.averageAccuracy());
        assertEquals(0.8, one.learningAccuracy());
        for (Forgetting definition : Forgetting.values()) {
            assertEquals(NAN, one.forgetting(definition), definition.name());
        }
        for (double none : new double[] {
            one.backwardTransfer(),
            one.forwardTransfer(new double[1]),
            one.stability(),
            one.retention(),
            one.diazRodriguez().backwardTransfer(),
            one.stabilityPlasticityTradeoff()
        }) {
            assertEquals(NAN, none);
        }
        var curves = EvaluationCurves.of(new double[][] {{0, 1}}, 1);
        assertEquals(1, curves.worstCaseAccuracy());
        assertEquals(NAN, curves.averageMinimumAccuracy());
        assertEquals(0, curves.gapTable().rowCount());
        var world = ContinualWorld.of(new double[][] {{0, 1}}, new double[][] {{0, 1}}, 1);
        assertEquals(0, world.forgetting());
    }

    @Test
    void aMatrixOfNothingIsNaNThroughout() {
        var rows = new double[3][];
        Arrays.setAll(rows, i -> new double[0]);
        for (AccuracyMatrix none : List.of(AccuracyMatrix.of(rows), AccuracyMatrix.of(allNaN(3, 3)))) {
            none.figures().forEach((name, v) -> assertEquals(NAN, v, name));
            assertArrayEquals(new double[] {NAN, NAN, NAN}, none.intransigencePerTask(new double[3]));
        }
        var curves = EvaluationCurves.of(allNaN(2, 5), 2, 4);
        curves.summary().figures().forEach((name, v) -> assertEquals(NAN, v, name));
        var world = ContinualWorld.of(allNaN(2, 4), allNaN(2, 2), 1);
        world.summary().figures().forEach((name, v) -> assertEquals(NAN, v, name));
    }

    private static double[][] allNaN(int rows, int columns) {
        var cells = new double[rows][columns];
        for (double[] row : cells) {
            Arrays.fill(row, NAN);
        }
        return cells;
    }

    /** Task 2 was never tested: the others' figures are those of the matrix without it. */
    @Test
    void anUnseenTaskIsSkipped() {
        var ragged = AccuracyMatrix.of(new double[][] {{0.9, 0.2, NAN}, {0.5, 0.8, NAN}, {0.4, 0.6, NAN}});
        assertEquals(0.5, ragged.averageAccuracy(), 1e-15);
        assertEquals((-0.5 - 0.2) / 2, ragged.backwardTransfer(), 1e-15);
        assertEquals(0.1, ragged.forwardTransfer(new double[] {0.1, 0.1, 0.1}), 1e-15);
        assertEquals(0.2 - 0.1, ragged.forwardTransfer(new double[] {NAN, 0.1, NAN}), 1e-15);
    }

    @Test
    void zerosDivideNothing() {
        var zeros = AccuracyMatrix.of(new double[3][3]);
        assertNoInfinity(zeros.figures());
        assertEquals(NAN, zeros.retention(), "no task was ever known");
        assertEquals(0, zeros.stabilityPlasticityTradeoff());
        assertEquals(0, zeros.forwardTransfer(new double[3]));
        // returns below 0 are scores too; retention asks for a score above 0
        var returns = AccuracyMatrix.of(new double[][] {{-1, 0}, {1, 1}});
        assertEquals(2, returns.backwardTransfer());
        assertEquals(NAN, returns.retention());
        // a baseline of success throughout cannot be bettered
        var world = ContinualWorld.of(new double[2][4], new double[][] {{1, 1}, {0, 0}}, 1);
        assertArrayEquals(new double[] {NAN, 0}, world.forwardTransferPerTask());
        assertEquals(0, world.forwardTransfer());
    }

    @Test
    void anExpertOfZerosHasNoRatio() {
        var zero = LearningLog.of(List.of(
                new Experience(0, true, "wake", "a", 0, 0),
                new Experience(0, true, "wake", "a", 1, 0),
                new Experience(0, true, "wake", "a", 2, 0)));
        var life = LearningLog.of(List.of(
                new Experience(0, false, "wake", "b", 0, 1),
                new Experience(1, true, "wake", "a", 1, 1),
                new Experience(1, true, "wake", "a", 2, 2),
                new Experience(2, false, "wake", "b", 3, -1),
                new Experience(3, true, "wake", "b", 4, 3)));
        var plain = LifelongSettings.defaults()
                .withNormalization(LifelongSettings.Normalization.NONE)
                .withSmoothing(LifelongSettings.Smoothing.none());
        var report = LifelongReport.of(life, Map.of("a", List.of(zero)), plain);
        assertEquals(NAN, report.lifetime().get("relative performance"));
        assertEquals(NAN, report.lifetime().get("sample efficiency"));
        assertEquals(-1, report.lifetime().get("forward transfer ratio"));
        assertEquals(NAN, report.lifetime().get("forward transfer contrast"), "1 and -1 sum to 0");
        assertNoInfinity(report.lifetime());
        var e = assertThrows(
                IllegalArgumentException.class, () -> LifelongReport.of(LearningLog.of(List.of()), Map.of(), plain));
        assertEquals("log must hold an experience with a performance, had none of 0 lines", e.getMessage());
    }
}
