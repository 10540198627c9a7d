package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.LinearRewardModel;
import touchstone.stats.Correlation;
import touchstone.util.Logistic;

class AnswerWorldTest {
    private static final AnswerWorld.Options OPTIONS =
            new AnswerWorld.Options(200, 50, 6, new double[] {1, 2}, new double[] {0, 0.6});

    @Test
    void scalesAndCosinesAreThoseAskedFor() {
        AnswerWorld world = AnswerWorld.draw(OPTIONS, 1);
        double[] a = PolicyBatch.flat(world.worth(0));
        double[] b = PolicyBatch.flat(world.worth(1));
        // 10,000 answers: standard errors 0.007, 0.014 and 0.006; five of each
        assertEquals(1, deviation(a), 0.035);
        assertEquals(2, deviation(b), 0.07);
        assertEquals(0.6, Correlation.pearson(a, b), 0.03);
        assertEquals(world.worths()[3][4][1], world.worth(1)[3][4], 0);
    }

    private static double deviation(double[] x) {
        return Math.sqrt(touchstone.stats.Moments.variance(x));
    }

    @Test
    void annotatorsAreBradleyTerry() {
        AnswerWorld world = AnswerWorld.draw(OPTIONS, 2);
        double[] w = LinearRewardModel.weights(world.preferences(1, 20_000, 3), 1e-6);
        double[][] truth = world.worth(1);
        double[][] fitted = world.worth(w);
        // the fit's weights have standard errors near 0.025 each; answers of worth +-4 then differ by about 0.1
        for (int a = 0; a < 50; a++) {
            assertEquals(truth[0][a], fitted[0][a], 0.35);
        }
        long right = Arrays.stream(world.signs(1, 20_000, 4))
                .filter(x -> new double[] {worth(w, x)}[0] > 0)
                .count();
        double expected = Arrays.stream(world.signs(1, 20_000, 5))
                .mapToDouble(x -> Logistic.sigmoid(Math.abs(worth(w, x))))
                .average()
                .orElseThrow();
        assertEquals(expected, right / 20_000.0, 0.02);
    }

    private static double worth(double[] w, double[] x) {
        double sum = 0;
        for (int j = 0; j < w.length; j++) {
            sum += w[j] * x[j];
        }
        return sum;
    }

    @Test
    void gradesFollowTheBorders() {
        AnswerWorld world = AnswerWorld.draw(OPTIONS, 2);
        double[] w = LinearRewardModel.weights(world.preferences(1, 20_000, 3), 1e-6);
        AnswerWorld.Graded graded = world.graded(1, 20_000, 6, 0.5, 1.5);
        for (int level = 1; level <= 2; level++) {
            double border = level - 0.5;
            int least = level;
            long found = Arrays.stream(graded.levels()).filter(l -> l >= least).count();
            double expected = Arrays.stream(graded.features())
                    .mapToDouble(x -> Logistic.sigmoid(worth(w, x) - border))
                    .average()
                    .orElseThrow();
            assertEquals(expected, found / 20_000.0, 0.02); // 5 standard errors of 0.0035, and the fit's own
        }
    }

    @Test
    void equalSeedsGiveEqualWorlds() {
        assertTrue(Arrays.deepEquals(
                AnswerWorld.draw(OPTIONS, 7).features(),
                AnswerWorld.draw(OPTIONS, 7).features()));
        assertTrue(!Arrays.deepEquals(
                AnswerWorld.draw(OPTIONS, 7).features(),
                AnswerWorld.draw(OPTIONS, 8).features()));
    }
}
