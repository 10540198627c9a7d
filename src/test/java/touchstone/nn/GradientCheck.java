package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.Loss;
import touchstone.util.Seeds;

/** Compares every gradient of a network, by parameters and by inputs, with central differences in double. */
final class GradientCheck {
    /** Step of the differences: its square, times third derivatives of order 1, is the error; rounding adds 1e-16 / 1e-5. */
    private static final double STEP = 1e-5;

    /** Relative to 1 + |gradient|: a hundred times the error of the differences above. */
    private static final double TOLERANCE = 1e-8;

    private GradientCheck() {}

    /** Normal numbers, [n, d]. */
    static double[][] normal(int n, int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "normal");
        var rows = new double[n][d];
        for (double[] row : rows) {
            for (int j = 0; j < d; j++) {
                row[j] = rng.nextGaussian();
            }
        }
        return rows;
    }

    static int[] all(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }

    /** A fixed random weighting of all outputs, plus half their squares: every output matters, none alike. */
    static Loss mixture(long seed) {
        return (y, examples, weight, gradient) -> {
            RandomGenerator rng = Seeds.rng(seed, "mixture");
            double sum = 0;
            for (int i = 0; i < y.rows(); i++) {
                for (int j = 0; j < y.columns(); j++) {
                    double c = rng.nextGaussian();
                    double v = y.get(i, j);
                    sum += weight * (c * v + 0.5 * v * v);
                    gradient.set(i, j, gradient.get(i, j) + weight * (c + v));
                }
            }
            return sum;
        };
    }

    /** Checks a network of these layers on n inputs, with moved parameters so that no zero start hides a fault. */
    static void assertGradients(double[][] x, Pass pass, boolean byInputs, Loss loss, Layer.Spec... specs) {
        Network network = Network.of(Cpu.doubles(1), 3, x[0].length, specs);
        RandomGenerator rng = Seeds.rng(5, "moved");
        for (Parameter p : network.parameters()) {
            if (p.trained()) {
                nudge(p.value(), rng);
            }
        }
        check(network, network.tensor(x), pass, byInputs, loss);
    }

    private static void nudge(Tensor t, RandomGenerator rng) {
        for (int i = 0; i < t.rows(); i++) {
            for (int j = 0; j < t.columns(); j++) {
                t.set(i, j, t.get(i, j) + 0.1 * rng.nextGaussian());
            }
        }
    }

    private static void check(Network network, Tensor x, Pass pass, boolean byInputs, Loss loss) {
        network.clearGradients();
        Tensor y = network.forward(x, pass);
        Tensor dy = network.backend().zeros(y.rows(), y.columns());
        loss.add(y, all(x.rows()), 1, dy);
        Tensor dx = new Backward(network).through(dy);
        List<String> wrong = new ArrayList<>();
        for (Parameter p : network.parameters()) {
            if (p.trained()) {
                compare(network, x, pass, loss, p.value(), p.gradient(), p.name(), wrong);
            }
        }
        if (byInputs) {
            Tensor kept = network.tensor(dx.toMatrix());
            compare(network, x, pass, loss, x, kept, "input", wrong);
        }
        assertTrue(
                wrong.isEmpty(),
                wrong.size() + " wrong, first " + wrong.stream().limit(5).toList());
    }

    /** Runs the layers back one by one. */
    private record Backward(Network network) {
        Tensor through(Tensor dy) {
            Tensor gradient = dy;
            List<Layer> layers = network.layers();
            for (int i = layers.size() - 1; i >= 0; i--) {
                gradient = layers.get(i).backward(gradient);
            }
            return gradient;
        }
    }

    private static void compare(
            Network network,
            Tensor x,
            Pass pass,
            Loss loss,
            Tensor moved,
            Tensor gradient,
            String name,
            List<String> wrong) {
        for (int i = 0; i < moved.rows(); i++) {
            for (int j = 0; j < moved.columns(); j++) {
                double at = moved.get(i, j);
                moved.set(i, j, at + STEP);
                double up = value(network, x, pass, loss);
                moved.set(i, j, at - STEP);
                double down = value(network, x, pass, loss);
                moved.set(i, j, at);
                double expected = (up - down) / (2 * STEP);
                double found = gradient.get(i, j);
                if (!(Math.abs(found - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
                    wrong.add(name + "[" + i + ", " + j + "]: " + found + " for " + expected);
                }
            }
        }
    }

    private static double value(Network network, Tensor x, Pass pass, Loss loss) {
        Tensor y = network.forward(x, pass);
        return loss.add(y, all(x.rows()), 1, network.backend().zeros(y.rows(), y.columns()));
    }
}
