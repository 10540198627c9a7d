package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

class ClassGaussianMixtureTest {
    private static final double[][] CORNERS = {{0, 0}, {20, 0}, {0, 20}, {20, 20}};

    /** Class 0 at two opposite corners, class 1 at the other two: no single Gaussian a class tells them apart. */
    private static Batch crossed(int n) {
        RandomGenerator rng = Seeds.rng(1, "crossed");
        var x = new double[n][2];
        var y = new int[n];
        for (int i = 0; i < n; i++) {
            int corner = i % 4;
            y[i] = corner == 0 || corner == 3 ? 0 : 1;
            x[i][0] = CORNERS[corner][0] + rng.nextGaussian();
            x[i][1] = CORNERS[corner][1] + rng.nextGaussian();
        }
        return Batch.of(Nd4j.createFromArray(x)).withLabels(y);
    }

    @ParameterizedTest
    @EnumSource(Covariance.class)
    void findsTheGroupsOfAClassAndClassifies(Covariance kind) {
        Batch train = crossed(400);
        ClassDensities fitted =
                ClassGaussianMixture.defaults().withCovariance(kind).densities(train);
        assertArrayEquals(new int[] {0, 1}, fitted.classes());
        GaussianMixture zero = fitted.mixture(0);
        assertArrayEquals(new double[] {0.5, 0.5}, zero.weights(), 1e-6); // twenty deviations apart
        int low = zero.mean(0)[0] < 10 ? 0 : 1;
        assertArrayEquals(new double[] {0, 0}, zero.mean(low), 0.4); // four standard errors of 100 rows
        assertArrayEquals(new double[] {20, 20}, zero.mean(1 - low), 0.4);
        assertEquals(1, zero.covariance(0)[0][0], 0.6); // four standard errors of a variance of 100 rows
        assertArrayEquals(train.labels(), fitted.classify(train));
    }

    /** Each step of expectation maximisation raises the likelihood; the ridge, as small as it is, costs next to nothing. */
    @ParameterizedTest
    @EnumSource(Covariance.class)
    void everyStepRaisesTheLikelihood(Covariance kind) {
        double[][] x = Golden.csv("ood/synth/train_features.csv");
        int[] groups = KMeans.groups(x, 3, Seeds.rng(1, "start"));
        var shares = new double[x.length][3];
        for (int i = 0; i < x.length; i++) {
            shares[i][groups[i]] = 1;
        }
        GaussianMixture mixture = GaussianMixture.of(x, shares, 1e-9, kind);
        double before = likelihood(mixture, x);
        for (int step = 0; step < 30; step++) {
            mixture = mixture.step(x, 1e-9, kind);
            double after = likelihood(mixture, x);
            assertTrue(after >= before - 1e-6, before + " then " + after);
            before = after;
        }
    }

    private static double likelihood(GaussianMixture mixture, double[][] x) {
        return Arrays.stream(x).mapToDouble(mixture::logDensity).sum();
    }

    /** Two classes of one standard normal each, at 0 and 2, in the ratio 3 to 1: log densities by hand. */
    @Test
    void densitiesByHand() {
        GaussianMixture at0 = normal(0);
        GaussianMixture at2 = normal(2);
        ClassDensities densities = ClassDensities.of(new int[] {4, 9}, new double[] {0.75, 0.25}, List.of(at0, at2));
        Batch batch = Batch.of(Nd4j.createFromArray(new double[][] {{1}, {1 + Math.log(3) / 2 + 1e-9}, {3}}));
        double level = -0.5 * Math.log(2 * Math.PI);
        assertArrayEquals(
                new double[] {Math.log(0.75) + level - 0.5, Math.log(0.25) + level - 0.5},
                densities.logDensities(batch)[0],
                1e-12);
        assertArrayEquals(new int[] {4, 9, 9}, densities.classify(batch)); // the classes meet at 1 + log(3) / 2
        assertArrayEquals(
                new double[] {1, Math.pow(1 - Math.log(3) / 2, 2), 1},
                densities.scorer(ClassGaussianMixture.Aggregate.MIN_MAHALANOBIS).score(batch),
                1e-8);
        assertEquals(
                -level + 0.5,
                densities.scorer(ClassGaussianMixture.Aggregate.LOG_DENSITY).score(batch)[0],
                1e-12);
    }

    /** With one component a step is the mean and the covariance over n, in few columns and in many. */
    @ParameterizedTest
    @ValueSource(ints = {3, 64, 65, 80})
    void oneComponentIsTheSampleMoments(int d) {
        RandomGenerator rng = Seeds.rng(2, "moments");
        double[][] x = new double[200][];
        Arrays.setAll(x, i -> rng.doubles(d, -1, 2).toArray());
        var shares = new double[200][1];
        Arrays.stream(shares).forEach(row -> row[0] = 1);
        GaussianMixture fitted = GaussianMixture.of(x, shares, 0.5, Covariance.FULL);
        double[] mean = Vectors.mean(x);
        assertArrayEquals(mean, fitted.mean(0), 1e-12);
        for (int a = 0; a < d; a += 7) {
            for (int b = 0; b < d; b++) {
                double sum = a == b ? 0.5 : 0;
                for (double[] row : x) {
                    sum += (row[a] - mean[a]) * (row[b] - mean[b]) / 200;
                }
                assertEquals(sum, fitted.covariance(0)[a][b], 1e-12);
            }
        }
    }

    private static GaussianMixture normal(double mean) {
        return GaussianMixture.of(new double[] {1}, new double[][] {{mean}}, new double[][][] {{{1}}});
    }

    @Test
    void badParametersAreNamed() {
        assertEquals(
                "weights must add to 1, added to 0.5",
                refused(() -> GaussianMixture.of(new double[] {0.5}, new double[1][1], new double[][][] {{{1}}})));
        assertEquals(
                "ridge must be large enough for covariances to be positive definite, the pivot of column 0 was 0.0",
                refused(() -> GaussianMixture.of(new double[] {1}, new double[1][1], new double[][][] {{{0}}})));
        assertEquals(
                "a row of features and a mean must be of equal length, were 2 and 1",
                refused(() -> ClassDensities.of(new int[1], new double[] {1}, List.of(normal(0)))
                        .classify(Batch.of(Nd4j.ones(1, 2)))));
        assertEquals(
                "priors[0] must be a finite number above 0, was 0.0",
                refused(() -> ClassDensities.of(new int[1], new double[1], List.of(normal(0)))));
    }

    private static String refused(org.junit.jupiter.api.function.Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
