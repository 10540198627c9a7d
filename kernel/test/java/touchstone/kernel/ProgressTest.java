package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Progress where no kernel runs: the items pass, and lines go to System.err. */
class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
        Progress.endOfCell();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static <T> List<T> walk(Iterable<T> items) {
        var seen = new ArrayList<T>();
        items.forEach(seen::add);
        return seen;
    }

    @Test
    void allItemsPassInOrder() {
        assertEquals(List.of("a", "b"), walk(Progress.over(List.of("a", "b"))));
        assertEquals(List.of(0, 1, 2), walk(Progress.range(3)));
        assertEquals(List.of(4, 5), walk(Progress.over(new int[] {4, 5})));
        assertEquals(List.of(0.5), walk(Progress.over(new double[] {0.5})));
        assertEquals(List.of("x", "y"), walk(Progress.over(new String[] {"x", "y"})));
        assertEquals(List.of(1, 2), walk(Progress.over(Stream.iterate(1, i -> i < 3, i -> i + 1))));
        assertEquals(List.of(), walk(Progress.over(List.of())));
    }

    @Test
    void aLineTellsTheEnd() {
        walk(Progress.over(List.of(1, 2, 3), "epochs"));
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).matches("epochs 100 % \\|█{20}\\| 3/3, \\S+ \\S+, [\\d.]+/s"), lines().get(0));
    }

    @Test
    void anUnknownNumberIsCounted() {
        walk(Progress.over(Stream.of(1, 2, 3).filter(i -> i > 1)));
        assertTrue(lines().get(0).matches("2, \\S+ \\S+, [\\d.]+/s"), lines().get(0));
    }

    @Test
    void aLoopLeftEarlyShowsWhereItStopped() {
        assertThrows(IllegalStateException.class, () -> {
            for (int i : Progress.range(10)) {
                for (int j : Progress.range(4)) {
                    if (i == 2 && j == 1) {
                        throw new IllegalStateException("enough");
                    }
                }
            }
        });
        Progress.endOfCell();
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).matches(" 20 % \\|█{4} {16}\\| stopped at 2/10, .*"), lines().get(0));
        walk(Progress.range(2));
        assertTrue(lines().get(1).startsWith("100 %"), "the next bar is a new one");
    }

    @Test
    void stepsMayComeFromOtherThreads() {
        try (Progress bar = Progress.of(10_000)) {
            IntStream.range(0, 10_000).parallel().forEach(i -> bar.step());
            assertEquals(10_000, bar.done());
        }
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).contains(" 10000/10000,"), lines().get(0));
    }

    @Test
    void closingEarlySaysStopped() {
        try (Progress bar = Progress.of(8, "files")) {
            bar.step(6);
            bar.message("more files");
        }
        assertTrue(lines().get(0).startsWith("more files  75 % |"), lines().get(0));
        assertTrue(lines().get(0).contains("stopped at 6/8"), lines().get(0));
        assertEquals(
                "n must be at least 0, was -1",
                assertThrows(IllegalArgumentException.class, () -> Progress.of(-1))
                        .getMessage());
    }

    @Test
    void timesAreWrittenForPeople() {
        assertEquals("1.50 s", Durations.text(1.5));
        assertEquals("12.3 ms", Durations.text(0.0123));
        assertEquals("456 µs", Durations.text(456e-6));
        assertEquals("1.00 s", Durations.text(0.99996));
        assertEquals("3.20 ns", Durations.text(3.2e-9));
        assertEquals("0.00 ns", Durations.text(0));
        assertEquals("3 min 20 s", Durations.text(200));
        assertEquals("2 h 5 min", Durations.text(7500));
    }
}
