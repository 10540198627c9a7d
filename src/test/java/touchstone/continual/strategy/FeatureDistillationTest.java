package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.optim.Sgd;

class FeatureDistillationTest {
    private static final double RATE = 0.1;
    private static final double STRENGTH = 3;
    private static final int[] ROWS = {0, 1, 2};

    private final Network network = Network.of(Cpu.doubles(1), 4, 2, Dense.of(5), Activate.tanh(), Dense.of(3));
    private final Descent descent = Descent.of(network, new Sgd(0, 0), RATE, 1);
    private final Labelled first =
            new Labelled(network.tensor(new double[][] {{1, 0}, {0, 1}, {1, 1}}), new int[] {0, 1, 0});
    private final Labelled second =
            new Labelled(network.tensor(new double[][] {{-1, 0}, {0.5, -1}, {2, 1}}), new int[] {2, 2, 1});

    private static double objective(Network network, double[][] old, Labelled task) {
        double loss = network.loss(task.x(), ROWS, CrossEntropy.of(task.labels()));
        double[][] now = network.features(task.x()).toMatrix();
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            for (int j = 0; j < now[i].length; j++) {
                sum += (now[i][j] - old[i][j]) * (now[i][j] - old[i][j]);
            }
        }
        return loss + STRENGTH * sum / (now.length * now[0].length);
    }

    /** The second step of the second task, where old and new features differ, against central differences. */
    @Test
    void stepsDownTheSlopeOfBothTerms() {
        Strategy.Learner learner = new FeatureDistillation(STRENGTH).start(descent);
        learner.step(first, ROWS);
        learner.end(first);
        assertEquals(descent.size(), learner.stored());
        double[][] old = network.features(second.x()).toMatrix();
        learner.step(second, ROWS);
        double[] theta = descent.values();
        double loss = learner.step(second, ROWS);
        double[] stepped = descent.values();
        double h = 1e-5;
        for (int i = 0; i < theta.length; i++) {
            double[] moved = theta.clone();
            moved[i] += h;
            descent.setValues(moved);
            double up = objective(network, old, second);
            moved[i] -= 2 * h;
            descent.setValues(moved);
            double slope = (up - objective(network, old, second)) / (2 * h);
            assertEquals(theta[i] - RATE * slope, stepped[i], 1e-9, "parameter " + i); // error of order h^2
        }
        descent.setValues(theta);
        assertEquals(objective(network, old, second), loss, 1e-12);
    }

    /** With a local softmax only the biases of the task's classes move. */
    @Test
    void localSoftmaxLeavesOtherClassesAlone() {
        Tensor bias = network.head().get(1).value();
        double before = bias.get(0, 0);
        Strategy.Learner learner = new LocalSoftmax(new Naive()).start(descent);
        learner.step(second, ROWS);
        assertEquals(before, bias.get(0, 0), 0);
        assertTrue(bias.get(0, 1) != bias.get(0, 2));
        Strategy.Learner full = new Naive().start(descent);
        full.step(second, ROWS);
        assertTrue(bias.get(0, 0) < before, "the softmax over all classes pushes the absent one down");
    }
}
