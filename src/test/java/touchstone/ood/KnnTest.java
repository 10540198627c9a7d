package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

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
}
