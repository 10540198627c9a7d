package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.util.Seeds;

class StreamingFitTest {
    private static final Batch TRAIN = DetectorGoldens.synthTrain();
    private static final Batch TEST = DetectorGoldens.synth("ood");

    private static Stream<StreamingDetector> detectors() {
        List<StreamingDetector> streaming = Detectors.ALL.stream()
                .filter(StreamingDetector.class::isInstance)
                .map(StreamingDetector.class::cast)
                .toList();
        assertEquals(
                List.of(
                                "GradNorm",
                                "FDBD",
                                "KLMatching",
                                "Knn",
                                "Mahalanobis",
                                "NCI",
                                "RelativeMahalanobis",
                                "SHE",
                                "Ssd")
                        .stream()
                        .sorted()
                        .toList(),
                streaming.stream().map(Detector::name).sorted().toList());
        return Stream.concat(
                streaming.stream(),
                Stream.of(
                        Mahalanobis.defaults().withNormalise(true),
                        Mahalanobis.defaults().withRidge(0.1),
                        new Knn(3, false)));
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTheFitOfAllRows() {
        return detectors()
                .map(d -> dynamicTest(d.toString(), () -> {
                    StreamingFit fit = d.stream();
                    for (int from = 0; from < 200; from += 40) {
                        fit.add(TRAIN.select(range(from, from + 40)));
                    }
                    assertEquals(200, fit.size());
                    double[] expected = d.fit(TRAIN).score(TEST);
                    double[] actual = fit.scorer().score(TEST);
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(
                                expected[i],
                                actual[i],
                                1e-9 * Math.max(1, Math.abs(expected[i]))); // sums rounded or not
                    }
                }));
    }

    /** A thousand rows go in and out again, some twice; what is left is to the bit the fit of the rest in another order. */
    @TestFactory
    Stream<DynamicTest> unlearnsToTheBit() {
        return detectors()
                .map(d -> dynamicTest(d.toString(), () -> {
                    StreamingFit fit = d.stream();
                    int[] order = Seeds.permutation(1000, Seeds.rng(1, "order"));
                    for (int at : order) {
                        fit.add(TRAIN.select(at % 200));
                    }
                    int[] out = Seeds.permutation(1000, Seeds.rng(2, "order"));
                    for (int at : out) {
                        if (at >= 130) {
                            fit.remove(TRAIN.select(at % 200));
                        }
                    }
                    StreamingFit fresh = d.stream();
                    fresh.add(TRAIN.select(
                            IntStream.range(0, 130).map(i -> 129 - i).toArray()));
                    assertEquals(130, fit.size());
                    assertArrayEquals(fresh.scorer().score(TEST), fit.scorer().score(TEST), 0);
                }));
    }

    private static Batch cloud(int n, long seed, double offset, double... scales) {
        RandomGenerator rng = Seeds.rng(seed, "cloud");
        var x = new double[n][scales.length];
        var y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 3;
            for (int j = 0; j < scales.length; j++) {
                x[i][j] = scales[j] * (offset + y[i] + rng.nextGaussian());
            }
        }
        return Batch.of(Nd4j.createFromArray(x)).withLabels(y);
    }

    /** Rows of 1e100 come and go; the rest, of scales 1e-20 to 1e20 or far from the origin, is as if they had never come. */
    @Test
    void hostileScales() {
        for (Batch rest :
                List.of(cloud(60, 1, 0, 1e-20, 1, 1e20), cloud(60, 2, 1e7, 1, 1, 1), cloud(60, 3, 0, 1e-100, 3, 1))) {
            for (StreamingDetector d :
                    List.of(Mahalanobis.defaults(), RelativeMahalanobis.defaults(), Ssd.defaults())) {
                Batch hostile = cloud(1000, 4, 0, 1e100, 1e-100, 1e100);
                StreamingFit fit = d.stream();
                fit.add(hostile.select(range(0, 500)));
                fit.add(rest);
                fit.add(hostile.select(range(500, 1000)));
                fit.remove(hostile);
                StreamingFit fresh = d.stream();
                fresh.add(rest);
                assertArrayEquals(fresh.scorer().score(rest), fit.scorer().score(rest), 0);
            }
        }
    }

    /** Far from the origin naive sums of squares lose all digits; these lose none: variances 2/3 and 1/4 by hand. */
    @Test
    void covariancesHaveNoCancellation() {
        var moments = new ExactMoments(2, true);
        double far = 0x1p40;
        double[][] rows = {{far - 1, far}, {far, far + 1}, {far + 1, far}, {far, far + 1}};
        for (double[] row : rows) {
            moments.add(row, 0, 1);
        }
        assertArrayEquals(new double[] {0.5, 0}, moments.within(0)[0], 0);
        assertArrayEquals(new double[] {0, 0.25}, moments.within(0)[1], 0);
        assertArrayEquals(new double[] {far, far + 0.5}, moments.mean(0), 0);
    }

    @Test
    void sumsAreExactAtAllScales() {
        RandomGenerator rng = Seeds.rng(3, "sums");
        double[] values = new double[2000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.scalb(rng.nextGaussian(), rng.nextInt(-1080, 1020));
        }
        values[0] = Double.MIN_VALUE;
        values[1] = -Double.MAX_VALUE;
        values[2] = Double.MAX_VALUE;
        var sums = new ExactSums(2);
        var exact = java.math.BigDecimal.ZERO;
        for (double v : values) {
            sums.add(1, v);
            exact = exact.add(new java.math.BigDecimal(v));
        }
        assertEquals(exact.doubleValue(), ExactSums.ratio(sums.value(1, sums.unit()), sums.unit(), 1), 0);
        assertEquals(0, sums.value(0, sums.unit()).signum());
        for (double v : values) {
            sums.add(1, -v);
        }
        assertEquals(0, sums.value(1, sums.floor()).signum());
        assertEquals(1.0 / 3, ExactSums.ratio(java.math.BigInteger.ONE, 0, 3), 0);
        assertEquals(-0x1p-1074, ExactSums.ratio(java.math.BigInteger.valueOf(-6), -1074, 6), 0);
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }

    @Test
    void refusesRowsThatWereNotAdded() {
        StreamingFit fit = Mahalanobis.defaults().stream();
        assertEquals("the fit must have rows before it can score, had 0", refused(fit::scorer));
        assertEquals(
                "rows[0] must have been added before it is removed, was in the fit 0 times and asked for 1 times",
                refused(() -> fit.remove(TRAIN.select(5))));
        fit.add(TRAIN.select(range(0, 50)));
        double[] before = fit.scorer().score(TEST);
        assertEquals(
                "rows[1] must have been added before it is removed, was in the fit 0 times and asked for 1 times",
                refused(() -> fit.remove(TRAIN.select(3, 77))));
        assertEquals(
                "rows[1] must have been added before it is removed, was in the fit 1 times and asked for 2 times",
                refused(() -> fit.remove(TRAIN.select(3, 3))));
        Batch other = TRAIN.select(3);
        assertTrue(refused(() -> fit.remove(other.withLabels((other.labels()[0] + 1) % 4)))
                .startsWith("rows[0] must"));
        assertArrayEquals(before, fit.scorer().score(TEST), 0);
        assertEquals(50, fit.size());
    }

    @Test
    void refusesWhatDoesNotFit() {
        StreamingFit fit = FDBD.defaults().stream();
        fit.add(TRAIN.select(1, 2));
        LinearHead other = LinearHead.of(Nd4j.ones(4, 16), Nd4j.zeros(4));
        assertEquals(
                "head must be that of the rows in the fit, had other weights or biases",
                refused(() -> fit.add(TRAIN.select(3).withHead(other))));
        StreamingFit plain = Ssd.defaults().stream();
        plain.add(Batch.of(Nd4j.createFromArray(new double[][] {{1, 2}, {3, 1}, {2, 2}})));
        assertEquals(
                "a row of features and a row in the fit must be of equal length, were 3 and 2",
                refused(() -> plain.add(Batch.of(Nd4j.createFromArray(new double[][] {{1, 2, 3}})))));
        assertEquals(
                "features[0][1] must be below 1.0E150 in size for its square to be summed, was -1.0E200",
                refused(() -> plain.add(Batch.of(Nd4j.createFromArray(new double[][] {{1, -1e200}})))));
    }

    /** A fit that has been emptied starts anew, with other widths if need be. */
    @Test
    void anEmptiedFitStartsAnew() {
        StreamingFit fit = new Knn(1, false).stream();
        Batch narrow = Batch.of(Nd4j.createFromArray(new double[][] {{1}, {2}}));
        fit.add(narrow);
        fit.remove(narrow);
        Batch wide = Batch.of(Nd4j.createFromArray(new double[][] {{3, 4}}));
        fit.add(wide);
        assertEquals(5, fit.scorer().score(Nd4j.createFromArray(new double[][] {{0, 0}}))[0], 1e-15);
    }

    @Test
    void neighboursAreNumberedInOrderOfAdding() {
        StreamingFit fit = new Knn(2, false).stream();
        Batch rows = Batch.of(Nd4j.createFromArray(new double[][] {{0}, {5}, {6}, {9}}))
                .withLabels(7, 8, 8, 9);
        fit.add(rows);
        fit.remove(rows.select(1));
        var scorer = (ExplainingScorer) fit.scorer();
        Explanation e =
                scorer.explain(Nd4j.createFromArray(new double[][] {{7}})).get(0);
        assertEquals(List.of(new Explanation.Neighbour(1, 1, 8), new Explanation.Neighbour(2, 2, 9)), e.neighbours());
        assertEquals(8, e.nearestClass());
        assertTrue(Arrays.equals(new double[] {2}, e.shares()));
    }
}
