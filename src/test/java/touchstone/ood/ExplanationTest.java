package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.factory.Nd4j;

class ExplanationTest {
    private static final Batch TRAIN = DetectorGoldens.synthTrain();
    private static final Batch TEST = DetectorGoldens.synth("ood");

    @TestFactory
    Stream<DynamicTest> sharesAddToTheScore() {
        return Stream.<ExplainingDetector>of(
                        Mahalanobis.defaults(),
                        Mahalanobis.defaults().withNormalise(true),
                        RelativeMahalanobis.defaults(),
                        Ssd.defaults(),
                        new Knn(5, true),
                        new Knn(1, false))
                .map(d -> dynamicTest(d.toString(), () -> {
                    ExplainingScorer scorer = d.fit(TRAIN);
                    double[] scores = scorer.score(TEST);
                    List<Explanation> explained = scorer.explain(TEST);
                    assertEquals(scores.length, explained.size());
                    for (int i = 0; i < scores.length; i++) {
                        Explanation e = explained.get(i);
                        double slack = 1e-11 * Math.max(1, Vectors.norm1(e.shares())); // sixteen terms of either sign
                        assertEquals(scores[i], e.score(), slack);
                        assertEquals(scores[i], Vectors.sum(e.shares()), slack);
                    }
                }));
    }

    /** With a diagonal covariance a share is the feature's own squared z-score: variances 1/2 and 2 by hand. */
    @Test
    void mahalanobisByHand() {
        double[][] x = {{1, 0}, {-1, 0}, {0, 2}, {0, -2}, {11, 0}, {9, 0}, {10, 2}, {10, -2}};
        ExplainingScorer scorer =
                Mahalanobis.defaults().fit(Nd4j.createFromArray(x), new int[] {3, 3, 3, 3, 5, 5, 5, 5});
        List<Explanation> e = scorer.explain(Nd4j.createFromArray(new double[][] {{1, 2}, {12, -1}}));
        assertArrayEquals(new double[] {2, 2}, e.get(0).shares(), 1e-12);
        assertEquals(3, e.get(0).nearestClass());
        assertArrayEquals(new double[] {8, 0.5}, e.get(1).shares(), 1e-12);
        assertEquals(5, e.get(1).nearestClass());
        assertTrue(e.get(0).neighbours().isEmpty());
    }

    @Test
    void kNearestByHand() {
        double[][] x = {{0, 0}, {3, 4}, {0, 1}, {9, 9}};
        ExplainingScorer scorer = new Knn(3, false).fit(Nd4j.createFromArray(x), new int[] {1, 0, 1, 2});
        Explanation e =
                scorer.explain(Nd4j.createFromArray(new double[][] {{0, 0}})).get(0);
        assertEquals(
                List.of(
                        new Explanation.Neighbour(0, 0, 1),
                        new Explanation.Neighbour(2, 1, 1),
                        new Explanation.Neighbour(1, 5, 0)),
                e.neighbours());
        assertEquals(5, e.score(), 0);
        assertArrayEquals(new double[] {9 / 5.0, 16 / 5.0}, e.shares(), 1e-15);
        assertEquals(1, e.nearestClass());
        Explanation self = new Knn(1, false)
                .fit(Batch.of(Nd4j.createFromArray(x)))
                .explain(Nd4j.createFromArray(new double[][] {{9, 9}}))
                .get(0);
        assertArrayEquals(new double[] {0, 0}, self.shares(), 0);
        assertEquals(-1, self.nearestClass());
    }

    @Test
    void explanationsAreCheckedAsScoresAre() {
        assertEquals(
                "batch must have the 16 columns of the training features, had 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Mahalanobis.defaults().fit(TRAIN).explain(Nd4j.ones(1, 2)))
                        .getMessage());
    }
}
