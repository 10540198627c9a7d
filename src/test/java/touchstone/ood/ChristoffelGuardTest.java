package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.ood.threshold.Threshold;
import touchstone.ood.threshold.ThresholdCalibrator;
import touchstone.util.Seeds;

class ChristoffelGuardTest {
    /** Points about a circle of radius 3 with deviation 0.3. */
    private static double[][] ring(int n, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "ring");
        var x = new double[n][2];
        for (double[] row : x) {
            double angle = 2 * Math.PI * rng.nextDouble();
            double radius = 3 + 0.3 * rng.nextGaussian();
            row[0] = radius * Math.cos(angle);
            row[1] = radius * Math.sin(angle);
        }
        return x;
    }

    private static double[] scores(ChristoffelGuard guard, double[][] train, double[][] test) {
        return guard.fit(Batch.of(Nd4j.createFromArray(train))).score(Batch.of(Nd4j.createFromArray(test)));
    }

    /** The definition with plain monomials 1, x, y, x^2, xy, y^2 and an LU inverse: the basis does not matter. */
    @Test
    void agreesWithTheDefinition() {
        double[][] train = ring(200, 1);
        double[][] test = ring(20, 2);
        RealMatrix v = new Array2DRowRealMatrix(
                Arrays.stream(train).map(ChristoffelGuardTest::monomials).toArray(double[][]::new));
        RealMatrix inverse = new LUDecomposition(v.transpose().multiply(v).scalarMultiply(1 / 200.0))
                .getSolver()
                .getInverse();
        double[] actual = scores(ChristoffelGuard.ofDegree(2), train, test);
        for (int i = 0; i < test.length; i++) {
            double[] m = monomials(test[i]);
            double expected = Vectors.dot(m, inverse.operate(m));
            assertEquals(expected, actual[i], 1e-9 * expected); // the plain basis is worse conditioned
        }
    }

    private static double[] monomials(double[] p) {
        return new double[] {1, p[0], p[1], p[0] * p[0], p[0] * p[1], p[1] * p[1]};
    }

    @Test
    void degreeOneIsMahalanobisAndTheMeanCountsMonomials() {
        double[][] x = ring(300, 3);
        double[] linear = scores(ChristoffelGuard.ofDegree(1), x, x);
        double[] distances = Mahalanobis.defaults()
                .fit(Nd4j.createFromArray(x), new int[300])
                .score(Nd4j.createFromArray(x));
        assertArrayEquals(distances, Arrays.stream(linear).map(s -> s - 1).toArray(), 1e-9);
        assertEquals(
                15,
                Arrays.stream(scores(ChristoffelGuard.ofDegree(4), x, x))
                        .average()
                        .orElse(0),
                1e-6);
    }

    /** An affine map of the features changes no score. */
    @Test
    void affineMapsDoNotMatter() {
        double[][] x = ring(150, 4);
        double[][] mapped = Arrays.stream(x)
                .map(p -> new double[] {1e3 * (2 * p[0] + p[1]) - 7, 1e3 * (p[0] - p[1]) + 5})
                .toArray(double[][]::new);
        double[] plain = scores(ChristoffelGuard.ofDegree(3), x, x);
        double[] moved = scores(ChristoffelGuard.ofDegree(3), mapped, mapped);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(plain[i], moved[i], 1e-7 * plain[i]); // two eigenvalue problems
        }
    }

    @Test
    void theHoleOfARingIsOutside() {
        double[][] hole = {{0, 0}, {0.5, 0.5}, {-1, 0}};
        Scorer guard = ChristoffelGuard.ofDegree(4).fit(Batch.of(Nd4j.createFromArray(ring(500, 5))));
        Threshold threshold = ThresholdCalibrator.atFalseAlarmRate(0.05)
                .fit(guard.score(Batch.of(Nd4j.createFromArray(ring(400, 6)))));
        for (double s : guard.score(Batch.of(Nd4j.createFromArray(hole)))) {
            assertTrue(s > threshold.value(), s + " in the hole");
        }
        Scorer ellipse = ChristoffelGuard.ofDegree(1).fit(Batch.of(Nd4j.createFromArray(ring(500, 5))));
        assertTrue(ellipse.score(Batch.of(Nd4j.createFromArray(hole)))[0] < 1.1); // the mean is its deepest point
    }

    /** Points exactly on a circle: the moment matrix is singular, scores stay finite and leave the circle at once. */
    @Test
    void dataOnASurface() {
        var circle = new double[60][];
        for (int i = 0; i < 60; i++) {
            circle[i] = new double[] {Math.cos(i), Math.sin(i)};
        }
        double[] on = scores(ChristoffelGuard.defaults(), circle, circle);
        double[] off = scores(ChristoffelGuard.defaults(), circle, new double[][] {{0.9, 0}, {0, 0}});
        assertTrue(Arrays.stream(on).max().orElse(0) < 10);
        assertTrue(Arrays.stream(off).min().orElse(0) > 1e6);
    }

    @Test
    void tooManyMonomialsAreRefused() {
        RandomGenerator rng = Seeds.rng(7, "cloud");
        double[][] cloud = Stream.generate(
                        () -> DoubleStream.generate(rng::nextGaussian).limit(6).toArray())
                .limit(120)
                .toArray(double[][]::new);
        assertEquals(
                "degree must give at most 120 monomials with 120 training rows, was 4: 210 monomials over 6"
                        + " directions; lower it or take fewer features",
                assertThrows(IllegalArgumentException.class, () -> ChristoffelGuard.ofDegree(4)
                                .fit(Batch.of(Nd4j.createFromArray(cloud))))
                        .getMessage());
        assertEquals(
                "degree must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> ChristoffelGuard.ofDegree(0))
                        .getMessage());
    }
}
