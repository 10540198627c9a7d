package touchstone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.util.Seeds;

/** Laws of rank metrics over random scores with many ties. */
class RankLawsTest {
    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static double[] scores(RandomGenerator rng, int n, double shift) {
        return DoubleStream.generate(() -> Math.rint(4 * (rng.nextGaussian() + shift)) / 4)
                .limit(n)
                .toArray();
    }

    private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aurocOfNegatedScoresIsTheComplement(long seed) {
        RandomGenerator rng = Seeds.rng(seed, "laws");
        double[] id = scores(rng, 1 + rng.nextInt(50), 0);
        double[] ood = scores(rng, 1 + rng.nextInt(50), 0.7);
        assertEquals(1, Auroc.of(id, ood) + Auroc.of(map(id, x -> -x), map(ood, x -> -x)), 1e-12);
        assertEquals(1, Auroc.of(id, ood) + Auroc.of(ood, id), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aurocIsTheShareOfPairsInOrder(long seed) {
        RandomGenerator rng = Seeds.rng(seed, "pairs");
        double[] id = scores(rng, 1 + rng.nextInt(30), 0);
        double[] ood = scores(rng, 1 + rng.nextInt(30), 0.7);
        double wins = 0;
        for (double a : id) {
            for (double b : ood) {
                wins += b > a ? 1 : b == a ? 0.5 : 0;
            }
        }
        assertEquals(wins / (id.length * ood.length), Auroc.of(id, ood), 0); // halves and one division: exact
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMonotoneMapChangesNoRankMetric(long seed) {
        RandomGenerator rng = Seeds.rng(seed, "monotone");
        double[] id = scores(rng, 1 + rng.nextInt(50), 0);
        double[] ood = scores(rng, 1 + rng.nextInt(50), 0.7);
        double[] id2 = map(id, x -> Math.exp(x) * 1e-3);
        double[] ood2 = map(ood, x -> Math.exp(x) * 1e-3);
        assertEquals(Auroc.of(id, ood), Auroc.of(id2, ood2), 0);
        assertEquals(AveragePrecision.idPositive(id, ood), AveragePrecision.idPositive(id2, ood2), 0);
        assertEquals(FprAtTpr.idPositive(id, ood, 0.95), FprAtTpr.idPositive(id2, ood2, 0.95), 0);
        assertEquals(FprAtTpr.oodPositive(id, ood, 0.9), FprAtTpr.oodPositive(id2, ood2, 0.9), 0);
        assertEquals(DetectionError.equalPriors(id, ood), DetectionError.equalPriors(id2, ood2), 0);
    }

    @Test
    void labelsAndSidesAgreeAndArgumentsAreNotChanged() {
        double[] scores = {3, 1, 2, 2, -0.0, 0.0};
        int[] labels = {1, 0, 1, 0, 0, 1};
        // pairs won by positives {3, 2, 0} over negatives {1, 2, -0}: 3 + (1 + 0.5 + 1) + 0.5 of 9
        assertEquals(6.0 / 9, Auroc.of(scores, labels), 1e-15);
        assertEquals("[3.0, 1.0, 2.0, 2.0, -0.0, 0.0]", Arrays.toString(scores));
        assertEquals(
                "labels[1] must lie in [0, 2), was 2",
                assertThrows(IllegalArgumentException.class, () -> Auroc.of(scores, new int[] {1, 2, 0, 0, 0, 0}))
                        .getMessage());
    }
}
