package touchstone.nn.bench;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Activation;
import touchstone.nn.Layer;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Attention;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Embedding;
import touchstone.nn.layer.LayerNorm;
import touchstone.nn.layer.Residual;

/**
 * A network that is trained, and its batch. A perceptron has {@code layers} hidden layers of {@code width} with ReLU; a transformer
 * has {@code layers} blocks, {@code x + attention(norm(x))}, {@code x + down(gelu(up(norm(x))))}, over tokens.
 *
 * @param kind what it is
 * @param width of the hidden layers, or of the stream of a transformer
 * @param layers hidden ones, or blocks
 * @param steps tokens an example; 1 for a perceptron
 * @param batch examples a step of training
 */
public record NetworkSize(Kind kind, int width, int layers, int steps, int batch) {
    private static final int CLASSES = 10;
    private static final int TOKENS = 256;
    private static final int HEAD = 64; // columns of a head, where the width allows more than one
    private static final int FACTOR = 4; // of the inner width of a block

    /** What is trained. */
    public enum Kind {
        PERCEPTRON,
        TRANSFORMER
    }

    static NetworkSize perceptron(int width, int layers, int batch) {
        return new NetworkSize(Kind.PERCEPTRON, width, layers, 1, batch);
    }

    static NetworkSize transformer(int width, int layers, int steps, int batch) {
        return new NetworkSize(Kind.TRANSFORMER, width, layers, steps, batch);
    }

    NetworkSize withBatch(int examples) {
        return new NetworkSize(kind, width, layers, steps, examples);
    }

    /** The same kind, small enough to be checked in double: at most so wide, two layers, 16 tokens, 4 examples. */
    NetworkSize small() {
        return new NetworkSize(
                kind, Math.min(width, HEAD), Math.min(layers, 2), Math.min(steps, 16), Math.min(batch, 4));
    }

    boolean reads() {
        return kind == Kind.TRANSFORMER;
    }

    /** Columns of the inputs: as many as the width, or tokens. */
    int inputs() {
        return reads() ? steps : width;
    }

    /** Columns of the logits. */
    int outputs() {
        return reads() ? TOKENS : CLASSES;
    }

    /** Rows of the logits. */
    int rows() {
        return batch * steps;
    }

    int heads() {
        return Math.max(2, width / HEAD);
    }

    List<Layer.Spec> network() {
        var all = new ArrayList<Layer.Spec>();
        if (reads()) {
            all.add(Embedding.of(TOKENS, width).withPositions());
        }
        for (int i = 0; i < layers; i++) {
            addLayer(all);
        }
        if (reads()) {
            all.add(LayerNorm.defaults());
        }
        all.add(Dense.of(outputs()));
        return all;
    }

    private void addLayer(List<Layer.Spec> all) {
        if (reads()) {
            all.add(Residual.of(LayerNorm.defaults(), new Attention(heads(), steps, true)));
            all.add(Residual.of(
                    LayerNorm.defaults(), Dense.of(FACTOR * width), new Activate(Activation.GELU), Dense.of(width)));
        } else {
            all.add(Dense.of(width));
            all.add(Activate.relu());
        }
    }

    /** Floating-point operations of one step of training: six a weight and row, and those of attention. */
    double flops() {
        double weights = (double) width * outputs() + layers * (reads() ? 12.0 : 1.0) * width * width;
        double attention =
                reads() ? 12.0 * layers * batch * steps * steps * width : 0; // q k and weights times v, 3 passes
        return 6 * weights * rows() + attention;
    }

    String name() {
        return reads() ? "transformer, steps of training" : "perceptron, steps of training";
    }

    String size() {
        return reads()
                ? "d " + width + ", " + layers + " layers, T " + steps + ", B " + batch
                : width + " wide, " + layers + " hidden, B " + batch;
    }
}
