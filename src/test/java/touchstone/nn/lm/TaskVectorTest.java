package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.cpu.Cpu;

class TaskVectorTest {
    private static final LanguageModel BASE = LanguageModel.of(Cpu.floats(1), Tiny.CONFIG, 1);

    private static TaskVector vector(long seed) {
        return TaskVector.between(BASE, Tiny.move(BASE.copy(), seed));
    }

    /** A vector of chosen first numbers, zero after them. */
    private static TaskVector of(double... first) {
        LanguageModel tuned = BASE.copy();
        TaskVector unit = TaskVector.between(BASE, Tiny.move(tuned, 1));
        double[] values = unit.values();
        var mask = new double[values.length];
        for (int i = 0; i < first.length; i++) {
            mask[i] = first[i] / values[i];
        }
        return unit.mask(mask);
    }

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }

    /** Floats differ by what a double holds exactly, so the way back has the same bits. */
    @Test
    void addedItGivesTheTaskAndSubtractedTheBase() {
        LanguageModel tuned = Tiny.move(BASE.copy(), 2);
        TaskVector task = TaskVector.between(BASE, tuned);
        double[][] expected = tuned.tokenLogProbabilities(Tiny.samples());
        assertArrayEquals(expected, task.applyTo(BASE).tokenLogProbabilities(Tiny.samples()));
        assertArrayEquals(
                BASE.tokenLogProbabilities(Tiny.samples()),
                task.negate().applyTo(tuned).tokenLogProbabilities(Tiny.samples()));
        assertArrayEquals(
                BASE.tokenLogProbabilities(Tiny.samples()),
                task.scale(0).applyTo(BASE).tokenLogProbabilities(Tiny.samples()));
    }

    @Test
    void vectorsAddScaleAndMeasure() {
        TaskVector a = vector(2);
        TaskVector b = vector(3);
        double[] sum = a.plus(b.scale(2)).values();
        for (int i = 0; i < sum.length; i += 101) {
            assertEquals(a.values()[i] + 2 * b.values()[i], sum[i], 1e-15);
        }
        assertEquals(5, of(3, 0, -4).norm(), 1e-12);
        assertEquals(1, a.cosine(a.scale(3)), 1e-12);
        assertEquals(-1, a.cosine(a.negate()), 1e-12);
        assertEquals(0, of(1, 0).cosine(of(0, 1)), 1e-15);
        assertArrayEquals(
                new double[] {2, 1},
                Arrays.copyOf(TaskVector.mean(List.of(of(1, 0), of(3, 2))).values(), 2),
                1e-12);
    }

    /** By hand, as in the paper's figure: trim, take the sign of the larger sum, average those that agree. */
    @Test
    void tiesMergesByHand() {
        TaskVector a = of(4, -3, 2, 0.1);
        TaskVector b = of(2, 5, -0.1, 3);
        double density = 3.0 / a.size();
        assertArrayEquals(
                new double[] {4, -3, 2, 0}, Arrays.copyOf(a.largest(density).values(), 4), 1e-12);
        assertArrayEquals(
                new double[] {3, 5, 2, 3},
                Arrays.copyOf(TaskVector.ties(List.of(a, b), density).values(), 4),
                1e-12);
        assertEquals(0, TaskVector.ties(List.of(of(1), of(-1)), 1).norm());
    }

    @Test
    void partsAreChosenByName() {
        TaskVector first = vector(2).only(n -> n.startsWith("block0.up"));
        LanguageModel changed = first.applyTo(BASE);
        for (int i = 0; i < BASE.parameters().size(); i++) {
            var p = BASE.parameters().get(i);
            boolean same = Arrays.deepEquals(
                    p.value().toMatrix(), changed.parameters().get(i).value().toMatrix());
            assertEquals(!p.name().startsWith("block0.up"), same, p.name());
        }
    }

    @Test
    void otherShapesAreRefused() {
        LanguageModel wide = LanguageModel.of(Cpu.floats(1), Tiny.CONFIG.withWidth(16), 1);
        assertEquals(
                "tuned must be of the same shape, with Range[name=embedding.table, rows=7, columns=8] as parameter 0,"
                        + " had Range[name=embedding.table, rows=7, columns=16]",
                message(() -> TaskVector.between(BASE, wide)));
        assertTrue(message(() -> vector(2).applyTo(wide)).startsWith("model must be of the same shape"));
        assertTrue(message(() -> TaskVector.between(BASE, BASE.withLora(Lora.ofRank(1))))
                .startsWith("tuned must be of the same shape"));
        assertTrue(message(() -> vector(2).mask(1)).startsWith("mask"));
        assertTrue(message(() -> vector(2).largest(1.5)).startsWith("density must lie in [0, 1]"));
        assertTrue(message(() -> of(0).cosine(of(1))).startsWith("product of the two lengths"));
    }
}
