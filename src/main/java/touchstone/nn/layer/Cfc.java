package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Activation;
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
 * Closed-form continuous-time cell (a liquid network without a solver) along the steps of each example, [n * steps, d] to
 * [n * steps, units], from a state of zeros:
 *
 * <pre>
 * f_t = x_t Wf + bf + h_(t-1) Uf    g_t = tanh(x_t Wg + bg + h_(t-1) Ug)    k_t = tanh(x_t Wk + bk + h_(t-1) Uk)
 * h_t = s(-f_t span) * g_t + (1 - s(-f_t span)) * k_t
 * </pre>
 *
 * with s the logistic function: after a time {@code span} the state lies between g, where it starts, and k, where it goes, at a rate f
 * that the inputs set. The weights [d, 3 units] and [units, 3 units] hold f, g, k side by side. First weights are normal with
 * deviation {@code 1 / sqrt(d)} and {@code 1 / sqrt(units)}; biases start at 0.
 *
 * <p>Differs from the paper: f, g and k are linear maps of input and state without a common layer before them, and all steps
 * have the same span.
 *
 * @param units columns of the state, 1 or more
 * @param steps steps an example, 1 or more
 * @param span time between two steps, above 0
 */
@Reference("hasani2022closed")
public record Cfc(int units, int steps, double span) implements Layer.Spec {
    public Cfc {
        Check.atLeast(units, 1, "units");
        Check.atLeast(steps, 1, "steps");
        Check.positive(span, "span");
    }

    /** A cell with one unit of time between two steps. */
    public static Cfc of(int units, int steps) {
        return new Cfc(units, steps, 1);
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final int units;
        private final int steps;
        private final double span;
        private final Backend backend;
        private final Buffers buffers;
        private final Layer project;
        private final Parameter recurrent;
        private int examples;

        Built(Cfc options, int inputs, Site site) {
            units = options.units;
            steps = options.steps;
            span = options.span;
            backend = site.backend();
            buffers = site.buffers();
            project = Dense.of(3 * units).build(inputs, site.child("project"));
            recurrent = site.normal("recurrent", units, 3 * units, 1 / Math.sqrt(units));
        }

        @Override
        public int outputs() {
            return units;
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> projection = project.parameters();
            return List.of(projection.get(0), projection.get(1), recurrent);
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            if (x.rows() % steps != 0) {
                throw new IllegalArgumentException(
                        "rows must be a multiple of the " + steps + " steps, were " + x.rows());
            }
            examples = x.rows() / steps;
            Tensor projected = project.forward(x, pass);
            Tensor y = all("y", units);
            Tensor before = all("before", units);
            for (int t = 0; t < steps; t++) {
                Tensor h = at(before, t);
                backend.fill(h, 0);
                if (t > 0) {
                    backend.add(1, at(y, t - 1), h);
                }
                step(at(projected, t), h, at(all("heads", 3 * units), t), at(y, t));
            }
            return y;
        }

        /** One step from its projected inputs and the state before; leaves gate, g and k in the heads. */
        private void step(Tensor projected, Tensor h, Tensor heads, Tensor y) {
            backend.ab(h, recurrent.value(), heads);
            backend.add(1, projected, heads);
            Tensor gate = head(heads, 0);
            Tensor both = heads.block(0, examples, units, 2 * units);
            logistic(gate);
            backend.activate(Activation.TANH, both, both);
            // h' = k + s (g - k)
            backend.fill(y, 0);
            backend.add(1, head(heads, 1), y);
            backend.add(-1, head(heads, 2), y);
            backend.times(y, gate, y);
            backend.add(1, head(heads, 2), y);
        }

        /** {@code x = s(-x span) = (1 - tanh(x span / 2)) / 2}. */
        private void logistic(Tensor x) {
            backend.scale(0.5 * span, x);
            backend.activate(Activation.TANH, x, x);
            backend.scale(-0.5, x);
            Tensor half = buffers.take("half", examples, units);
            backend.fill(half, 0.5);
            backend.add(1, half, x);
        }

        @Override
        public Tensor backward(Tensor dy) {
            return project.backward(through(dy));
        }

        @Override
        public void accumulate(Tensor dy) {
            project.accumulate(through(dy));
        }

        /** Back through time: adds to the recurrent weight's gradient, returns the gradient by the projected inputs. */
        private Tensor through(Tensor dy) {
            Tensor dHeads = all("dheads", 3 * units);
            Tensor carried = buffers.take("carried", examples, units);
            backend.fill(carried, 0);
            for (int t = steps - 1; t >= 0; t--) {
                Tensor dh = at(dy, t);
                backend.add(1, carried, dh);
                heads(dh, at(all("heads", 3 * units), t), at(dHeads, t));
                backend.abt(at(dHeads, t), recurrent.value(), carried);
            }
            backend.addAtb(all("before", units), dHeads, recurrent.gradient());
            return dHeads;
        }

        /** Gradients of one step by what enters its three heads, from that by its state. */
        private void heads(Tensor dh, Tensor heads, Tensor out) {
            Tensor gate = head(heads, 0);
            Tensor rest = buffers.take("rest", examples, units);
            Tensor df = head(out, 0);
            Tensor dg = head(out, 1);
            Tensor dk = head(out, 2);
            // dg = dh s (1 - g^2), dk = dh (1 - s) (1 - k^2)
            backend.times(dh, gate, dg);
            copy(dh, dk);
            backend.add(-1, dg, dk);
            // df = -span dh (g - k) s (1 - s): dk holds dh (1 - s)
            copy(head(heads, 1), df);
            backend.add(-1, head(heads, 2), df);
            backend.times(df, dk, df);
            backend.times(df, gate, df);
            backend.scale(-span, df);
            timesTanhSlope(head(heads, 1), dg, rest);
            timesTanhSlope(head(heads, 2), dk, rest);
        }

        /** {@code d = d (1 - v * v)}, the slope of tanh by its value v. */
        private void timesTanhSlope(Tensor v, Tensor d, Tensor rest) {
            backend.times(v, v, rest);
            backend.times(rest, d, rest);
            backend.add(-1, rest, d);
        }

        private void copy(Tensor from, Tensor to) {
            backend.fill(to, 0);
            backend.add(1, from, to);
        }

        /** A buffer of so many columns for every step. */
        private Tensor all(String name, int columns) {
            return buffers.take(name, examples * steps, columns);
        }

        /** The rows of one step, [n, columns]; not a copy. */
        private Tensor at(Tensor all, int t) {
            int columns = all.columns();
            return all.reshape(examples, steps * columns).block(0, examples, t * columns, columns);
        }

        /** The columns of one head; not a copy. */
        private Tensor head(Tensor heads, int i) {
            return heads.block(0, examples, i * units, units);
        }
    }
}
