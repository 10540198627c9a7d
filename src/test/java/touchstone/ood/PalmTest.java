package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

class PalmTest {
    /** Rows of the first view, then of the second, as the paper's code puts them. */
    private static double[][] views(JsonObject golden) {
        var first = new ArrayList<double[]>();
        var second = new ArrayList<double[]>();
        for (JsonElement row : golden.getAsJsonArray("features_B_views_d")) {
            double[][] both = Golden.matrix(row);
            first.add(both[0]);
            second.add(both[1]);
        }
        first.addAll(second);
        return first.toArray(double[][]::new);
    }

    private static void assertClose(JsonElement expected, double[][] actual) {
        double[][] rows = Golden.matrix(expected);
        assertEquals(rows.length, actual.length);
        for (int i = 0; i < rows.length; i++) {
            assertArrayEquals(rows[i], actual[i], 1e-9); // float64 in the paper's code
        }
    }

    /** One step of the paper's code, run in float64. */
    @TestFactory
    Stream<DynamicTest> agreesWithThePapersCode() {
        JsonObject golden = Golden.json("ood/palm/palm_step.json").getAsJsonObject();
        double[][] f = views(golden);
        int[] half = Golden.integers(golden.get("labels"));
        int[] labels = new int[f.length];
        Arrays.setAll(labels, i -> half[i % half.length]);
        var tests = new ArrayList<DynamicTest>();
        for (JsonElement element : golden.getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            var options = new Palm(
                    3,
                    c.get("k").getAsInt(),
                    c.get("proto_m").getAsDouble(),
                    c.get("temp").getAsDouble(),
                    1,
                    c.get("epsilon").getAsDouble());
            assertEquals(Palm.ROUNDS, c.get("sinkhorn_iterations").getAsInt());
            tests.add(dynamicTest("k=" + options.nearest(), () -> {
                var step = new PalmStep(options, 4, Golden.matrix(golden.get("protos_before")), f, labels);
                assertClose(c.get("sinkhorn_Q_before_update"), step.assignment());
                assertClose(c.get("protos_after"), step.prototypes());
                assertEquals(c.get("mle_loss").getAsDouble(), step.likelihood(new double[f.length][8]), 1e-9);
                assertEquals(
                        c.get("proto_contrastive_loss").getAsDouble(), step.contrast(4, new double[f.length][8]), 1e-9);
            }));
        }
        assertEquals(2, tests.size());
        return tests.stream();
    }

    private static double[][] sphere(int n, int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "sphere");
        var rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Vectors.unit(gaussian(rng, d));
        }
        return rows;
    }

    private static double[] gaussian(RandomGenerator rng, int d) {
        var row = new double[d];
        for (int a = 0; a < d; a++) {
            row[a] = rng.nextGaussian();
        }
        return row;
    }

    /** {@code (g(x + h) - g(x - h)) / 2h}: its error is h^2, 1e-10, and rounding 1e-11. */
    private static void assertGradient(double[][] x, double[][] expected, ToDoubleFunction<double[][]> g) {
        double h = 1e-5;
        for (int i = 0; i < x.length; i++) {
            for (int a = 0; a < x[i].length; a++) {
                double v = x[i][a];
                x[i][a] = v + h;
                double up = g.applyAsDouble(x);
                x[i][a] = v - h;
                double down = g.applyAsDouble(x);
                x[i][a] = v;
                assertEquals((up - down) / (2 * h), expected[i][a], 1e-7);
            }
        }
    }

    /** The likelihood's gradient, weights and prototypes held: the formula of the javadoc written anew. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void likelihoodGradient(int nearest) {
        double[][] f = sphere(7, 5, 1);
        int[] labels = {0, 1, 0, 1, 1, 0, 0};
        Palm options = new Palm(3, nearest, 0.8, 0.3, 1, 0.05);
        var step = new PalmStep(options, 2, sphere(6, 5, 2), f, labels);
        var slopes = new double[7][5];
        step.likelihood(slopes);
        double[][] p = step.prototypes();
        double[][] w = step.weights();
        assertGradient(f, slopes, x -> {
            double sum = 0;
            for (int i = 0; i < 7; i++) {
                double partition = 0;
                for (int j = 0; j < 6; j++) {
                    double z = Vectors.dot(x[i], p[j]) / 0.3;
                    partition += Math.exp(z);
                    sum -= w[i][j] * z;
                }
                sum += Math.log(partition);
            }
            return sum / 7;
        });
    }

    /** The contrast's gradient through the move, the pull held. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void contrastGradient(int nearest) {
        double[][] f = sphere(7, 5, 3);
        int[] labels = {0, 1, 0, 1, 1, 0, 0};
        double[][] before = sphere(6, 5, 4);
        var step = new PalmStep(new Palm(3, nearest, 0.8, 0.3, 1, 0.05), 2, before, f, labels);
        var slopes = new double[7][5];
        double loss = step.contrast(2, slopes);
        double[][] u = step.pull();
        ToDoubleFunction<double[][]> anew = x -> {
            var p = new double[6][];
            for (int j = 0; j < 6; j++) {
                var sum = new double[5];
                for (int a = 0; a < 5; a++) {
                    sum[a] = 0.8 * before[j][a];
                    for (int i = 0; i < 7; i++) {
                        sum[a] += 0.2 * u[i][j] * x[i][a];
                    }
                }
                p[j] = Vectors.unit(sum);
            }
            double total = 0;
            for (int j = 0; j < 6; j++) {
                double partition = 0;
                for (int k = 0; k < 6; k++) {
                    double z = Vectors.dot(p[j], p[k]) / 0.5;
                    partition += k == j ? 0 : Math.exp(z);
                    total -= k != j && k % 2 == j % 2 ? z / 2 : 0;
                }
                total += Math.log(partition);
            }
            return total / 6;
        };
        assertEquals(anew.applyAsDouble(f), loss, 1e-12);
        assertGradient(f, slopes, anew);
    }

    /** Through the lengths of a network's outputs: with momentum near 1 the prototypes, and with one a class the weights, stay. */
    @Test
    void lossGradientByOutputs() {
        double[][] y = new double[6][];
        RandomGenerator rng = Seeds.rng(5, "outputs");
        Arrays.setAll(y, i -> gaussian(rng, 4));
        int[] labels = {0, 1, 2, 0, 1, 2};
        int[] all = {0, 1, 2, 3, 4, 5};
        Palm still = new Palm(1, 0, 1 - 1e-15, 0.5, 0, 0.05);
        Network network = Network.of(Cpu.doubles(1), 1, 4, Dense.of(4));
        Tensor slopes = network.tensor(new double[6][4]);
        new PalmLoss(still, 4, 9, labels).add(network.tensor(y), all, 2, slopes);
        assertGradient(y, slopes.toMatrix(), x -> new PalmLoss(still, 4, 9, labels)
                .add(network.tensor(x), all, 2, network.tensor(new double[6][4])));
    }

    private static double[][] blobs(int n, int[] labels) {
        RandomGenerator rng = Seeds.rng(6, "blobs");
        var x = new double[n][6];
        for (int i = 0; i < n; i++) {
            int blob = i % 4;
            labels[i] = blob % 2;
            for (int j = 0; j < 6; j++) {
                x[i][j] = 0.3 * rng.nextGaussian() + (j == blob ? 2 : 0);
            }
        }
        return x;
    }

    private static Network network() {
        return Network.of(Cpu.floats(), 3, 6, Dense.of(16), Activate.relu(), Dense.of(8));
    }

    /** Two blobs a class: the embeddings classify, a blob that is not in the training lies further out, the bits repeat. */
    @Test
    void trainsByTheSeed() {
        int[] labels = new int[200];
        double[][] x = blobs(200, labels);
        var trainer = new PalmTrainer(
                Palm.defaults().withPrototypes(2).withMomentum(0.9),
                Trainer.defaults().withEpochs(20));
        Network network = network();
        PrototypeMixture mixture = trainer.fit(network, x, labels);
        Batch in = Batch.of(Nd4j.createFromArray(
                network.forward(network.tensor(x), Pass.evaluation()).toMatrix()));
        int[] classes = mixture.classify(in);
        long right = java.util.stream.IntStream.range(0, 200)
                .filter(i -> classes[i] == labels[i])
                .count();
        assertTrue(right >= 196, right + " of 200 right");
        for (double[] p : mixture.prototypes()) {
            assertEquals(1, Vectors.norm(p), 1e-12);
        }
        Network again = network();
        double[][] same = trainer.fit(again, x, labels).prototypes();
        for (int j = 0; j < same.length; j++) {
            assertArrayEquals(mixture.prototypes()[j], same[j], 0);
        }
        double[] scores = mixture.score(in);
        assertTrue(Arrays.stream(scores).allMatch(s -> s >= -1e-12 && s <= 2));
        assertArrayEquals(
                Ssd.defaults().fit(in).score(in), PrototypeMixture.ssd(in).score(in), 0);
    }

    @Test
    void nearestPrototypeByHand() {
        PrototypeMixture mixture = PrototypeMixture.of(new double[][] {{2, 0}, {0, 1}, {-3, 0}, {0, -1}}, 2);
        Batch batch = Batch.of(Nd4j.createFromArray(new double[][] {{5, 0}, {-4, 3}, {0, -2}}));
        assertArrayEquals(new double[] {0, 0.2, 0}, mixture.score(batch), 1e-15);
        assertArrayEquals(new int[] {0, 2, 3}, mixture.nearest(batch));
        assertArrayEquals(new int[] {0, 0, 1}, mixture.classify(batch));
    }

    @Test
    void badOptionsAreNamed() {
        assertEquals(
                "nearest must be at most the prototypes a class, was 5 of 3",
                refused(() -> new Palm(3, 5, 0.9, 0.1, 1, 0.05)));
        assertEquals("momentum must lie in [0, 1), was 1.0", refused(() -> Palm.defaults()
                .withMomentum(1)));
        assertEquals(
                "prototypes must be a multiple of the 2 classes, were 3",
                refused(() -> PrototypeMixture.of(new double[3][2], 2)));
        assertEquals(
                "length of prototypes[0] must be a finite number above 0, was 0.0",
                refused(() -> PrototypeMixture.of(new double[2][2], 2)));
        assertEquals("x and labels must be of equal length, were 2 and 1", refused(() -> PalmTrainer.defaults()
                .fit(network(), new double[2][6], 1)));
        assertEquals(
                "an embedding and a prototype must be of equal length, were 2 and 3",
                refused(() -> PrototypeMixture.of(new double[][] {{1, 0, 0}}, 1).score(Nd4j.ones(1, 2))));
    }

    private static String refused(org.junit.jupiter.api.function.Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
