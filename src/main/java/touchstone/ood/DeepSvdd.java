package touchstone.ood;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import touchstone.nn.Network;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Deep support vector data description, one-class objective: a small network phi is trained to bring all features near one point,
 * {@code min 1/n sum_i |phi(x_i) - c|^2} with weight decay; the score is {@code |phi(x) - c|^2}, 0 or more. Labels are not used.
 *
 * <p>The guards against collapse are the paper's: no layer has a bias, the activation (ReLU) is unbounded, and c is fixed before
 * training, at the mean of the untrained outputs with each coordinate moved at least 0.1 away from 0. A network whose outputs
 * have become one point all the same is refused.
 *
 * <p>Differs from the paper: a network of two dense layers on standardised features (rounded to float32) in place of a
 * convolutional one on images, no pretraining as an autoencoder, decoupled weight decay.
 *
 * @param hidden columns of the hidden layer, 1 or more
 * @param outputs columns of phi, 1 or more
 * @param trainer how the network is trained; its seed also draws the first weights
 */
@Reference("ruff2018deep")
public record DeepSvdd(int hidden, int outputs, Trainer trainer) implements Detector {
    private static final double AWAY =
            0.1; // the paper's code: smaller coordinates of c are too easily met by zero weights
    private static final double POINT = 1e-12; // relative variance below which the outputs are one point

    public DeepSvdd {
        Check.atLeast(hidden, 1, "hidden");
        Check.atLeast(outputs, 1, "outputs");
    }

    /** 64 hidden columns, 16 outputs; 50 epochs of batches of 64 by Adam at 1e-3, decay 1e-6 as in the paper, seed 1. */
    public static DeepSvdd defaults() {
        Trainer trainer = Trainer.defaults()
                .withOptimizer(AdamW.defaults().withDecay(1e-6), Schedule.constant(1e-3))
                .withEpochs(50)
                .withBatch(64);
        return new DeepSvdd(64, 16, trainer);
    }

    public DeepSvdd withOutputs(int columns) {
        return new DeepSvdd(hidden, columns, trainer);
    }

    public DeepSvdd withTrainer(Trainer t) {
        return new DeepSvdd(hidden, outputs, t);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES);
    }

    @Override
    public Scorer learn(Batch train) {
        Standard standard = Standard.of(train.featureRows());
        double[][] x = standard.rows(train.featureRows());
        Network network = Network.of(
                Cpu.floats(1),
                trainer.seed(),
                x[0].length,
                Dense.of(hidden).withBias(false).withGain(Math.sqrt(2)),
                Activate.relu(),
                Dense.of(outputs).withBias(false));
        double[] centre = Vectors.mean(Layers.of(network).outputs(x));
        for (int j = 0; j < centre.length; j++) {
            centre[j] = Math.abs(centre[j]) >= AWAY ? centre[j] : centre[j] < 0 ? -AWAY : AWAY;
        }
        trainer.fit(network, network.tensor(x), loss(centre));
        Layers layers = Layers.of(network);
        demandSpread(layers.outputs(x), centre);
        return batch -> {
            double[][] phi = layers.outputs(standard.rows(batch.featureRows()));
            return Vectors.each(phi.length, i -> squared(phi[i], centre));
        };
    }

    /** The mean over a batch of {@code |phi - c|^2}. */
    static Loss loss(double... centre) {
        return (phi, examples, weight, gradient) -> {
            double share = weight / phi.rows();
            double sum = 0;
            for (int i = 0; i < phi.rows(); i++) {
                for (int j = 0; j < centre.length; j++) {
                    double gap = phi.get(i, j) - centre[j];
                    sum += share * gap * gap;
                    gradient.set(i, j, gradient.get(i, j) + 2 * share * gap);
                }
            }
            return sum;
        };
    }

    private static double squared(double[] a, double[] b) {
        double[] gap = Vectors.minus(a, b);
        return Vectors.dot(gap, gap);
    }

    private static void demandSpread(double[][] phi, double[] centre) {
        double[] mean = Vectors.mean(phi);
        double variance = Vectors.sum(Vectors.each(phi.length, i -> squared(phi[i], mean))) / phi.length;
        if (!(variance > POINT * Vectors.dot(centre, centre))) {
            throw new ArithmeticException(
                    "the network must not map all training rows to one point, the variance of its outputs" + " was "
                            + variance + "; lower the learning rate or the weight decay");
        }
    }

    /** Standardisation by the training columns; a constant column is only centred. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Standard(double[] mean, double[] deviation) {
        static Standard of(double[][] features) {
            double[][] x = narrow(features);
            double[] mean = Vectors.mean(x);
            var squares = new double[mean.length];
            for (double[] row : x) {
                for (int j = 0; j < mean.length; j++) {
                    squares[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / x.length;
                }
            }
            if (!(Vectors.max(squares) > 0)) {
                throw new IllegalArgumentException("features must vary, each of the " + mean.length
                        + " columns had one value in all " + x.length + " rows");
            }
            return new Standard(mean, Vectors.each(mean.length, j -> squares[j] > 0 ? Math.sqrt(squares[j]) : 1));
        }

        double[][] rows(double[][] features) {
            double[][] x = narrow(features);
            for (double[] row : x) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = (row[j] - mean[j]) / deviation[j];
                }
            }
            return x;
        }

        /** Rounded to float32, as the network takes them: so that the type of the features does not matter. */
        private static double[][] narrow(double[][] features) {
            double[][] x = Arrays.stream(features)
                    .map(row -> Arrays.stream(row).map(v -> (float) v).toArray())
                    .toArray(double[][]::new);
            for (int i = 0; i < x.length; i++) {
                Check.allFinite(x[i], "features rounded to float32[" + i + "]");
            }
            return x;
        }
    }

    /** The trained weights, applied in double and row by row: a row's score depends on the row alone, on any thread. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layers(double[][] first, double[][] second) {
        static Layers of(Network network) {
            List<double[][]> weights =
                    network.parameters().stream().map(p -> p.value().toMatrix()).toList();
            return new Layers(weights.get(0), weights.get(1));
        }

        double[][] outputs(double[][] x) {
            return Arrays.stream(x).parallel().map(this::outputs).toArray(double[][]::new);
        }

        private double[] outputs(double[] x) {
            double[] h = product(x, first);
            for (int j = 0; j < h.length; j++) {
                h[j] = Math.max(0, h[j]);
            }
            return product(h, second);
        }

        private static double[] product(double[] row, double[][] matrix) {
            var out = new double[matrix[0].length];
            for (int k = 0; k < row.length; k++) {
                for (int j = 0; j < out.length; j++) {
                    out[j] += row[k] * matrix[k][j];
                }
            }
            return out;
        }
    }
}
