package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class LogisticFitTest {
    @Test
    void linearFitAgreesWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_bt", "linear.*", 2)) {
            double[][] d = Golden.matrix(c.input().get("feature_difference"));
            double[] w = c.in("w");
            double l2 = c.number("l2");
            var fit = new LogisticFit(Arrays.stream(d).map(SparseRow::of).toList(), w.length, l2);
            c.close("loss", fit.loss(w));
            c.close("gradient", fit.gradient(w));
            var hessian = new double[w.length][];
            for (int j = 0; j < w.length; j++) {
                var unit = new double[w.length];
                unit[j] = 1;
                hessian[j] = fit.hessianTimes(fit.curvature(w), unit); // symmetric: columns are rows
            }
            c.closeRows("hessian", hessian);
            double[] optimum = LinearRewardModel.weights(d, l2);
            c.close("w_optimum", optimum);
            c.close("loss_optimum", fit.loss(optimum));
        }
    }

    @Test
    void aPenaltyIsNeeded() {
        assertEquals(
                "l2 must be a finite number above 0, was 0.0",
                assertThrows(IllegalArgumentException.class, () -> LinearRewardModel.weights(new double[1][1], 0))
                        .getMessage());
    }
}
