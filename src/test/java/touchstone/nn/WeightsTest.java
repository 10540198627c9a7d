package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.CrossEntropy;

class WeightsTest {
    @TempDir
    Path folder;

    private static double[][] logits(Network network) {
        return network.logits(network.tensor(GradientCheck.normal(5, 64, 1))).toMatrix();
    }

    private static Network trained() {
        Network network = Networks.image(Cpu.floats(), 1);
        double[][] x = GradientCheck.normal(20, 64, 2);
        Trainer.defaults().withEpochs(1).fit(network, network.tensor(x), CrossEntropy.of(new int[20]));
        return network;
    }

    /** Running moments included: batch norm's logits depend on them. */
    @Test
    void loadedWeightsGiveTheSameLogits() {
        Network network = trained();
        Path file = folder.resolve("w");
        Weights.save(network, file);
        Network other = Networks.image(Cpu.floats(), 2);
        assertFalse(Arrays.deepEquals(logits(network), logits(other)));
        Weights.load(other, file);
        assertArrayEquals(logits(network), logits(other));
    }

    @Test
    void everyChangedByteIsFoundAndChangesNothing() throws IOException {
        Path file = folder.resolve("w");
        Weights.save(trained(), file);
        byte[] sound = Files.readAllBytes(file);
        Network other = Networks.image(Cpu.floats(), 2);
        double[][] before = logits(other);
        for (int at = 0; at < sound.length; at += 997) {
            byte[] broken = sound.clone();
            broken[at] ^= 1;
            Files.write(file, broken);
            var thrown = assertThrows(UncheckedIOException.class, () -> Weights.load(other, file));
            assertTrue(
                    thrown.getMessage().matches(".*corrupt, its sha256 must be [0-9a-f]{64}, was [0-9a-f]{64}"),
                    thrown.getMessage());
        }
        Files.write(file, Arrays.copyOf(sound, 10));
        assertThrows(UncheckedIOException.class, () -> Weights.load(other, file));
        assertArrayEquals(before, logits(other));
    }

    @Test
    void anotherArchitectureIsRefused() {
        Path file = folder.resolve("w");
        Weights.save(trained(), file);
        Network other = Networks.perceptron(Cpu.floats(), 1);
        var thrown = assertThrows(IllegalArgumentException.class, () -> Weights.load(other, file));
        assertTrue(thrown.getMessage().startsWith("architecture of "), thrown.getMessage());
        assertEquals(
                "64 -> [Dense[outputs=100, bias=true, gain=1.4142135623730951], Activate[f=RELU],"
                        + " Dense[outputs=10, bias=true, gain=1.0]]",
                other.architecture());
    }
}
