package touchstone.nn;

import touchstone.data.Digits;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.BatchNorm;
import touchstone.nn.layer.Convolution;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Dropout;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.Gru;
import touchstone.nn.layer.LayerNorm;
import touchstone.nn.layer.Pool;
import touchstone.nn.layer.Residual;
import touchstone.nn.layer.Steps;

/** Networks that several tests build. */
final class Networks {
    private Networks() {}

    static Network perceptron(Backend backend, long seed) {
        return Network.of(backend, seed, 64, Dense.of(100).withGain(Math.sqrt(2)), Activate.relu(), Dense.of(10));
    }

    /** Convolution, batch norm, pooling, dropout. */
    static Network image(Backend backend, long seed) {
        return Network.of(
                backend,
                seed,
                64,
                Convolution.of(new Window(8, 8, 1, 3, 1, 1), 8),
                BatchNorm.defaults().withChannels(8),
                Activate.relu(),
                Pool.max(new Window(8, 8, 8, 2, 2, 0)),
                new Dropout(0.1),
                Dense.of(10));
    }

    /** A decoder of one block over 8 tokens of 8. */
    static Network language(Backend backend, long seed) {
        return Network.of(
                backend,
                seed,
                8,
                Embedding.of(8, 16).withPositions(),
                Residual.of(LayerNorm.defaults(), new Attention(4, 8, true)),
                Residual.of(LayerNorm.defaults(), Dense.of(32), Activate.gelu(), Dense.of(16)),
                LayerNorm.defaults(),
                Dense.of(8).withBias(false));
    }

    /** A recurrent layer over 8 steps of 8. */
    static Network recurrent(Backend backend, long seed) {
        return Network.of(backend, seed, 64, new Steps(8), new Gru(48, 8), Dense.of(3));
    }

    /** Digits' pixels in [0, 1]. */
    static double[][] pixels(Digits digits) {
        double[][] rows = digits.matrix();
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= 16;
            }
        }
        return rows;
    }
}
