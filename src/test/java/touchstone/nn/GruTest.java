package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Gru;
import touchstone.nn.layer.Steps;
import touchstone.testing.Golden;

/** Against torch.nn.GRU, see golden/nn/make_gru.py. */
class GruTest {
    @Test
    void agreesWithTorch() {
        JsonObject golden = Golden.json("nn/gru.json").getAsJsonObject();
        Network network = Network.of(Cpu.doubles(1), 1, 3, new Gru(2, 4));
        List<Parameter> parameters = network.parameters();
        set(parameters.get(0).value(), Golden.matrix(golden.get("project_weight")));
        set(parameters.get(1).value(), Golden.matrix(golden.get("project_bias")));
        set(parameters.get(2).value(), Golden.matrix(golden.get("recurrent")));
        double[][] y =
                network.logits(network.tensor(Golden.matrix(golden.get("x")))).toMatrix();
        double[][] expected = Golden.matrix(golden.get("y"));
        for (int i = 0; i < y.length; i++) {
            assertArrayEquals(expected[i], y[i], 1e-13); // double in both
        }
    }

    @Test
    void aStateDependsOnItsStepAndThoseBefore() {
        Network network = Network.of(Cpu.floats(1), 2, 12, new Steps(4), new Gru(5, 4));
        double[][] x = GradientCheck.normal(1, 12, 3);
        double[][] before = network.logits(network.tensor(x)).toMatrix();
        x[0][9] += 1; // the last step
        double[][] after = network.logits(network.tensor(x)).toMatrix();
        for (int t = 0; t < 3; t++) {
            assertArrayEquals(before[t], after[t], 0);
        }
        assertEquals(4, after.length);
    }

    @Test
    void badShapesAreNamed() {
        Network network = Network.of(Cpu.floats(1), 2, 3, new Gru(5, 4));
        assertEquals(
                "rows must be a multiple of the 4 steps, were 6",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> network.logits(network.tensor(GradientCheck.normal(6, 3, 1))))
                        .getMessage());
        assertEquals(
                "steps must divide the inputs, were 4 of 6",
                assertThrows(IllegalArgumentException.class, () -> Network.of(Cpu.floats(1), 1, 6, new Steps(4)))
                        .getMessage());
    }

    private static void set(Tensor tensor, double[][] values) {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                tensor.set(i, j, values[i][j]);
            }
        }
    }
}
