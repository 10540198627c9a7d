package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.testing.Golden;

class OdinTest {
    private final JsonObject golden = Golden.json("ood/odin/odin.json").getAsJsonObject();

    /** Two layers with tanh between, in plain loops. */
    private static final class Mlp implements DifferentiableModel {
        private final double[][] w1;
        private final double[] b1;
        private final double[][] w2;
        private final double[] b2;

        Mlp(double[][] w1, double[] b1, double[][] w2, double[] b2) {
            this.w1 = w1;
            this.b1 = b1;
            this.w2 = w2;
            this.b2 = b2;
        }

        private double[] hidden(double[] x) {
            return Vectors.each(b1.length, k -> Math.tanh(Vectors.dot(w1[k], x) + b1[k]));
        }

        @Override
        public INDArray logits(INDArray inputs) {
            double[][] x = inputs.toDoubleMatrix();
            var z = new double[x.length][];
            for (int i = 0; i < x.length; i++) {
                double[] h = hidden(x[i]);
                z[i] = Vectors.each(b2.length, c -> Vectors.dot(w2[c], h) + b2[c]);
            }
            return Nd4j.createFromArray(z);
        }

        @Override
        public INDArray inputGradient(INDArray inputs, INDArray upstream) {
            double[][] x = inputs.toDoubleMatrix();
            double[][] up = upstream.toDoubleMatrix();
            var gradient = new double[x.length][x[0].length];
            for (int i = 0; i < x.length; i++) {
                double[] h = hidden(x[i]);
                for (int k = 0; k < h.length; k++) {
                    double back = 0;
                    for (int c = 0; c < b2.length; c++) {
                        back += up[i][c] * w2[c][k];
                    }
                    for (int j = 0; j < x[i].length; j++) {
                        gradient[i][j] += back * (1 - h[k] * h[k]) * w1[k][j];
                    }
                }
            }
            return Nd4j.createFromArray(gradient);
        }
    }

    private Batch batch() {
        var model = new Mlp(
                Golden.matrix(golden.get("W1")),
                Golden.numbers(golden.get("b1")),
                Golden.matrix(golden.get("W2")),
                Golden.numbers(golden.get("b2")));
        return Batch.ofInputs(Nd4j.createFromArray(Golden.matrix(golden.get("X"))), model);
    }

    @Test
    void agreesWithThePaper() {
        for (JsonElement e : golden.getAsJsonArray("cases")) {
            JsonObject c = e.getAsJsonObject();
            var odin = new Odin(c.get("T").getAsDouble(), c.get("eps").getAsDouble());
            double[][] moved = odin.perturbed(batch()).toDoubleMatrix();
            double[][] expected = Golden.matrix(c.get("x_hat"));
            for (int i = 0; i < expected.length; i++) {
                assertArrayEquals(expected[i], moved[i], 1e-12);
            }
            assertArrayEquals(Golden.numbers(c.get("score")), odin.fit(batch()).score(batch()), 1e-12);
        }
    }

    @Test
    void needsInputsAndAModel() {
        Batch features = Batch.of(Nd4j.ones(DataType.DOUBLE, 2, 3));
        assertEquals(
                "Odin needs GRADIENT (Batch.ofInputs), the batch had [FEATURES]",
                assertThrows(IllegalArgumentException.class, () -> Odin.defaults()
                                .fit(features))
                        .getMessage());
    }
}
