package touchstone.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.CrossEntropy;

/** The number of threads changes no bit. */
class ThreadsTest {
    /** Sizes on both sides of what is worth a thread and of what goes to OpenBLAS; none a multiple of a block. */
    @ParameterizedTest
    @ValueSource(ints = {5, 67, 131, 515})
    void products(int n) {
        assertArrayEquals(product(n, 1), product(n, 2));
        assertArrayEquals(product(n, 1), product(n, 3));
    }

    private static double[][] product(int n, int threads) {
        int before = Nd4j.factory().blas().getMaxThreads();
        Nd4j.factory().blas().setMaxThreads(threads);
        try {
            Backend backend = Cpu.floats(threads);
            Tensor a = fill(backend, n, n + 3, 1);
            Tensor b = fill(backend, n + 3, 2 * n + 1, 2);
            Tensor c = backend.zeros(n, 2 * n + 1);
            backend.ab(a, b, c);
            backend.addAtb(fill(backend, n + 3, n, 3), b, c);
            backend.abt(fill(backend, n, 2 * n + 1, 4), b, a);
            Tensor both = backend.zeros(n, 3 * n + 4);
            backend.add(1, c, both.block(0, n, 0, 2 * n + 1));
            backend.add(1, a, both.block(0, n, 2 * n + 1, n + 3));
            return both.toMatrix();
        } finally {
            Nd4j.factory().blas().setMaxThreads(before);
        }
    }

    private static Tensor fill(Backend backend, int rows, int columns, long seed) {
        Tensor x = backend.zeros(rows, columns);
        double[][] numbers = GradientCheck.normal(rows, columns, seed);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, numbers[i][j]);
            }
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void training(int threads) {
        assertArrayEquals(image(1), image(threads));
        assertArrayEquals(language(1), language(threads));
        assertArrayEquals(recurrent(1), recurrent(threads));
    }

    private static double[][] recurrent(int threads) {
        Network network = Networks.recurrent(Cpu.floats(threads), 1);
        double[][] x = GradientCheck.normal(300, 64, 2);
        var labels = new int[300 * 8];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i * 7 % 3;
        }
        Trainer.defaults()
                .withEpochs(2)
                .withBatch(256)
                .fit(network, network.tensor(x), CrossEntropy.sequences(labels, 8));
        return network.logits(network.tensor(x)).toMatrix();
    }

    private static double[][] image(int threads) {
        Network network = Networks.image(Cpu.floats(threads), 1);
        double[][] x = GradientCheck.normal(300, 64, 1);
        var labels = new int[300];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 10;
        }
        Trainer.defaults()
                .withEpochs(2)
                .withBatch(256)
                .withClip(1)
                .fit(network, network.tensor(x), CrossEntropy.of(labels));
        return network.logits(network.tensor(x)).toMatrix();
    }

    private static double[][] language(int threads) {
        Network network = Networks.language(Cpu.floats(threads), 1);
        var ids = new double[128][8];
        var next = new int[128 * 8];
        for (int i = 0; i < next.length; i++) {
            ids[i / 8][i % 8] = i * 5 % 8;
            next[i] = i * 3 % 8;
        }
        Trainer.defaults()
                .withEpochs(2)
                .withBatch(64)
                .fit(network, network.tensor(ids), CrossEntropy.sequences(next, 8));
        return network.logits(network.tensor(ids)).toMatrix();
    }
}
