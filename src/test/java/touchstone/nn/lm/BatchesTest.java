package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final List<Sample> OLD = List.of(Sample.of(1, 2), Sample.of(1, 3));
    private static final List<Sample> NEW = List.of(Sample.of(5, 6));

    private static double fresh(Batches batches, int steps) {
        double count = 0;
        for (int step = 0; step < steps; step++) {
            count += batches.at(step).samples().stream()
                    .filter(s -> s.tokens()[0] == 5)
                    .count();
        }
        return count;
    }

    /** Of 6,400 samples at a share of 1/4, five standard deviations are 5 sqrt(6400 * 3/16) = 173. */
    @Test
    void mixedTakesTheShareFromTheSecondList() {
        assertEquals(1600, fresh(Batches.mixed(OLD, NEW, 0.25, 64, 3), 100), 173);
        assertEquals(0, fresh(Batches.mixed(OLD, NEW, 0, 64, 3), 10));
        assertEquals(640, fresh(Batches.mixed(OLD, NEW, 1, 64, 3), 10));
    }

    @Test
    void aShareOutsideTheUnitIntervalIsNamed() {
        assertEquals(
                "share must lie in [0, 1], was 1.5",
                assertThrows(IllegalArgumentException.class, () -> Batches.mixed(OLD, NEW, 1.5, 4, 1))
                        .getMessage());
    }
}
