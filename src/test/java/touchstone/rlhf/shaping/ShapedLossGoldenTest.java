package touchstone.rlhf.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

/** Value and gradient by torch's autograd in float64, price 1. */
class ShapedLossGoldenTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    private static double[][] rows(JsonElement cube) {
        return StreamSupport.stream(cube.getAsJsonArray().spliterator(), false)
                .flatMap(sequence -> Arrays.stream(Golden.matrix(sequence)))
                .toArray(double[][]::new);
    }

    private static double[] flat(JsonElement matrix) {
        return Arrays.stream(Golden.matrix(matrix))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static Tensor tensor(double[][] rows) {
        Tensor x = DOUBLES.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                x.set(i, j, rows[i][j]);
            }
        }
        return x;
    }

    @Test
    void valueAndGradient() {
        for (GoldenCase c : GoldenCase.of("unlearn_losses", "dynamic_safety_shaping_.*", 2)) {
            Tensor z = tensor(rows(c.input().get("logits")));
            Tensor reference = tensor(rows(c.input().get("ref_logits")));
            double[][] logRef = IntStream.range(0, reference.rows())
                    .mapToObj(i -> ShapedLoss.logSoftmax(reference, i))
                    .toArray(double[][]::new);
            int[] labels = Arrays.stream(flat(c.input().get("token")))
                    .mapToInt(t -> (int) t)
                    .toArray();
            var loss = new ShapedLoss(
                    labels, flat(c.input().get("star")), flat(c.input().get("mask")), logRef, 1);
            Tensor gradient = DOUBLES.zeros(z.rows(), z.columns());
            c.assertClose("loss", loss.add(z, IntStream.range(0, z.rows()).toArray(), 1, gradient));
            double[][] want = rows(c.expected().get("grad_logits"));
            for (int i = 0; i < want.length; i++) {
                for (int j = 0; j < want[i].length; j++) {
                    assertEquals(want[i][j], gradient.get(i, j), c.rtol(), c.name() + " " + i + ", " + j);
                }
            }
        }
    }
}
