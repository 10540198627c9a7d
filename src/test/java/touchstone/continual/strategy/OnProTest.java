package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import touchstone.continual.Labelled;
import touchstone.continual.scenario.ContinualTrainer;
import touchstone.continual.scenario.Phase;
import touchstone.continual.scenario.Scenario;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.Sgd;
import touchstone.testing.Differences;
import touchstone.testing.Golden;
import touchstone.util.Seeds;

class OnProTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/losses.json").getAsJsonObject().getAsJsonObject("onproPrototypeLoss");
    private static final int[] LABELS = Golden.integers(GOLDEN.get("labels"));
    private static final double RATE = 0.1;

    private static double[][] bothViews() {
        double[][] z1 = Golden.matrix(GOLDEN.get("z1"));
        double[][] z2 = Golden.matrix(GOLDEN.get("z2"));
        double[][] all = Arrays.copyOf(z1, z1.length + z2.length);
        System.arraycopy(z2, 0, all, z1.length, z2.length);
        return all;
    }

    private static Tensor tensor(double[][] rows) {
        Tensor t = Cpu.doubles(1).zeros(rows.length, rows[0].length);
        UnitRows.add(rows, t);
        return t;
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double value(Loss loss, double[] flat, int columns, double weight, Tensor gradient) {
        Tensor z = tensor(new double[flat.length / columns][columns]);
        for (int i = 0; i < flat.length; i++) {
            z.set(i / columns, i % columns, flat[i]);
        }
        return loss.add(z, new int[0], weight, gradient);
    }

    private static void checkSlopes(Loss loss, double[][] rows) {
        int d = rows[0].length;
        double weight = 1.7;
        Tensor gradient = tensor(new double[rows.length][d]);
        value(loss, flat(rows), d, weight, gradient);
        Differences.check(
                x -> value(loss, x, d, weight, tensor(new double[rows.length][d])),
                flat(rows),
                flat(gradient.toMatrix()),
                loss.getClass().getSimpleName());
    }

    @Test
    void equilibriumOfPrototypes() {
        var loss = new PrototypeEquilibrium(LABELS, GOLDEN.get("temperature").getAsDouble());
        double[][] z = bothViews();
        Tensor gradient = tensor(new double[z.length][z[0].length]);
        assertEquals(GOLDEN.get("value").getAsDouble(), loss.add(tensor(z), new int[0], 1, gradient), 1e-12);
        checkSlopes(loss, z);
    }

    @Test
    void prototypesAreTheAverageOfBothViews() {
        double[][] first = Golden.matrix(GOLDEN.get("prototypes1"));
        double[][] second = Golden.matrix(GOLDEN.get("prototypes2"));
        SortedMap<Integer, double[]> found = PrototypeEquilibrium.prototypes(tensor(bothViews()), LABELS);
        assertEquals(first.length, found.size());
        for (int c = 0; c < first.length; c++) {
            for (int j = 0; j < first[c].length; j++) {
                assertEquals((first[c][j] + second[c][j]) / 2, found.getOrDefault(c, new double[0])[j], 1e-12);
            }
        }
    }

    @Test
    void probabilitiesOfPairs() {
        SortedMap<Integer, double[]> found = PrototypeEquilibrium.prototypes(tensor(bothViews()), LABELS);
        double[] p = PrototypeFeedback.pairProbabilities(List.copyOf(found.values()));
        assertArrayEquals(Golden.numbers(GOLDEN.get("apfPairProbabilities")), p, 1e-12);
    }

    /** Two pairs at no distance share all; one prototype has no pair. */
    @Test
    void probabilitiesOfCoincidingPrototypes() {
        double[] p = PrototypeFeedback.pairProbabilities(
                List.of(new double[] {1, 0}, new double[] {1, 0}, new double[] {0, 1}));
        assertArrayEquals(new double[] {1, 0, 0}, p, 1e-12);
        assertEquals(0, PrototypeFeedback.pairProbabilities(List.of(new double[] {1})).length);
    }

    @Test
    void countsOfPairsAddUp() {
        var random = Seeds.rng(3, "counts");
        for (int n = 0; n < 20; n++) {
            int[] counts = PrototypeFeedback.counts(new double[] {0.26, 0.26, 0.24, 0.24}, n, random);
            assertEquals(n, Arrays.stream(counts).sum());
            assertTrue(Arrays.stream(counts).allMatch(c -> c >= 0), Arrays.toString(counts));
        }
    }

    /** One class, or a class whose rows cancel out, leaves nothing to separate: no loss, no slope, no NaN. */
    @Test
    void equilibriumOfOneClassIsNothing() {
        double[][] z = {{1, 2}, {3, -1}, {1, 1}, {2, 0}};
        Tensor gradient = tensor(new double[4][2]);
        assertEquals(0, new PrototypeEquilibrium(new int[] {3, 3}, 0.5).add(tensor(z), new int[0], 1, gradient), 0);
        double[][] cancels = {{1, 2}, {-1, -2}, {0, 1}, {1, 2}, {-1, -2}, {1, 0}};
        var loss = new PrototypeEquilibrium(new int[] {0, 0, 1}, 0.5);
        assertEquals(0, loss.add(tensor(cancels), new int[0], 1, tensor(new double[6][2])), 0);
        assertArrayEquals(new double[8], flat(gradient.toMatrix()), 0);
    }

    @Test
    void contrastOfInstances() {
        checkSlopes(new InstanceContrast(LABELS, 0.5), bothViews());
        double[][] alike = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};
        double found = new InstanceContrast(new int[] {0, 1}, 0.07)
                .add(tensor(alike), new int[0], 1, tensor(new double[4][2]));
        assertEquals(Math.log(3), found, 1e-12, "equal rows: each of the three others is as near");
    }

    @Test
    void contrastSkipsRowsOfZeros() {
        double[][] z = {{0, 0}, {1, 0}, {0, 0}, {0, 1}};
        Tensor gradient = tensor(new double[4][2]);
        new InstanceContrast(new int[] {0, 1}, 0.5).add(tensor(z), new int[0], 1, gradient);
        assertArrayEquals(new double[2], gradient.toMatrix()[0], 0);
        assertTrue(Arrays.stream(flat(gradient.toMatrix())).allMatch(Double::isFinite));
    }

    @Test
    void mixedCrossEntropyIsLinearInTheShare() {
        var mixed = new ArrayList<PrototypeFeedback.Mixed>();
        mixed.add(new PrototypeFeedback.Mixed(new double[0], 0, 1, 0.25));
        mixed.add(new PrototypeFeedback.Mixed(new double[0], 2, 0, 0));
        double[][] z = {{0.3, -1, 0.5}, {2, 0.1, -0.4}};
        Tensor gradient = tensor(new double[2][3]);
        double found = PrototypeFeedback.Mixed.crossEntropy(mixed, tensor(z), 1, gradient);
        double[] p = Probabilities.of(tensor(z), 0);
        double[] q = Probabilities.of(tensor(z), 1);
        assertEquals(-(0.75 * Math.log(p[0]) + 0.25 * Math.log(p[1]) + Math.log(q[2])) / 2, found, 1e-12);
        double[] expected = {(p[0] - 0.75) / 2, (p[1] - 0.25) / 2, p[2] / 2};
        assertArrayEquals(expected, gradient.toMatrix()[0], 1e-12);
        assertArrayEquals(new int[] {-1, 2}, PrototypeFeedback.Mixed.labels(mixed));
    }

    /** A replayed class keeps its share of mixtures even when the memory has lost one class of the pair. */
    @Test
    void feedbackMixesAsManyAsWereDrawn() {
        var kept = new ArrayList<Memory.Item>();
        for (int i = 0; i < 12; i++) {
            kept.add(new Memory.Item(new double[] {i, -i}, i % 2, new double[0]));
        }
        var known = new TreeMap<Integer, double[]>();
        known.put(0, new double[] {1, 0});
        known.put(1, new double[] {0, 1});
        known.put(7, new double[] {0.1, 1});
        var mixed = new ArrayList<PrototypeFeedback.Mixed>();
        for (long seed = 0; seed < 5; seed++) {
            mixed.addAll(new PrototypeFeedback(new OnPro.Feedback(1, 0.5, 0.6, 0.4), seed).mix(kept, kept, known));
        }
        assertEquals(60, mixed.size());
        assertTrue(mixed.stream().allMatch(m -> m.first() < 2 && m.second() < 2 && m.share() >= 0 && m.share() <= 1));
        assertTrue(mixed.stream().anyMatch(m -> m.first() != m.second() && m.share() > 0));
        mixed.forEach(m -> assertEquals(-m.x()[0], m.x()[1], 1e-12, "a mixture lies on the line of its parents"));
    }

    private static final Labelled FIRST = labelled(new double[][] {{1, 0}, {0, 1}, {1, 1}, {0.2, -1}}, 0, 1, 0, 1);
    private static final Labelled SECOND = labelled(new double[][] {{-1, 0}, {0.5, -1}, {2, 1}, {-1, 1}}, 2, 3, 3, 2);

    private static Labelled labelled(double[][] x, int... labels) {
        return new Labelled(tensor(x), labels);
    }

    private static OnPro small() {
        return OnPro.defaults().withCapacity(6).withDraw(5).withView(View.noise(0.05));
    }

    /** Parameters after a step of the second task that starts from theta, and its loss; all draws are the same each time. */
    private static double stepFrom(double[] theta, int steps, double[] after) {
        Network network = Network.of(Cpu.doubles(1), 4, 2, Dense.of(5), Activate.tanh(), Dense.of(4));
        Descent descent = Descent.of(network, new Sgd(0, 0), RATE, 1);
        Strategy.Learner learner = small().start(descent);
        learner.begin(FIRST);
        for (int i = 0; i < steps; i++) {
            learner.step(FIRST, new int[] {i % 4, (i + 1) % 4});
        }
        learner.end(FIRST);
        learner.begin(SECOND);
        learner.step(SECOND, new int[] {0, 1});
        descent.setValues(theta);
        double loss = learner.step(SECOND, new int[] {1, 2, 3});
        System.arraycopy(descent.values(), 0, after, 0, after.length);
        return loss;
    }

    @Test
    void stepsDownTheSlopeOfAllTerms() {
        Network network = Network.of(Cpu.doubles(1), 9, 2, Dense.of(5), Activate.tanh(), Dense.of(4));
        double[] theta = Descent.of(network, new Sgd(0, 0), RATE, 1).values();
        var after = new double[theta.length];
        stepFrom(theta, 4, after);
        double[] slopes = new double[theta.length];
        Arrays.setAll(slopes, i -> (theta[i] - after[i]) / RATE);
        Differences.check(x -> stepFrom(x, 4, new double[x.length]), theta, slopes, "OnPro");
    }

    private static Scenario blobs(int each) {
        var phases = new ArrayList<Phase>();
        var random = Seeds.rng(2, "blobs");
        for (int k = 0; k < 2; k++) {
            var x = new double[2 * each][2];
            var labels = new int[2 * each];
            for (int i = 0; i < x.length; i++) {
                labels[i] = 2 * k + i % 2;
                double angle = Math.PI / 2 * labels[i];
                x[i][0] = 2 * Math.cos(angle) + 0.3 * random.nextGaussian();
                x[i][1] = 2 * Math.sin(angle) + 0.3 * random.nextGaussian();
            }
            phases.add(new Phase(labelled(x, labels), labelled(x, labels)));
        }
        return new Scenario(Scenario.Kind.CLASS_INCREMENTAL, "blobs", phases);
    }

    private static double accuracy(Strategy strategy, Scenario scenario) {
        Network network = Network.of(Cpu.doubles(1), 4, 2, Dense.of(20), Activate.relu(), Dense.of(4));
        return ContinualTrainer.defaults()
                .withEpochs(1)
                .run(network, scenario, strategy)
                .matrix()
                .averageAccuracy();
    }

    /** Four separate blobs, two a task. */
    @Test
    void keepsWhatItLearned() {
        Scenario scenario = blobs(100);
        double found = accuracy(OnPro.defaults().withCapacity(40), scenario);
        assertTrue(found > 0.9, "accuracy " + found);
        assertEquals(found, accuracy(OnPro.defaults().withCapacity(40), scenario), 0, "same seed");
    }

    @Test
    void shortStreamsAndNoMemory() {
        assertTrue(accuracy(OnPro.defaults().withCapacity(0), blobs(30)) >= 0);
        Scenario once = blobs(1); // a class appears once, and a task is shorter than a batch
        assertTrue(accuracy(OnPro.defaults(), once) >= 0);
        assertTrue(accuracy(OnPro.defaults().withCapacity(1), blobs(3)) >= 0);
    }

    @Test
    void viewsKeepTheirShape() {
        var random = Seeds.rng(1, "views");
        double[] image = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(image, View.shifts(2, 3, 0).of(image, random), 0);
        assertArrayEquals(image, View.noise(0).of(image, random), 0);
        for (int i = 0; i < 30; i++) {
            double[] moved = View.shifts(2, 3, 1).of(image, random);
            assertTrue(Arrays.stream(moved).sum() <= 21 && moved.length == 6);
        }
        var e = assertThrows(
                IllegalArgumentException.class, () -> View.shifts(3, 3, 1).of(image, random));
        assertEquals("x and pixels of the image must be of equal length, were 6 and 9", e.getMessage());
    }

    @Test
    void optionsNameWhatIsWrong() {
        var e = assertThrows(IllegalArgumentException.class, () -> OnPro.defaults()
                .withFeedback(OnPro.Feedback.defaults().withBaseRate(1.5)));
        assertEquals("baseRate must lie in [0, 1], was 1.5", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> OnPro.defaults().withCapacity(-1));
    }
}
