package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
 * The last layer of a classifier whose classes have fixed targets, such as embeddings of their names: features [n, d] to logits
 * {@code scale cos(h, target_c)}, or {@code scale h . target_c}, [n, classes]. Nothing in it is trained, so that learning moves
 * features towards targets. Any strategy can learn a network that ends in it.
 *
 * <p>Targets are scaled to unit length. Features of length 0 have cosine 0.
 *
 * <p>Differs from the paper: where targets come from is the caller's matter.
 *
 * @param targets a row a class, [classes, d], finite and none all 0
 * @param scale of the logits, above 0
 * @param cosine whether features are scaled to unit length too
 */
@Reference("ni2024enhancing")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record SemanticTargets(double[][] targets, double scale, boolean cosine) implements Layer.Spec {
    private static final double SMALL = 1e-12;

    public SemanticTargets {
        Check.positive(scale, "scale");
        Check.nonEmpty(targets.length, "targets");
        var unit = new double[targets.length][];
        for (int c = 0; c < targets.length; c++) {
            Check.sameLength(targets[c].length, "targets[" + c + "]", targets[0].length, "targets[0]");
            Check.allFinite(targets[c], "targets[" + c + "]");
            double length = Math.sqrt(Gradients.dot(targets[c], targets[c]));
            if (!(length > 0)) {
                throw new IllegalArgumentException("targets[" + c + "] must not be all 0");
            }
            unit[c] = Arrays.stream(targets[c]).map(v -> v / length).toArray();
        }
        targets = unit;
    }

    /** Cosine logits of scale 10. */
    public static SemanticTargets of(double[][] targets) {
        return new SemanticTargets(targets, 10, true);
    }

    public SemanticTargets withScale(double s) {
        return new SemanticTargets(targets, s, cosine);
    }

    public SemanticTargets withCosine(boolean on) {
        return new SemanticTargets(targets, scale, on);
    }

    /** The targets at unit length, [classes, d]. */
    @Override
    public double[][] targets() {
        return Arrays.stream(targets).map(double[]::clone).toArray(double[][]::new);
    }

    /** Rows less their mean row: what classes have in common tells none from another. */
    public static double[][] centred(double[][] rows) {
        Check.nonEmpty(rows.length, "rows");
        double[] mean = IntStream.range(0, rows[0].length)
                .mapToDouble(j ->
                        Arrays.stream(rows).mapToDouble(row -> row[j]).average().orElseThrow())
                .toArray();
        return Arrays.stream(rows)
                .map(row -> IntStream.range(0, mean.length)
                        .mapToDouble(j -> row[j] - mean[j])
                        .toArray())
                .toArray(double[][]::new);
    }

    @Override
    public Layer build(int inputs, Site site) {
        Check.sameLength(targets[0].length, "targets[0]", inputs, "the features");
        return new Built(this, inputs, site);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SemanticTargets that
                && Arrays.deepEquals(targets, that.targets)
                && scale == that.scale
                && cosine == that.cosine;
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(targets) + 31 * Double.hashCode(scale) + Boolean.hashCode(cosine);
    }

    @Override
    public String toString() {
        return "SemanticTargets[" + targets.length + " x " + targets[0].length + " #"
                + Integer.toHexString(Arrays.deepHashCode(targets)) + ", scale=" + scale + ", cosine=" + cosine + "]";
    }

    private static final class Built implements Layer {
        private final SemanticTargets spec;
        private final Backend backend;
        private final Buffers buffers;
        private final Tensor table;
        private Tensor input;

        Built(SemanticTargets spec, int inputs, Site site) {
            this.spec = spec;
            this.backend = site.backend();
            this.buffers = site.buffers();
            this.table = backend.zeros(spec.targets.length, inputs);
            for (int c = 0; c < spec.targets.length; c++) {
                for (int j = 0; j < inputs; j++) {
                    table.set(c, j, spec.targets[c][j]);
                }
            }
            this.input = buffers.take("h", 0, inputs);
        }

        @Override
        public int outputs() {
            return table.rows();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            input = x;
            Tensor z = buffers.take("z", x.rows(), table.rows());
            backend.abt(x, table, z);
            for (int i = 0; i < z.rows(); i++) {
                double factor = spec.scale / length(i);
                for (int c = 0; c < z.columns(); c++) {
                    z.set(i, c, z.get(i, c) * factor);
                }
            }
            return z;
        }

        /** Length of a row of features, or 1 for plain products. */
        private double length(int i) {
            double square = SMALL;
            for (int j = 0; j < input.columns(); j++) {
                square += input.get(i, j) * input.get(i, j);
            }
            return spec.cosine ? Math.sqrt(square) : 1;
        }

        @Override
        public Tensor backward(Tensor dy) {
            Tensor dx = buffers.take("dh", input.rows(), input.columns());
            backend.ab(dy, table, dx);
            for (int i = 0; i < dx.rows(); i++) {
                double length = length(i);
                double along = 0;
                for (int j = 0; j < dx.columns(); j++) {
                    along += dx.get(i, j) * input.get(i, j);
                }
                double back = spec.cosine ? along / (length * length) : 0;
                for (int j = 0; j < dx.columns(); j++) {
                    dx.set(i, j, spec.scale / length * (dx.get(i, j) - back * input.get(i, j)));
                }
            }
            return dx;
        }
    }
}
