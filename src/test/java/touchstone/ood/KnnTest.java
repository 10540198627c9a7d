package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.util.Seeds;

class KnnTest extends DetectorContract {
    @Override
    Detector detector() {
        return Knn.defaults().withK(5);
    }

    @Test
    void refusesMoreNeighboursThanRows() {
        assertEquals(
                "k must be at most the number of training rows, was 3 of 2",
                assertThrows(IllegalArgumentException.class, () -> new Knn(3, true)
                                .fit(Nd4j.createFromArray(new double[][] {{1, 2}, {1, 2}}), new int[2]))
                        .getMessage());
        assertEquals(
                "k must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> new Knn(0, true))
                        .getMessage());
    }

    /** The float32 product only rules out: the same bits as without it, at any scale, and where all rows are equal. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-12, 1e12, 1e-30, 1e30})
    void theProductChangesNothing(double scale) {
        RandomGenerator rng = Seeds.rng(4, "knn");
        double[][] rows = new double[700][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = rng.doubles(33, 5, 5.01).map(v -> v * scale).toArray();
        }
        rows[8] = rows[7].clone();
        double[][] queries = Arrays.copyOfRange(rows, 5, 300);
        for (int k : new int[] {1, 2, 50, 700}) {
            assertArrayEquals(
                    new NearestRows(rows, k, Integer.MAX_VALUE).kth(queries),
                    new NearestRows(rows, k, 1).kth(queries),
                    0);
        }
    }
}
