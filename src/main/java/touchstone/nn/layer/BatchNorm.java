package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Batch norm: each channel less its mean, over {@code sqrt(variance + epsilon)}, times a trained gain plus a trained bias. In
 * training the moments are the batch's, else running ones, {@code r = (1 - momentum) r + momentum batch}. A row of several
 * pixels counts as several rows of channels.
 *
 * <p>Differs from the paper: the running variance takes the batch's variance over n, not n - 1.
 *
 * @param channels numbers a pixel, dividing the inputs; 0 for all inputs, one pixel
 * @param momentum weight of the batch in the running moments, in (0, 1)
 * @param epsilon above 0
 */
@Reference("ioffe2015batch")
public record BatchNorm(int channels, double momentum, double epsilon) implements Layer.Spec {
    public BatchNorm {
        Check.atLeast(channels, 0, "channels");
        Check.insideUnit(momentum, "momentum");
        Check.positive(epsilon, "epsilon");
    }

    /** Every column its own channel, momentum 0.1, epsilon 1e-5. */
    public static BatchNorm defaults() {
        return new BatchNorm(0, 0.1, 1e-5);
    }

    public BatchNorm withChannels(int count) {
        return new BatchNorm(count, momentum, epsilon);
    }

    @Override
    public Layer build(int inputs, Site site) {
        if (channels > 0 && inputs % channels != 0) {
            throw new IllegalArgumentException("channels must divide the inputs, were " + channels + " of " + inputs);
        }
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final BatchNorm options;
        private final int inputs;
        private final Backend backend;
        private final Buffers buffers;
        private final List<Parameter> parameters;
        private boolean ownMoments;
        private Tensor normal;
        private Tensor inverse;

        Built(BatchNorm options, int inputs, Site site) {
            this.options = options;
            this.inputs = inputs;
            backend = site.backend();
            buffers = site.buffers();
            int c = options.channels == 0 ? inputs : options.channels;
            parameters = List.of(
                    site.plain("gain", c, 1),
                    site.plain("bias", c, 0),
                    site.state("mean", c, 0),
                    site.state("variance", c, 1));
            normal = buffers.take("normal", 0, c);
            inverse = buffers.take("inverse", 1, c);
        }

        private Tensor value(int i) {
            return parameters.get(i).value();
        }

        @Override
        public int outputs() {
            return inputs;
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            int c = value(0).columns();
            Tensor pixels = x.reshape(x.size() / c, c);
            ownMoments = pass.training();
            Tensor mean = ownMoments ? buffers.take("mean", 1, c) : value(2);
            Tensor variance = ownMoments ? buffers.take("variance", 1, c) : value(3);
            if (ownMoments) {
                backend.columnMoments(pixels, mean, variance);
                run(mean, value(2));
                run(variance, value(3));
            }
            normal = buffers.take("normal", pixels.rows(), c);
            backend.inverseRoot(variance, options.epsilon, inverse);
            backend.standardise(pixels, mean, inverse, normal);
            Tensor y = buffers.take("y", pixels.rows(), c);
            backend.timesRow(normal, value(0), y);
            backend.addRow(value(1), y);
            return y.reshape(x.rows(), inputs);
        }

        private void run(Tensor batch, Tensor running) {
            backend.scale(1 - options.momentum, running);
            backend.add(options.momentum, batch, running);
        }

        @Override
        public Tensor backward(Tensor dy) {
            Tensor pixels = dy.reshape(normal.rows(), normal.columns());
            backend.addColumnDots(pixels, normal, parameters.get(0).gradient());
            backend.addColumnSums(pixels, parameters.get(1).gradient());
            backend.timesRow(pixels, value(0), pixels);
            if (ownMoments) {
                backend.standardiseGradient(normal, inverse, pixels, pixels);
            } else {
                backend.timesRow(pixels, inverse, pixels);
            }
            return pixels.reshape(dy.rows(), inputs);
        }
    }
}
