package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class MahalanobisTest extends DetectorContract {
    @Override
    Detector detector() {
        return Mahalanobis.defaults();
    }

    /** One class, mean (0, 0), variances 1/2 and 2: distances by hand. A constant column does not count without a ridge. */
    @Test
    void closedFormAndDirectionsWithoutVariance() {
        double[][] x = {{1, 0, 5}, {-1, 0, 5}, {0, 2, 5}, {0, -2, 5}};
        double[][] batch = {{1, 0, 5}, {0, 1, 9}, {2, 2, 5}};
        double[] scores = detector().fit(Nd4j.createFromArray(x), new int[4]).score(Nd4j.createFromArray(batch));
        assertArrayEquals(new double[] {2, 0.5, 10}, scores, 1e-12);
        Scorer ridged = Mahalanobis.defaults().withRidge(0.5).fit(Nd4j.createFromArray(x), new int[4]);
        assertArrayEquals(
                new double[] {1, 1 / 2.5 + 16 / 0.5, 4 + 4 / 2.5}, ridged.score(Nd4j.createFromArray(batch)), 1e-12);
    }

    @Test
    void refusesWhatCannotBeFitted() {
        assertEquals(
                "features must vary within a class, the largest variance in any direction was 0.0",
                assertThrows(IllegalArgumentException.class, () -> detector()
                                .fit(Nd4j.createFromArray(new double[][] {{1, 2}, {1, 2}}), new int[2]))
                        .getMessage());
        assertEquals(
                "ridge must be a finite number of 0 or more, was NaN",
                assertThrows(IllegalArgumentException.class, () -> new Mahalanobis(Double.NaN))
                        .getMessage());
    }
}
