package touchstone.unlearn.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class ExactRemovalTest {
    @Test
    void oneStepOfRidgeIsRetraining() {
        for (GoldenCase c : GoldenCase.of("unlearn_exact", "ridge_removal_.*", 2)) {
            RidgeModel model = RidgeModel.fit(Golden.matrix(c.input().get("X")), c.in("y"), c.number("l2"));
            int[] gone = Golden.integers(c.input().get("remove"));
            c.assertClose("theta", model.theta());
            c.assertClose("theta_newton", model.forget(gone).theta());
            c.assertClose("theta_retrain", model.retrain(gone).theta());
            assertArrayEquals(model.retrain(gone).theta(), model.forget(gone).theta(), 1e-12);
        }
    }

    @Test
    void oneStepOfLogisticRegressionComesClose() {
        for (GoldenCase c : GoldenCase.of("unlearn_exact", "logistic_newton_removal_.*", 2)) {
            LogisticModel model =
                    LogisticModel.fit(Golden.matrix(c.input().get("X")), c.in("y"), c.number("l2_per_example"));
            int[] gone = Golden.integers(c.input().get("remove"));
            LogisticModel retrained = model.retrain(gone);
            LogisticModel.Removal removal = model.forget(gone);
            c.assertClose("theta", model.theta());
            c.assertClose("theta_retrain", retrained.theta());
            c.assertClose("theta_newton", removal.model().theta());
            c.assertClose("gradient_residual_norm", removal.residual());
            c.assertClose("dist_before", model.distance(retrained));
            c.assertClose("dist_after", removal.model().distance(retrained));
            assertTrue(removal.residual() < removal.moved() * 10);
        }
    }

    @Test
    void messagesNameWhatToForget() {
        RidgeModel model = RidgeModel.fit(new double[][] {{1}, {2}}, new double[] {1, 2}, 0.1);
        var e = assertThrows(IllegalArgumentException.class, () -> model.forget());
        assertEquals("forget must not be empty, had 0 elements", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> model.forget(0, 1));
        assertEquals("forget must leave rows to learn from, named all 2", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> model.forget(2));
        assertEquals("forget[0] must lie in [0, 2), was 2", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class, () -> LogisticModel.fit(new double[][] {{1}}, new double[] {0}, 0.1));
        assertEquals("y[0] must be -1 or 1, was 0.0", e.getMessage());
    }
}
