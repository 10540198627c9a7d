package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.stats.KolmogorovSmirnov;
import touchstone.util.Seeds;

class ConformalLawsTest {
    private static final int CLASSES = 4;

    /** Rows whose labels follow the probabilities' squares, so that the model is over-modest; groups by the label's parity. */
    @SuppressWarnings("ArrayRecordComponent") // read only
    private record World(ClassRows rows, int[] labels, int[] groups) {
        static World draw(RandomGenerator rng, int n) {
            var p = new double[n][CLASSES];
            var labels = new int[n];
            var groups = new int[n];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    p[i][c] = -Math.log(1 - rng.nextDouble());
                }
                double sum = Arrays.stream(p[i]).sum();
                p[i] = Arrays.stream(p[i]).map(v -> v / sum).toArray();
                labels[i] = squared(p[i], rng);
                groups[i] = labels[i] % 2;
            }
            ClassRows rows = ClassRows.of(p).withDraws(rng.doubles(n).toArray()).withGroups(groups);
            return new World(rows, labels, groups);
        }

        private static int squared(double[] p, RandomGenerator rng) {
            double left = rng.nextDouble() * Arrays.stream(p).map(v -> v * v).sum();
            int c = 0;
            while (c < p.length - 1 && left >= p[c] * p[c]) {
                left -= p[c] * p[c];
                c++;
            }
            return c;
        }
    }

    static Stream<ClassScore> exactScores() { // without ties: APS puts a lump on its last class
        return Stream.of(
                ClassScore.lac(),
                ClassScore.margin(),
                ClassScore.aps().withRandomised(),
                ClassScore.raps(1, 0.1).withRandomised());
    }

    /** 4,000 draws of 25 calibration rows and one more: misses are binomial at 1 - k / (n + 1) = 2 / 26; both tails 0.0005. */
    @ParameterizedTest
    @MethodSource("exactScores")
    void coversAsOftenAsSaid(ClassScore score) {
        int draws = 4000;
        int misses = 0;
        for (int r = 0; r < draws; r++) {
            RandomGenerator rng = Seeds.rng(1, "cover", r);
            World calibration = World.draw(rng, 25);
            World one = World.draw(rng, 1);
            var fitted = new SplitConformalClassifier(score, 0.1)
                    .fit(calibration.rows().withGroups(new int[25]), calibration.labels());
            misses += fitted.predict(one.rows().withGroups(0)).contains(0, one.labels()[0]) ? 0 : 1;
        }
        var law = new BinomialDistribution(null, draws, 2 / 26.0);
        assertTrue(law.cumulativeProbability(misses) > 0.0005, score + " missed " + misses);
        assertTrue(1 - law.cumulativeProbability(misses - 1) > 0.0005, score + " missed " + misses);
    }

    /** Within groups and within classes each the promise holds, where the pooled sets favour the easy ones. */
    @Test
    void groupsAndClassesAreCoveredEach() {
        var byGroup = new int[2];
        var byClass = new int[CLASSES];
        var rows = new int[CLASSES];
        var groups = new int[2];
        var options = SplitConformalClassifier.defaults().withAlpha(0.2);
        for (int r = 0; r < 500; r++) {
            RandomGenerator rng = Seeds.rng(2, "mondrian", r);
            World calibration = World.draw(rng, 60);
            World test = World.draw(rng, 10);
            boolean[] g = options.fit(calibration.rows(), calibration.labels())
                    .predict(test.rows())
                    .covered(test.labels());
            boolean[] c = options.fitByClass(calibration.rows(), calibration.labels())
                    .predict(test.rows())
                    .covered(test.labels());
            for (int i = 0; i < g.length; i++) {
                groups[test.groups()[i]]++;
                rows[test.labels()[i]]++;
                byGroup[test.groups()[i]] += g[i] ? 1 : 0;
                byClass[test.labels()[i]] += c[i] ? 1 : 0;
            }
        }
        for (int k = 0; k < 2; k++) {
            assertTrue(byGroup[k] >= 0.77 * groups[k], "group " + k); // 0.8 less 3 errors of rows in batches of 10
        }
        for (int k = 0; k < CLASSES; k++) {
            assertTrue(byClass[k] >= 0.77 * rows[k], "class " + k);
        }
    }

    /** A group or class without enough calibration rows gets all classes. */
    @Test
    void tooFewCalibrationRowsGiveFullSets() {
        World few = World.draw(Seeds.rng(3, "few"), 8);
        var fitted = SplitConformalClassifier.defaults().fit(few.rows().withGroups(new int[8]), few.labels());
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, fitted.quantiles()); // 1 / 0.1 - 1 = 9 are needed
        assertEquals(CLASSES, fitted.predict(few.rows().withGroups(new int[8])).meanSize());
        assertEquals(1, fitted.law(0).mean());
        World more = World.draw(Seeds.rng(3, "more"), 100);
        var grouped = SplitConformalClassifier.defaults().fit(more.rows(), more.labels());
        var unseen = new int[8];
        Arrays.fill(unseen, 5);
        assertEquals(CLASSES, grouped.predict(few.rows().withGroups(unseen)).meanSize());
    }

    /** Sets are the classes whose plain p-value exceeds alpha; smoothed ones of the true class are uniform. */
    @Test
    void pValuesAgreeWithSets() {
        RandomGenerator rng = Seeds.rng(4, "p");
        World calibration = World.draw(rng, 199);
        World test = World.draw(rng, 50);
        var fitted = new SplitConformalClassifier(ClassScore.lac(), 0.15).fit(calibration.rows(), calibration.labels());
        double[][] p = fitted.pValues(test.rows());
        PredictionSets sets = fitted.predict(test.rows());
        for (int i = 0; i < 50; i++) {
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(p[i][c] > 0.15, sets.contains(i, c));
            }
        }
        double[] own = IntStream.range(0, 2000)
                .mapToDouble(r -> {
                    RandomGenerator inner = Seeds.rng(5, "smoothed", r);
                    World w = World.draw(inner, 12);
                    World one = World.draw(inner, 1);
                    return SplitConformalClassifier.defaults()
                            .fit(w.rows().withGroups(new int[12]), w.labels())
                            .smoothedPValues(one.rows().withGroups(0), new double[] {inner.nextDouble()})[0][
                            one.labels()[0]];
                })
                .toArray();
        assertTrue(KolmogorovSmirnov.limit(own, x -> x).pValue() > 0.001);
    }

    /** By hand: 2 of 4 above, 1 equal. */
    @Test
    void pValuesByHand() {
        var law = ConformalPValues.from(new double[] {3, 1, 2, 4});
        assertEquals(4 / 5.0, law.of(2));
        assertEquals((2 + 0.25 * 2) / 5, law.smoothed(2, 0.25), 1e-15);
        assertEquals(1 / 5.0, law.of(9));
        assertEquals(1, ConformalPValues.from(new double[0]).of(9));
    }

    @Test
    void scoresByHand() {
        double[] p = {0.2, 0.5, 0.3};
        assertArrayEquals(new double[] {0.8, 0.5, 0.7}, ClassScore.lac().of(p, 1), 1e-15);
        assertArrayEquals(new double[] {1, 0.5, 0.8}, ClassScore.aps().of(p, 1), 1e-15);
        assertArrayEquals(
                new double[] {0.85, 0.125, 0.575},
                ClassScore.aps().withRandomised().of(p, 0.25),
                1e-15);
        assertArrayEquals(new double[] {1.2, 0.5, 0.9}, ClassScore.raps(1, 0.1).of(p, 1), 1e-15);
        assertArrayEquals(new double[] {0.3, -0.2, 0.2}, ClassScore.margin().of(p, 1), 1e-15);
    }

    /** Many classes are sorted in another way than few: the same sums, ties by the lower class. */
    @Test
    void manyClassesScoreAsFew() {
        var p = new double[100];
        Arrays.fill(p, 0.25 / 98);
        p[70] = 0.5;
        p[20] = 0.25;
        double[] score = ClassScore.aps().of(p, 1);
        assertEquals(0.5, score[70], 1e-15);
        assertEquals(0.75, score[20], 1e-15);
        assertEquals(0.75 + 0.25 / 98, score[0], 1e-12);
        assertEquals(0.75 + 2 * 0.25 / 98, score[1], 1e-12);
        assertEquals(1, score[99], 1e-12);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "probabilities[0] must sum to 1, summed to 0.9",
                refused(() -> ClassRows.of(new double[][] {{0.9, 0}})));
        assertEquals(
                "probabilities[1][0] must lie in [0, 1], was NaN",
                refused(() -> ClassRows.of(new double[][] {{1, 0}, {Double.NaN, 0}})));
        ClassRows rows = ClassRows.of(new double[][] {{1, 0}});
        assertEquals(
                "a randomised score needs a draw a row: give withDraws 1 of them, had 0",
                refused(() -> SplitConformalClassifier.defaults()
                        .withScore(ClassScore.aps().withRandomised())
                        .fit(rows, new int[] {0})));
        assertEquals("labels[0] must lie in [0, 2), was 2", refused(() -> SplitConformalClassifier.defaults()
                .fit(rows, new int[] {2})));
        assertEquals("rows must not be empty, had 0 elements", refused(() -> SplitConformalClassifier.defaults()
                .fit(new double[0][], new int[0])));
        assertEquals(
                "a row and a calibration row must be of equal length, were 1 and 2",
                refused(() -> SplitConformalClassifier.defaults()
                        .fit(rows, new int[] {0})
                        .predict(new double[][] {{1}})));
        assertEquals("only APS and RAPS can be randomised, was LAC", refused(() -> ClassScore.lac()
                .withRandomised()));
        assertEquals(
                "alpha must lie in (0, 1), was NaN",
                refused(() -> new SplitConformalClassifier(ClassScore.lac(), Double.NaN)));
        assertEquals("groups[0] must be at least 0, was -1", refused(() -> rows.withGroups(-1)));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
