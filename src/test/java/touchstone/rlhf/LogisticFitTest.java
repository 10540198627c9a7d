package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.rlhf.preference.SparseRows;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class LogisticFitTest {
    @Test
    void linearFitAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_bt", "linear.*", 2)) {
            double[][] d = Golden.matrix(c.input().get("feature_difference"));
            double[] w = c.in("w");
            double l2 = c.number("l2");
            var fit = new LogisticFit(SparseRows.of(d), l2);
            c.assertClose("loss", fit.loss(w));
            c.assertClose("gradient", fit.gradient(w));
            var hessian = new double[w.length][];
            for (int j = 0; j < w.length; j++) {
                var unit = new double[w.length];
                unit[j] = 1;
                hessian[j] =
                        fit.hessianTimes(fit.curvature(SparseRows.of(d).times(w)), unit); // symmetric: columns are rows
            }
            c.assertRows("hessian", hessian);
            double[] optimum = LinearRewardModel.weights(d, l2);
            c.assertClose("w_optimum", optimum);
            c.assertClose("loss_optimum", fit.loss(optimum));
        }
    }

    @Test
    void separablePairsNeedAPenalty() {
        double[][] apart = {{1, 0.5}, {2, -1}, {0.3, 0.1}};
        assertEquals(
                "the pairs are separable: some direction puts all 3 in order, so without a penalty the optimum is at"
                        + " infinity; give l2 above 0",
                message(() -> LinearRewardModel.weights(apart, 0)));
        // the second column is 1 and -1 for equal first ones: no direction but the first column's tells them apart, and
        // it ties
        double[][] ties = {{0, 1}, {0, -1}, {1, 1}, {2, 1}};
        assertTrue(
                message(() -> LinearRewardModel.weights(ties, 0)).startsWith("the pairs are separable but for ties"));
        assertEquals(
                "l2 must be a finite number of 0 or more, was -1.0",
                message(() -> LinearRewardModel.weights(apart, -1)));
    }

    /** One feature, 3 of 4 pairs for it: sigma(w) = 3 / 4. */
    @Test
    void withoutAPenaltyTheOptimumIsTheLikelihoods() {
        double[][] d = {{1}, {1}, {1}, {-1}};
        assertEquals(Math.log(3), LinearRewardModel.weights(d, 0)[0], 1e-9); // gradients below 1e-10, curvature 3 / 16
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
