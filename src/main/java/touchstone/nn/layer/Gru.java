package touchstone.nn.layer;

import touchstone.nn.Activation;
import touchstone.nn.Layer;
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

    private static final class Built extends Recurrent {
        Built(Gru options, int inputs, Site site) {
            super(options.units, options.steps, inputs, site);
        }

        /** Keeps the gates, the candidate and the recurrent products. */
        @Override
        void step(Tensor projected, Tensor h, int t, Tensor y) {
            Tensor product = kept("product", PARTS, t);
            backend.ab(h, recurrent.value(), product);
            Tensor gates = kept("gates", 2, t);
            copy(parts(projected, 0, 2), gates);
            backend.add(1, parts(product, 0, 2), gates);
            logistic(gates);
            Tensor candidate = kept("candidate", 1, t);
            backend.times(part(gates, 0), part(product, 2), candidate);
            backend.add(1, part(projected, 2), candidate);
            backend.activate(Activation.TANH, candidate, candidate);
            // h' = c + z (h - c)
            copy(h, y);
            backend.add(-1, candidate, y);
            backend.times(y, part(gates, 1), y);
            backend.add(1, candidate, y);
        }

        @Override
        void back(Tensor dh, int t, Tensor dProjected, Tensor dProduct, Tensor carried) {
            Tensor gates = kept("gates", 2, t);
            Tensor candidate = kept("candidate", 1, t);
            Tensor reset = part(gates, 0);
            Tensor update = part(gates, 1);
            Tensor rest = scratch("rest", dh);
            Tensor dr = part(dProjected, 0);
            Tensor dz = part(dProjected, 1);
            Tensor dc = part(dProjected, 2);
            // dz = dh (h - c) z (1 - z)
            copy(before(t), dz);
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
            backend.times(dc, part(kept("product", PARTS, t), 2), dr);
            timesSlope(reset, dr, rest);
            copy(dProjected, dProduct);
            backend.times(dc, reset, part(dProduct, 2));
            backend.times(dh, update, carried);
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
            Tensor half = scratch("half", x);
            backend.fill(half, 0.5);
            backend.add(1, half, x);
        }
    }
}
