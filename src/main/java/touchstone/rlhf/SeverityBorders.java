package touchstone.rlhf;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.rlhf.loss.OrdinalSeverity;
import touchstone.util.Check;

/**
 * A layer from a cost C, [n, 1], to {@code C - b_j} for rising borders b, [n, K - 1]. Trained are the first border and the logarithms
 * of the gaps between borders, so that they rise whatever the step.
 *
 * @param levels K, 2 or more; the borders start at 0, 1, ...
 */
record SeverityBorders(int levels) implements Layer.Spec {
    SeverityBorders {
        Check.atLeast(levels, 2, "levels");
    }

    @Override
    public Layer build(int inputs, Site site) {
        if (inputs != 1) {
            throw new IllegalArgumentException("a severity needs one cost a row, had " + inputs + " numbers");
        }
        return new Built(levels - 1, site);
    }

    /** The borders a trained network ends in. */
    static OrdinalSeverity severity(List<Parameter> parameters) {
        return new OrdinalSeverity(borders(parameters));
    }

    private static double[] borders(List<Parameter> parameters) {
        boolean gaps = parameters.size() > 1;
        var b = new double[gaps ? parameters.get(1).value().columns() + 1 : 1];
        b[0] = parameters.get(0).value().get(0, 0);
        for (int j = 1; j < b.length; j++) {
            b[j] = b[j - 1] + Math.exp(parameters.get(1).value().get(0, j - 1));
        }
        return b;
    }

    private static final class Built implements Layer {
        private final int borders;
        private final Buffers buffers;
        private final List<Parameter> parameters = new ArrayList<>();

        Built(int borders, Site site) {
            this.borders = borders;
            buffers = site.buffers();
            parameters.add(site.plain("first", 1, 0));
            if (borders > 1) {
                parameters.add(site.plain("gaps", borders - 1, 0));
            }
        }

        @Override
        public int outputs() {
            return borders;
        }

        @Override
        public List<Parameter> parameters() {
            return List.copyOf(parameters);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            double[] b = borders(parameters);
            Tensor y = buffers.take("y", x.rows(), borders);
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < borders; j++) {
                    y.set(i, j, x.get(i, 0) - b[j]);
                }
            }
            return y;
        }

        @Override
        public Tensor backward(Tensor dy) {
            var byBorder = new double[borders];
            Tensor dx = buffers.take("dx", dy.rows(), 1);
            for (int i = 0; i < dy.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < borders; j++) {
                    sum += dy.get(i, j);
                    byBorder[j] -= dy.get(i, j);
                }
                dx.set(i, 0, sum);
            }
            double above = 0; // a gap moves every border above it
            for (int j = borders - 1; j > 0; j--) {
                above += byBorder[j];
                Parameter gaps = parameters.get(1);
                double gap = Math.exp(gaps.value().get(0, j - 1));
                gaps.gradient().set(0, j - 1, gaps.gradient().get(0, j - 1) + above * gap);
            }
            Tensor first = parameters.get(0).gradient();
            first.set(0, 0, first.get(0, 0) + above + byBorder[0]);
            return dx;
        }
    }
}
