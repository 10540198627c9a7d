package touchstone.nn.layer;

import touchstone.nn.Activation;
import touchstone.nn.Layer;
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

    private static final class Built extends Recurrent {
        private final double span;

        Built(Cfc options, int inputs, Site site) {
            super(options.units, options.steps, inputs, site);
            span = options.span;
        }

        /** Keeps the gate, g and k. */
        @Override
        void step(Tensor projected, Tensor h, int t, Tensor y) {
            Tensor heads = kept("heads", PARTS, t);
            backend.ab(h, recurrent.value(), heads);
            backend.add(1, projected, heads);
            Tensor gate = part(heads, 0);
            Tensor both = parts(heads, 1, 2);
            logistic(gate);
            backend.activate(Activation.TANH, both, both);
            // h' = k + s (g - k)
            copy(part(heads, 1), y);
            backend.add(-1, part(heads, 2), y);
            backend.times(y, gate, y);
            backend.add(1, part(heads, 2), y);
        }

        /** {@code x = s(-x span) = (1 - tanh(x span / 2)) / 2}. */
        private void logistic(Tensor x) {
            backend.scale(0.5 * span, x);
            backend.activate(Activation.TANH, x, x);
            backend.scale(-0.5, x);
            Tensor half = scratch("half", x);
            backend.fill(half, 0.5);
            backend.add(1, half, x);
        }

        @Override
        void back(Tensor dh, int t, Tensor dProjected, Tensor dProduct, Tensor carried) {
            Tensor heads = kept("heads", PARTS, t);
            Tensor gate = part(heads, 0);
            Tensor rest = scratch("rest", dh);
            Tensor df = part(dProjected, 0);
            Tensor dg = part(dProjected, 1);
            Tensor dk = part(dProjected, 2);
            // dg = dh s (1 - g^2), dk = dh (1 - s) (1 - k^2)
            backend.times(dh, gate, dg);
            copy(dh, dk);
            backend.add(-1, dg, dk);
            // df = -span dh (g - k) s (1 - s): dk holds dh (1 - s)
            copy(part(heads, 1), df);
            backend.add(-1, part(heads, 2), df);
            backend.times(df, dk, df);
            backend.times(df, gate, df);
            backend.scale(-span, df);
            timesTanhSlope(part(heads, 1), dg, rest);
            timesTanhSlope(part(heads, 2), dk, rest);
            copy(dProjected, dProduct);
        }

        /** {@code d = d (1 - v * v)}, the slope of tanh by its value v. */
        private void timesTanhSlope(Tensor v, Tensor d, Tensor rest) {
            backend.times(v, v, rest);
            backend.times(rest, d, rest);
            backend.add(-1, rest, d);
        }
    }
}
