package touchstone.continual.hyper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.Sgd;
import touchstone.testing.Differences;
import touchstone.testing.Golden;

class HypernetworkTest {
    private static final Backend BACKEND = Cpu.doubles(1);
    private static final double[][] X = {{0.5, -1}, {2, 0.3}, {-0.7, 1.1}};
    private static final double[][] Y = {{1}, {-0.5}, {0.2}};
    private static final int[] ROWS = {0, 1, 2};

    private static Tensor tensor(double[][] rows) {
        Tensor t = BACKEND.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                t.set(i, j, rows[i][j]);
            }
        }
        return t;
    }

    private static Tensor product(double[][] e, double[][] h) {
        Tensor out = BACKEND.zeros(e.length, h[0].length);
        BACKEND.ab(tensor(e), tensor(h), out);
        return out;
    }

    /** A linear hypernetwork, the first two rows of the vectors being the old tasks. */
    @Test
    void regulariserOfALinearHypernetwork() {
        JsonObject golden =
                Golden.json("continual/losses.json").getAsJsonObject().getAsJsonObject("hypernetworkRegulariser");
        double[][] e = Golden.matrix(golden.get("embeddings"));
        double[][] old = {e[0], e[1]};
        OutputRegulariser held = OutputRegulariser.of(product(old, Golden.matrix(golden.get("hOld"))));
        Tensor now = product(e, Golden.matrix(golden.get("hNew")));
        Tensor gradient = BACKEND.zeros(now.rows(), now.columns());
        assertEquals(golden.get("value").getAsDouble(), held.add(now, new int[0], 1, gradient), 1e-12);
        assertArrayEquals(new double[now.columns()], gradient.toMatrix()[2], 0, "the new task is free");
        int columns = now.columns();
        double[] flat = new double[now.size()];
        double[] slopes = new double[now.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = now.get(i / columns, i % columns);
            slopes[i] = gradient.get(i / columns, i % columns);
        }
        Differences.check(
                f -> {
                    Tensor moved = BACKEND.zeros(now.rows(), columns);
                    for (int i = 0; i < f.length; i++) {
                        moved.set(i / columns, i % columns, f[i]);
                    }
                    return held.add(moved, new int[0], 1, BACKEND.zeros(now.rows(), columns));
                },
                flat,
                slopes,
                "regulariser");
    }

    private static Network target(long seed) {
        return Network.of(BACKEND, seed, 2, Dense.of(3), Activate.tanh(), Dense.of(1));
    }

    private static Hypernetwork three(double beta) {
        Hypernetwork h = Hypernetwork.of(target(3), 4, new int[] {5}, 2);
        for (int k = 0; k < 3; k++) {
            h.addTask();
            var step = new Sgd(0, 0).start(BACKEND, h.trainable());
            for (int i = 0; i < 3; i++) {
                h.gradients(tensor(X), ROWS, MeanSquaredError.of(Y), beta);
                step.step(0.05);
            }
        }
        return h;
    }

    private static double[] values(List<Parameter> parameters, boolean gradient) {
        var out = new ArrayList<Double>();
        for (Parameter p : parameters) {
            Tensor t = gradient ? p.gradient() : p.value();
            for (int i = 0; i < t.rows(); i++) {
                for (int j = 0; j < t.columns(); j++) {
                    out.add(t.get(i, j));
                }
            }
        }
        return out.stream().mapToDouble(v -> v).toArray();
    }

    private static void set(List<Parameter> parameters, double[] values) {
        int at = 0;
        for (Parameter p : parameters) {
            for (int i = 0; i < p.value().rows(); i++) {
                for (int j = 0; j < p.value().columns(); j++) {
                    p.value().set(i, j, values[at++]);
                }
            }
        }
    }

    /** By the generator's weights and the task's vector, with the regulariser and without. */
    @Test
    void gradientsOfAllThatIsTrained() {
        for (double beta : new double[] {0, 0.7}) {
            Hypernetwork h = three(beta);
            List<Parameter> trained = h.trainable();
            h.gradients(tensor(X), ROWS, MeanSquaredError.of(Y), beta);
            double[] slopes = values(trained, true);
            assertEquals(h.size() - 2 * 4, slopes.length, "all but the vectors of the first two tasks");
            Differences.check(
                    v -> {
                        set(trained, v);
                        return h.gradients(tensor(X), ROWS, MeanSquaredError.of(Y), beta);
                    },
                    values(trained, false),
                    slopes,
                    "beta " + beta);
        }
    }

    @Test
    void objectiveIsTheTaskLossAndTheDrift() {
        Hypernetwork h = three(0);
        double[][] now = h.outputs(2, tensor(X)).toMatrix();
        double loss = 0;
        for (int i = 0; i < 3; i++) {
            loss += Math.pow(now[i][0] - Y[i][0], 2) / 3;
        }
        assertTrue(h.drift() > 0);
        assertEquals(loss + 0.7 * h.drift(), h.gradients(tensor(X), ROWS, MeanSquaredError.of(Y), 0.7), 1e-12);
    }

    @Test
    void theRegulariserHoldsEarlierTasks() {
        assertTrue(three(1).drift() < three(0).drift() / 2);
        Hypernetwork fresh = Hypernetwork.of(target(3), 4, new int[0], 2);
        fresh.addTask();
        assertEquals(0, fresh.drift(), 0, "no earlier task");
    }

    /** The first weights made are near those of the target network as it was drawn: gain 0.1 of a unit's deviation. */
    @Test
    void startsNearAFreshTarget() {
        Hypernetwork h = Hypernetwork.of(target(3), 4, new int[0], 2);
        h.addTask();
        double[][] made = h.outputs(0, tensor(X)).toMatrix();
        double[][] drawn = target(3).logits(tensor(X)).toMatrix();
        for (int i = 0; i < 3; i++) {
            assertEquals(drawn[i][0], made[i][0], 1);
        }
    }

    @Test
    void unknownTasksAreRefused() {
        Hypernetwork h = Hypernetwork.of(target(3), 4, new int[] {5}, 2);
        var e = assertThrows(IllegalArgumentException.class, () -> h.outputs(0, tensor(X)));
        assertEquals("task must be one of the 0 added so far, was 0", e.getMessage());
        assertThrows(IllegalArgumentException.class, h::trainable);
        h.addTask();
        assertThrows(
                IllegalArgumentException.class, () -> h.gradients(tensor(X), ROWS, MeanSquaredError.of(Y), Double.NaN));
    }
}
