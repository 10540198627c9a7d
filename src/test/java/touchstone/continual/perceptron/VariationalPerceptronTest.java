package touchstone.continual.perceptron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class VariationalPerceptronTest {
    private static double[][] rows(int n, int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "patterns");
        var rows = new double[n][d];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> rng.nextBoolean() ? 1 : -1);
        }
        return rows;
    }

    private static VariationalPerceptron random(int d, double scale, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "fields");
        return VariationalPerceptron.of(
                rng.doubles(d).map(v -> scale * (2 * v - 1)).toArray());
    }

    private static int[] labels(VariationalPerceptron teacher, double[][] rows) {
        return Arrays.stream(rows).mapToInt(teacher::label).toArray();
    }

    @Test
    void gradientAgreesWithCentralDifferences() {
        int d = 9;
        double[][] x = rows(7, d, 1);
        int[] y = labels(random(d, 1, 2), x);
        VariationalPerceptron prior = random(d, 1, 3);
        VariationalPerceptron at = random(d, 1.5, 4);
        for (double weight : new double[] {0, 0.4, 1}) {
            double[] found = prior.gradient(at, x, y, weight);
            for (int i = 0; i < d; i++) {
                double step = 1e-5;
                double[] up = at.fields();
                double[] down = at.fields();
                up[i] += step;
                down[i] -= step;
                double expected = (prior.freeEnergy(VariationalPerceptron.of(up), x, y, weight)
                                - prior.freeEnergy(VariationalPerceptron.of(down), x, y, weight))
                        / (2 * step);
                assertEquals(expected, found[i], 1e-8 * (1 + Math.abs(expected))); // step squared, times 100
            }
        }
    }

    /** The divergence of the posterior from its prior by the definition, over both values of each weight. */
    @Test
    void divergenceIsThatOfTheDistributions() {
        int d = 6;
        VariationalPerceptron prior = random(d, 2, 5);
        VariationalPerceptron q = random(d, 2, 6);
        double expected = 0;
        for (int i = 0; i < d; i++) {
            for (int w = -1; w <= 1; w += 2) {
                double p = (1 + w * prior.magnetisations()[i]) / 2;
                double r = (1 + w * q.magnetisations()[i]) / 2;
                expected += r * Math.log(r / p);
            }
        }
        double[][] x = rows(3, d, 7);
        int[] y = {1, -1, 1};
        assertEquals(expected, prior.freeEnergy(q, x, y, 1) - prior.freeEnergy(q, x, y, 0), 1e-12);
    }

    @Test
    void logNormalJoinsItsAsymptote() {
        // tabulated: Phi(0) = 1/2, Phi(-1.959963984540054) = 0.025
        assertEquals(Math.log(0.5), VariationalPerceptron.logNormal(0), 1e-15);
        assertEquals(Math.log(0.025), VariationalPerceptron.logNormal(-1.959963984540054), 1e-12);
        // the series is off by 3 / z^4 = 8e-6 at the joint
        assertEquals(VariationalPerceptron.logNormal(-24.999999), VariationalPerceptron.logNormal(-25.000001), 7e-5);
    }

    @Test
    void learnsATeacherAndThePriorKeepsIt() {
        int d = 100;
        var options = VariationalPerceptron.Options.defaults();
        VariationalPerceptron first = random(d, 1, 8);
        VariationalPerceptron second = random(d, 1, 9);
        double[][] x = rows(300, d, 10);
        double[][] z = rows(300, d, 11);
        VariationalPerceptron flat = VariationalPerceptron.flat(d);
        VariationalPerceptron one = flat.learn(x, labels(first, x), options);
        assertTrue(flat.freeEnergy(one, x, labels(first, x), 1) < flat.freeEnergy(flat, x, labels(first, x), 1));
        double[][] test = rows(2000, d, 12);
        double before = error(one, first, test);
        assertTrue(before < 0.25, () -> "error " + before);
        double kept = error(one.learn(z, labels(second, z), options), first, test);
        double lost = error(one.learn(z, labels(second, z), options.withPrior(0)), first, test);
        assertTrue(kept < lost, () -> kept + " with the prior, " + lost + " without");
    }

    private static double error(VariationalPerceptron student, VariationalPerceptron teacher, double[][] test) {
        return Arrays.stream(test)
                        .filter(row -> student.label(row) != teacher.label(row))
                        .count()
                / (double) test.length;
    }

    @Test
    void equalSeedsLearnAlikeAndTheArgumentStays() {
        double[][] x = rows(30, 10, 1);
        int[] y = labels(random(10, 1, 2), x);
        VariationalPerceptron flat = VariationalPerceptron.flat(10);
        var options = VariationalPerceptron.Options.defaults();
        assertArrayEquals(
                flat.learn(x, y, options).fields(), flat.learn(x, y, options).fields(), 0);
        assertArrayEquals(new double[10], flat.fields(), 0);
    }

    @Test
    void badArgumentsAreNamed() {
        VariationalPerceptron flat = VariationalPerceptron.flat(2);
        var options = VariationalPerceptron.Options.defaults();
        assertMessage("rows must not be empty, had 0 elements", () -> flat.learn(new double[0][], new int[0], options));
        assertMessage(
                "labels[0] must be -1 or 1, was 0", () -> flat.learn(new double[][] {{1, 1}}, new int[] {0}, options));
        assertMessage("prior must be a finite number of 0 or more, was NaN", () -> options.withPrior(Double.NaN));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
