package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.Loss;
import touchstone.testing.Golden;

class LossesTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/losses.json").getAsJsonObject();
    private static final Backend BACKEND = Cpu.doubles(1);

    private static Tensor tensor(String name) {
        double[][] rows = Golden.matrix(GOLDEN.get(name));
        Tensor t = BACKEND.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                t.set(i, j, rows[i][j]);
            }
        }
        return t;
    }

    private static void check(String name, Loss loss, double factor) {
        Tensor z = tensor("logits");
        Tensor gradient = BACKEND.zeros(z.rows(), z.columns());
        double value = loss.add(z, Rehearsal.count(z.rows()), factor, gradient);
        JsonObject expected = GOLDEN.getAsJsonObject(name);
        assertEquals(expected.get("value").getAsDouble(), value, 1e-12, name);
        double[][] wanted = Golden.matrix(expected.get("gradient"));
        for (int i = 0; i < wanted.length; i++) {
            assertArrayEquals(wanted[i], gradient.toMatrix()[i], 1e-12, name + " row " + i);
        }
    }

    @Test
    void distillationOverOldClasses() {
        int[] old = Golden.integers(GOLDEN.get("oldClasses"));
        double t = GOLDEN.get("temperature").getAsDouble();
        check("lwfKlBatchMean", new Distillation(tensor("oldLogits"), old, t), 1);
        check("lwfKlTimesT2", new Distillation(tensor("oldLogits"), old, t), t * t);
    }

    @Test
    void crossEntropyOfTheClassesThatOccur() {
        int[] labels = Golden.integers(GOLDEN.get("labels"));
        int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
        check("maskedCrossEntropy", new LocalCrossEntropy(labels, classes), 1);
        check("crossEntropy", new LocalCrossEntropy(labels, Distillation.all(6)), 1);
    }

    @Test
    void gradientOfAGem() {
        JsonObject g = GOLDEN.getAsJsonObject("agem");
        double[] gradient = Golden.numbers(g.get("gradient"));
        assertArrayEquals(
                Golden.numbers(g.get("projected")),
                AGem.projected(gradient, Golden.numbers(g.get("reference"))),
                1e-12);
        assertArrayEquals(
                Golden.numbers(g.get("projectedPositive")),
                AGem.projected(gradient, Golden.numbers(g.get("referencePositive"))),
                1e-12);
        assertArrayEquals(gradient, AGem.projected(gradient, new double[gradient.length]), 0, "no reference");
    }

    @Test
    void gradientOfGem() {
        JsonObject g = GOLDEN.getAsJsonObject("gem");
        double[] gradient = Golden.numbers(g.get("gradient"));
        List<double[]> memory = Arrays.asList(Golden.matrix(g.get("memoryGradients")));
        double[] margins = Golden.numbers(g.get("margins"));
        for (int i = 0; i < margins.length; i++) {
            var gem = new Gem(1, margins[i], g.get("eps").getAsDouble());
            assertArrayEquals(Golden.numbers(g.getAsJsonArray("dual").get(i)), gem.dual(gradient, memory), 1e-9);
            assertArrayEquals(
                    Golden.numbers(g.getAsJsonArray("projected").get(i)), gem.projected(gradient, memory), 1e-9);
        }
    }

    @Test
    void herding() {
        JsonObject h = GOLDEN.getAsJsonObject("herding");
        double[][] features = Golden.matrix(h.get("features"));
        int count = h.get("count").getAsInt();
        assertArrayEquals(Golden.integers(h.get("orderRaw")), Herding.order(features, count));
        assertArrayEquals(
                Golden.integers(h.get("orderNormalised")), Herding.order(Herding.normalised(features), count));
    }

    @Test
    void unlearningStepOfRefresh() {
        JsonObject r = GOLDEN.getAsJsonObject("refreshStep");
        double rate = r.get("lr").getAsDouble();
        double[] u = Arrays.stream(Golden.numbers(r.get("gradient")))
                .map(g -> rate * g)
                .toArray();
        double[] actual = Refresh.unlearned(
                Golden.numbers(r.get("theta")),
                u,
                Golden.numbers(r.get("fisher")),
                Golden.numbers(r.get("noise")),
                r.get("delta").getAsDouble());
        assertArrayEquals(Golden.numbers(r.get("result")), actual, 1e-12);
    }

    /** Against the closed form: at z = 0 every class costs log 2, and the slope is a half less the target. */
    @Test
    void sigmoidsOfZeroLogits() {
        Tensor z = BACKEND.zeros(2, 3);
        Tensor gradient = BACKEND.zeros(2, 3);
        double[][] targets = {{1, 0, 0.25}, {0, 1, 0.5}};
        assertEquals(3 * Math.log(2), Icarl.sigmoids(targets).add(z, new int[] {0, 1}, 1, gradient), 1e-12);
        assertArrayEquals(new double[] {-0.25, 0.25, 0.125}, gradient.toMatrix()[0], 1e-12);
        assertArrayEquals(new double[] {0.25, -0.25, 0}, gradient.toMatrix()[1], 1e-12);
    }
}
