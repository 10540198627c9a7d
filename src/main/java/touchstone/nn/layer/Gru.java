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
 * Gated recurrent unit along the steps of each example, [n * steps, d] to [n * steps, units], from a state of zeros:
 *
 * <pre>
 * r_t = s(x_t Wr + br + h_(t-1) Ur)    z_t = s(x_t Wz + bz + h_(t-1) Uz)
 * c_t = tanh(x_t Wc + bc + r_t * (h_(t-1) Uc))    h_t = (1 - z_t) * c_t + z_t * h_(t-1)
 * </pre>
 *
 * with s the logistic function. The weights [d, 3 units] and [units, 3 units] hold r, z, c side by side. First weights are
 * normal with deviation {@code 1 / sqrt(d)} and {@code 1 / sqrt(units)}; biases start at 0.
 *
 * <p>Differs from the paper: the reset gate acts after the recurrent product, as in cuDNN and PyTorch, and z keeps the old
 * state rather than the new one, as there; PyTorch's second bias is left out.
 *
 * @param units columns of the state, 1 or more
 * @param steps steps an example, 1 or more
 */
@Reference("cho2014learning")
public record Gru(int units, int steps) implements Layer.Spec {
    public Gru {
        Check.atLeast(units, 1, "units");
        Check.atLeast(steps, 1, "steps");
    }

    @Override
    public Layer build(int inputs, Site site) {
        return new Built(this, inputs, site);
    }

    private static final class Built implements Layer {
        private final int units;
        private final int steps;
        private final Backend backend;
        private final Buffers buffers;
        private final Layer project;
        private final Parameter recurrent;
        private int examples;

        Built(Gru options, int inputs, Site site) {
            units = options.units;
            steps = options.steps;
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
                step(at(projected, t), h, t, at(y, t));
            }
            return y;
        }

        /** One step from its projected inputs and the state before; keeps the gates and the recurrent products. */
        private void step(Tensor projected, Tensor h, int t, Tensor y) {
            Tensor product = at(all("product", 3 * units), t);
            backend.ab(h, recurrent.value(), product);
            Tensor both = at(all("gates", 2 * units), t);
            copy(projected.block(0, examples, 0, 2 * units), both);
            backend.add(1, product.block(0, examples, 0, 2 * units), both);
            logistic(both);
            Tensor candidate = at(all("candidate", units), t);
            backend.times(gate(both, 0), gate(product, 2), candidate);
            backend.add(1, gate(projected, 2), candidate);
            backend.activate(Activation.TANH, candidate, candidate);
            // h' = c + z (h - c)
            copy(h, y);
            backend.add(-1, candidate, y);
            backend.times(y, gate(both, 1), y);
            backend.add(1, candidate, y);
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
            Tensor dProjected = all("dprojected", 3 * units);
            Tensor dProduct = all("dproduct", 3 * units);
            Tensor carried = buffers.take("carried", examples, units);
            backend.fill(carried, 0);
            for (int t = steps - 1; t >= 0; t--) {
                Tensor dh = at(dy, t);
                backend.add(1, carried, dh);
                gates(dh, t, at(dProjected, t), at(dProduct, t));
                Tensor rest = buffers.take("rest", examples, units);
                backend.abt(at(dProduct, t), recurrent.value(), carried);
                backend.times(dh, gate(at(all("gates", 2 * units), t), 1), rest);
                backend.add(1, rest, carried);
            }
            backend.addAtb(all("before", units), dProduct, recurrent.gradient());
            return dProjected;
        }

        /** Gradients of one step by its projected inputs and by its recurrent products, from that by its state. */
        private void gates(Tensor dh, int t, Tensor dProjected, Tensor dProduct) {
            Tensor both = at(all("gates", 2 * units), t);
            Tensor candidate = at(all("candidate", units), t);
            Tensor reset = gate(both, 0);
            Tensor update = gate(both, 1);
            Tensor rest = buffers.take("rest", examples, units);
            Tensor dr = gate(dProjected, 0);
            Tensor dz = gate(dProjected, 1);
            Tensor dc = gate(dProjected, 2);
            // dz = dh (h - c) z (1 - z)
            copy(at(all("before", units), t), dz);
            backend.add(-1, candidate, dz);
            backend.times(dz, dh, dz);
            timesSlope(update, dz, rest);
            // dc = dh (1 - z) (1 - c^2)
            backend.fill(dc, 1);
            backend.add(-1, update, dc);
            backend.times(dc, dh, dc);
            backend.times(candidate, candidate, rest);
            backend.times(rest, dc, rest);
            backend.add(-1, rest, dc);
            // dr = dc (h Uc) r (1 - r)
            backend.times(dc, gate(at(all("product", 3 * units), t), 2), dr);
            timesSlope(reset, dr, rest);
            copy(dProjected, dProduct);
            backend.times(dc, reset, gate(dProduct, 2));
        }

        /** {@code d = d (s - s * s)}, the slope of the logistic function by its value s. */
        private void timesSlope(Tensor s, Tensor d, Tensor rest) {
            backend.times(s, s, rest);
            backend.scale(-1, rest);
            backend.add(1, s, rest);
            backend.times(d, rest, d);
        }

        /** {@code x = (1 + tanh(x / 2)) / 2}. */
        private void logistic(Tensor x) {
            backend.scale(0.5, x);
            backend.activate(Activation.TANH, x, x);
            backend.scale(0.5, x);
            Tensor half = buffers.take("half", x.rows(), x.columns());
            backend.fill(half, 0.5);
            backend.add(1, half, x);
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

        /** The columns of one gate; not a copy. */
        private Tensor gate(Tensor gates, int g) {
            return gates.block(0, examples, g * units, units);
        }
    }
}
