package touchstone.interpret.steer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.interpret.direction.Direction;
import touchstone.interpret.head.Ships;
import touchstone.interpret.head.SubspaceAngles;
import touchstone.metrics.Lorentz;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TaskVector;
import touchstone.nn.lm.TransformerConfig;
import touchstone.stats.Wasserstein;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

/** All cases of golden/alignment/steering.json. */
class SteeringGoldenTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    private static GoldenCase one(String name) {
        return GoldenCase.of("steering", name, 1).get(0);
    }

    private static double[][] rows(GoldenCase c, String key) {
        return Golden.matrix(c.input().get(key));
    }

    @Test
    void theFileHasSevenCases() {
        assertEquals(7, GoldenCase.of("steering", ".*", 7).size());
    }

    @Test
    void differenceOfMeans() {
        GoldenCase c = one("diff_in_means");
        Direction d = Direction.between(rows(c, "source"), rows(c, "target"));
        double[][] x = rows(c, "x");
        c.assertClose("direction", d.vector());
        c.assertClose("unit", d.unit());
        c.assertRows("ablate", d.without(x));
        c.assertRows("add", d.added(x, c.number("alpha")));
        c.assertClose("projection", d.along(x));
        assertArrayEquals(
                d.vector(),
                AffineMap.meanShift(rows(c, "source"), rows(c, "target")).shift(),
                1e-12);
    }

    @Test
    void transportUnitByUnit() {
        GoldenCase c = one("per_unit_transport");
        double[][] source = rows(c, "source");
        double[][] target = rows(c, "target");
        c.assertClose(
                "w1_per_unit",
                IntStream.range(0, 5)
                        .mapToDouble(j -> Wasserstein.first(Units.column(source, j), Units.column(target, j)))
                        .toArray());
        AffineMap map = AffineMap.transport(source, target);
        c.assertClose("scale", map.scale());
        c.assertClose("shift", map.shift());
        double[][] mapped = rows(c, "x");
        for (double[] row : mapped) {
            map.apply(row);
        }
        c.assertRows("mapped", mapped);
    }

    @Test
    void wasserstein() {
        GoldenCase c = one("w2_equal_n");
        c.assertClose("w2_squared", Wasserstein.secondSquared(c.in("x"), c.in("y")));
        c.assertClose("w1", Wasserstein.first(c.in("x"), c.in("y")));
    }

    @Test
    void anglesOfSubspaces() {
        GoldenCase c = one("principal_angles");
        double[][] a = rows(c, "A");
        double[][] b = rows(c, "B");
        c.assertClose("sahara_angle_degrees", SubspaceAngles.leading(a, b));
        double[][] a3 = Arrays.stream(a).map(r -> Arrays.copyOf(r, 3)).toArray(double[][]::new);
        double[][] b3 = Arrays.stream(b).map(r -> Arrays.copyOf(r, 3)).toArray(double[][]::new);
        c.assertClose("principal_angles_first3cols", SubspaceAngles.principal(a3, b3));
        c.assertClose("grassmann", SubspaceAngles.grassmann(a3, b3));
    }

    @Test
    void divergenceOfShips() {
        GoldenCase c = one("ships_kl");
        c.assertClose("kl", Ships.divergence(c.in("base"), c.in("masked")));
    }

    /** The case's twelve numbers as the first of a model's. */
    private static LanguageModel holding(double... first) {
        LanguageModel model = LanguageModel.of(DOUBLES, new TransformerConfig(4, 4, 4, 1, 1, false), 1);
        for (int i = 0; i < first.length; i++) {
            model.parameters().get(0).value().set(i / 4, i % 4, first[i]);
        }
        return model;
    }

    private static double[] first(LanguageModel model) {
        return IntStream.range(0, 12)
                .mapToDouble(i -> model.parameters().get(0).value().get(i / 4, i % 4))
                .toArray();
    }

    @Test
    void taskVectors() {
        GoldenCase c = one("task_vectors");
        LanguageModel base = holding(c.in("base"));
        TaskVector safe = TaskVector.between(base, holding(c.in("safe")));
        TaskVector tuned = TaskVector.between(base, holding(c.in("finetuned")));
        double lambda = c.number("lam");
        c.assertClose("task_vector_safe", Arrays.copyOf(safe.values(), 12));
        c.assertClose("task_vector_ft", Arrays.copyOf(tuned.values(), 12));
        c.assertClose(
                "linear_merge",
                first(safe.scale(lambda).plus(tuned.scale(1 - lambda)).applyTo(base)));
        double[] mask = Arrays.copyOf(c.in("mask"), safe.size());
        double[] other = Arrays.stream(mask).map(m -> 1 - m).toArray();
        c.assertClose(
                "masked_fusion", first(safe.mask(mask).plus(tuned.mask(other)).applyTo(base)));
        c.assertClose("cosine", safe.cosine(tuned));
    }

    @Test
    void hyperboloid() {
        GoldenCase c = one("lorentz");
        var space = new Lorentz(c.number("curvature"), c.number("min_radius"));
        double[][] x = rows(c, "x");
        double[][] y = rows(c, "y");
        int n = x.length;
        c.assertClose(
                "inner",
                IntStream.range(0, n).mapToDouble(i -> space.inner(x[i], y[i])).toArray());
        c.assertClose(
                "distance",
                IntStream.range(0, n)
                        .mapToDouble(i -> space.distance(x[i], y[i]))
                        .toArray());
        c.assertClose(
                "half_aperture",
                Arrays.stream(x).mapToDouble(space::halfAperture).toArray());
        c.assertClose(
                "exterior_angle",
                IntStream.range(0, n)
                        .mapToDouble(i -> space.exteriorAngle(x[i], y[i]))
                        .toArray());
        c.assertClose(
                "entailment_loss",
                IntStream.range(0, n)
                        .mapToDouble(i -> space.entailmentLoss(x[i], y[i]))
                        .toArray());
    }
}
