package touchstone.ood.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.BatchNorm;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Dropout;
import touchstone.nn.loss.CrossEntropy;
import touchstone.util.Seeds;

class SampledNetworksTest {
    private static final double[][] ROWS = rows(12);

    private static double[][] rows(int n) {
        var rng = Seeds.rng(1, "rows");
        return java.util.stream.IntStream.range(0, n)
                .mapToObj(i -> new double[] {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()})
                .toArray(double[][]::new);
    }

    private static Network network(long seed, double dropout) {
        return Network.of(
                Cpu.doubles(1),
                seed,
                3,
                Dense.of(8),
                BatchNorm.defaults(),
                Activate.relu(),
                new Dropout(dropout),
                Dense.of(2));
    }

    @Test
    void equalSeedsGiveEqualBitsAndTheNetworkStays() {
        Network network = network(1, 0.5);
        double[][] before = network.logits(network.tensor(ROWS)).toMatrix();
        var a = McDropout.defaults().withPasses(7).predict(network, ROWS);
        var b = McDropout.defaults().withPasses(7).predict(network, ROWS);
        var c = McDropout.defaults().withPasses(7).withSeed(2).predict(network, ROWS);
        assertArrayEquals(a.meanProbability(), b.meanProbability());
        assertArrayEquals(a.mutualInformation(), b.mutualInformation());
        assertFalse(Arrays.deepEquals(a.meanProbability(), c.meanProbability()));
        assertTrue(Arrays.stream(a.mutualInformation()).allMatch(v -> v > 0));
        assertArrayEquals(before, network.logits(network.tensor(ROWS)).toMatrix());
    }

    @Test
    void withoutDropoutAllPassesAgree() {
        Network network = network(1, 0);
        var u = McDropout.defaults().withPasses(3).predict(network, ROWS);
        double[][] logits = network.logits(network.tensor(ROWS)).toMatrix();
        for (int i = 0; i < ROWS.length; i++) {
            assertEquals(0, u.mutualInformation()[i], 1e-15);
            assertArrayEquals(LogitRows.softmax(logits[i]), u.meanProbability()[i], 1e-15);
        }
    }

    /** One dropped unit of one: the output is the bias (logits 0, p 1/2) or twice the weight, half the time each. */
    @Test
    void passesFollowTheMaskLaw() {
        Network network = Network.of(Cpu.doubles(1), 1, 1, new Dropout(0.5), Dense.of(2));
        network.head().get(0).value().set(0, 0, 1);
        network.head().get(0).value().set(0, 1, 0);
        int passes = 4000;
        double mean = McDropout.defaults()
                .withPasses(passes)
                .predict(network, new double[][] {{1}})
                .meanProbability()[0][0];
        double kept = 1 / (1 + Math.exp(-2));
        double error = (kept - 0.5) / 2 / Math.sqrt(passes);
        assertEquals((kept + 0.5) / 2, mean, 4 * error); // 4 standard errors
    }

    @Test
    void membersDifferAndTrainingIsReproducible() {
        int[] labels = Arrays.stream(ROWS).mapToInt(r -> r[0] > 0 ? 1 : 0).toArray();
        var trainer = Trainer.defaults().withEpochs(3).withSeed(5);
        var first = DeepEnsemble.train(3, s -> network(s, 0.1), trainer, ROWS, CrossEntropy.of(labels));
        var again = DeepEnsemble.train(3, s -> network(s, 0.1), trainer, ROWS, CrossEntropy.of(labels));
        assertEquals(3, first.members().size());
        var u = first.predict(ROWS);
        assertArrayEquals(u.meanProbability(), again.predict(ROWS).meanProbability());
        assertTrue(Arrays.stream(u.mutualInformation()).allMatch(v -> v > 0));
        Network one = first.members().get(0);
        var alone = new DeepEnsemble(List.of(one)).predict(ROWS);
        assertArrayEquals(LogitRows.softmax(one.logits(one.tensor(ROWS)).toMatrix()), alone.meanProbability());
    }

    @Test
    void membersMustFit() {
        Network other = Network.of(Cpu.doubles(1), 1, 3, Dense.of(4));
        assertEquals(
                "outputs of members[1] must be 2 as of members[0], were 4",
                assertThrows(IllegalArgumentException.class, () -> new DeepEnsemble(List.of(network(1, 0), other)))
                        .getMessage());
    }
}
