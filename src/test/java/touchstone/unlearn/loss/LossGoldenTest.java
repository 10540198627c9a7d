package touchstone.unlearn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

/** Values and gradients by torch's autograd in float64. */
class LossGoldenTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    /** [b, t, c] as rows [b * t, c]. */
    private static double[][] rows(JsonElement cube) {
        List<double[]> rows = new ArrayList<>();
        for (JsonElement sequence : cube.getAsJsonArray()) {
            rows.addAll(Arrays.asList(Golden.matrix(sequence)));
        }
        return rows.toArray(double[][]::new);
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

    private static int steps(GoldenCase c) {
        return ((JsonArray) c.input().getAsJsonArray("mask").get(0)).size();
    }

    /** The labels, all of them or with -1 where the mask is 0. */
    private static int[] labels(GoldenCase c, boolean masked) {
        double[] mask = Arrays.stream(Golden.matrix(c.input().get("mask")))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        int[] tokens = c.input().has("token")
                ? Arrays.stream(Golden.matrix(c.input().get("token")))
                        .flatMapToDouble(Arrays::stream)
                        .mapToInt(t -> (int) t)
                        .toArray()
                : new int[mask.length];
        return IntStream.range(0, mask.length)
                .map(i -> masked && mask[i] == 0 ? -1 : tokens[i])
                .toArray();
    }

    private static Targets targets(GoldenCase c, boolean masked) {
        return Targets.sequences(labels(c, masked), steps(c));
    }

    private static ReferenceLogits reference(GoldenCase c) {
        return ReferenceLogits.of(rows(c.input().get("ref_logits")));
    }

    private static void assertValueAndGradient(GoldenCase c, String input, String gradientKey, Loss loss) {
        double[][] z = rows(c.input().get(input));
        Tensor gradient = DOUBLES.zeros(z.length, z[0].length);
        int[] examples = IntStream.range(0, z.length / steps(c)).toArray();
        c.assertClose("loss", loss.add(tensor(z), examples, 1, gradient));
        double[][] want = rows(c.expected().get(gradientKey));
        for (int i = 0; i < want.length; i++) {
            for (int j = 0; j < want[i].length; j++) {
                assertEquals(want[i][j], gradient.get(i, j), c.rtol(), c.name() + " gradient " + i + ", " + j);
            }
        }
    }

    private static void assertEach(String name, java.util.function.Function<GoldenCase, Loss> make) {
        for (GoldenCase c : GoldenCase.of("unlearn_losses", name + "_\\dx.*", 2)) {
            assertValueAndGradient(c, "logits", "grad_logits", make.apply(c));
        }
    }

    private static Loss times(double factor, Loss loss) {
        return (z, examples, weight, gradient) -> loss.add(z, examples, factor * weight, gradient);
    }

    @Test
    void gradientAscent() {
        assertEach("gradient_ascent", c -> times(-1, CrossEntropy.sequences(labels(c, true), steps(c))));
    }

    @Test
    void npo() {
        assertEach("npo", c -> {
            double[] reference = reference(c).sequenceLosses(targets(c, true));
            c.assertClose("seq_nll_ref", reference);
            c.assertClose(
                    "seq_nll", ReferenceLogits.of(rows(c.input().get("logits"))).sequenceLosses(targets(c, true)));
            return new NpoLoss(targets(c, true), reference, c.number("beta"));
        });
    }

    @Test
    void simNpo() {
        assertEach("simnpo", c -> new SimNpoLoss(targets(c, true), c.number("beta"), c.number("delta")));
    }

    @Test
    void klRetain() {
        assertEach("kl_retain", c -> new Distillation(targets(c, true), reference(c), 1));
    }

    @Test
    void wga() {
        assertEach("wga", c -> new WgaLoss(targets(c, true), c.number("wga_beta")));
    }

    @Test
    void undialAveragesOverPaddingAsTheProgramDoes() {
        assertEach("undial", c -> new UndialLoss(targets(c, false), reference(c), c.number("undial_strength")));
    }

    @Test
    void scrub() {
        assertEach("scrub_max", c -> times(-1, new Distillation(targets(c, false), reference(c), c.number("kd_T"))));
        assertEach("scrub_min", c -> times(c.number("gamma"), CrossEntropy.sequences(labels(c, true), steps(c)))
                .plus(c.number("alpha"), new Distillation(targets(c, false), reference(c), c.number("kd_T"))));
    }

    @Test
    void rmu() {
        for (GoldenCase c : GoldenCase.of("unlearn_losses", "rmu_.*", 2)) {
            double[] control = HiddenDistance.control(c.in("random_vector"), c.number("steering_coeff"));
            c.assertClose("control_vector", control);
            Loss forget = HiddenDistance.toVector(targets(c, true), control);
            Loss retain = HiddenDistance.toRows(targets(c, true), rows(c.input().get("ref_hidden")));
            double[][] h = rows(c.input().get("hidden"));
            int[] examples = IntStream.range(0, h.length / steps(c)).toArray();
            Tensor scratch = DOUBLES.zeros(h.length, h[0].length);
            c.assertClose("forget_loss", forget.add(tensor(h), examples, 1, scratch));
            c.assertClose("retain_loss", retain.add(tensor(h), examples, 1, scratch));
            assertValueAndGradient(
                    c, "hidden", "grad_hidden", times(c.number("gamma"), forget).plus(c.number("alpha"), retain));
        }
    }

    @Test
    void referenceOfAnotherShapeIsNamed() {
        var loss = new Distillation(Targets.of(0), ReferenceLogits.of(new double[][] {{0, 1, 2}}), 1);
        Tensor z = tensor(new double[][] {{0, 1}});
        var e = assertThrows(IllegalArgumentException.class, () -> loss.add(z, new int[] {0}, 1, DOUBLES.zeros(1, 2)));
        assertEquals("the reference model must have the model's 2 outputs, had 3", e.getMessage());
    }
}
