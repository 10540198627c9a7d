package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Cfc;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Steps;

class CfcTest {
    @Test
    void gradientsAgreeWithCentralDifferences() {
        double[][] x = GradientCheck.normal(3, 8, 4);
        GradientCheck.assertGradients(
                x, Pass.evaluation(), true, GradientCheck.mixture(2), new Steps(4), new Cfc(5, 4, 0.7));
        GradientCheck.assertGradients(
                x, Pass.evaluation(), true, GradientCheck.mixture(2), new Steps(4), Cfc.of(3, 4), Dense.of(2));
    }

    /** The paper's formula in scalars, state by state. */
    @Test
    void followsTheClosedForm() {
        int units = 3;
        int steps = 4;
        double span = 1.6;
        Network network = Network.of(Cpu.doubles(1), 6, 8, new Steps(steps), new Cfc(units, steps, span));
        double[][] x = GradientCheck.normal(2, 8, 7);
        double[][] y = network.logits(network.tensor(x)).toMatrix();
        List<Parameter> p = network.parameters();
        for (int i = 0; i < 2; i++) {
            var h = new double[units];
            for (int t = 0; t < steps; t++) {
                var next = new double[units];
                for (int u = 0; u < units; u++) {
                    double f = head(p, u, x[i], t, h);
                    double g = Math.tanh(head(p, units + u, x[i], t, h));
                    double k = Math.tanh(head(p, 2 * units + u, x[i], t, h));
                    double s = 1 / (1 + Math.exp(f * span));
                    next[u] = s * g + (1 - s) * k;
                }
                h = next;
                assertArrayEquals(h, y[i * steps + t], 1e-13); // double in both
            }
        }
    }

    private static double head(List<Parameter> p, int column, double[] x, int t, double[] h) {
        double sum = p.get(1).value().get(0, column);
        for (int d = 0; d < 2; d++) {
            sum += x[2 * t + d] * p.get(0).value().get(d, column);
        }
        for (int u = 0; u < h.length; u++) {
            sum += h[u] * p.get(2).value().get(u, column);
        }
        return sum;
    }

    @Test
    void aVanishingSpanGivesTheMiddleOfTheTwoStates() {
        double[][] x = GradientCheck.normal(2, 2, 7);
        Network network = Network.of(Cpu.doubles(1), 6, 2, new Cfc(3, 1, 1e-12));
        double[][] y = network.logits(network.tensor(x)).toMatrix();
        List<Parameter> p = network.parameters();
        for (int i = 0; i < 2; i++) {
            for (int u = 0; u < 3; u++) {
                double g = Math.tanh(head(p, 3 + u, x[i], 0, new double[3]));
                double k = Math.tanh(head(p, 6 + u, x[i], 0, new double[3]));
                assertEquals((g + k) / 2, y[i][u], 1e-11); // the gate is off one half by about span
            }
        }
    }

    @Test
    void badShapesAndOptionsAreNamed() {
        Network network = Network.of(Cpu.floats(1), 2, 3, Cfc.of(5, 4));
        assertMessage(
                "rows must be a multiple of the 4 steps, were 6",
                () -> network.logits(network.tensor(GradientCheck.normal(6, 3, 1))));
        assertMessage("span must be a finite number above 0, was NaN", () -> new Cfc(2, 2, Double.NaN));
        assertMessage("units must be at least 1, was 0", () -> Cfc.of(0, 2));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
