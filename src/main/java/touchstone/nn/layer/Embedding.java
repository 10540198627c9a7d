package touchstone.nn.layer;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Rows of a trained table by number: ids [n, steps] (whole numbers in [0, vocabulary)) to [n * steps, width], with a trained row
 * added for each position if wanted. Both tables start normal. The gradient by the ids is zero.
 *
 * @param vocabulary rows of the table, 1 or more
 * @param width columns of the table, 1 or more
 * @param positions whether steps have a table of their own
 * @param deviation of the first numbers, above 0
 */
public record Embedding(int vocabulary, int width, boolean positions, double deviation) implements Layer.Spec {
    public Embedding {
        Check.atLeast(vocabulary, 1, "vocabulary");
        Check.atLeast(width, 1, "width");
        Check.positive(deviation, "deviation");
    }

    /** Without positions; deviation 0.08. */
    public static Embedding of(int vocabulary, int width) {
        return new Embedding(vocabulary, width, false, 0.08);
    }

    /** With a trained row for each step added. */
    public Embedding withPositions() {
        return new Embedding(vocabulary, width, true, deviation);
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final int steps;
        private final Backend backend;
        private final Buffers buffers;
        private final List<Parameter> tables = new ArrayList<>();
        private Tensor ids;

        Built(Embedding options, int steps, Site site) {
            this.steps = steps;
            backend = site.backend();
            buffers = site.buffers();
            tables.add(site.normal("table", options.vocabulary, options.width, options.deviation));
            if (options.positions) {
                tables.add(site.normal("positions", steps, options.width, options.deviation));
            }
            ids = buffers.take("ids", 0, steps);
        }

        @Override
        public int outputs() {
            return tables.get(0).value().columns();
        }

        @Override
        public List<Parameter> parameters() {
            return List.copyOf(tables);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            ids = x.demandColumns(steps, "ids");
            Tensor y = buffers.take("y", x.size(), outputs());
            backend.lookUp(tables.get(0).value(), x, y);
            if (tables.size() > 1) {
                for (int i = 0; i < x.rows(); i++) {
                    backend.add(1, tables.get(1).value(), y.block(i * steps, steps, 0, outputs()));
                }
            }
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            accumulate(dy);
            Tensor none = buffers.take("dx", ids.rows(), steps);
            backend.fill(none, 0);
            return none;
        }

        @Override
        public void accumulate(Tensor dy) {
            backend.addLookUpGradient(ids, dy, tables.get(0).gradient());
            if (tables.size() > 1) {
                for (int i = 0; i < ids.rows(); i++) {
                    backend.add(
                            1,
                            dy.block(i * steps, steps, 0, outputs()),
                            tables.get(1).gradient());
                }
            }
        }
    }
}
