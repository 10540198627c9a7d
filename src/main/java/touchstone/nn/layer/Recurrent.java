package touchstone.nn.layer;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;

/**
 * A cell along the steps of each example, [n * steps, d] to [n * steps, units], from a state of zeros. Its inputs are projected
 * once for all steps, its state at each: both to three parts of the units' columns, side by side.
 */
abstract class Recurrent implements Layer {
    static final int PARTS = 3;

    final Backend backend;
    final Parameter recurrent;
    private final int units;
    private final int steps;
    private final Buffers buffers;
    private final Layer project;
    private int examples;

    Recurrent(int units, int steps, int inputs, Site site) {
        this.units = units;
        this.steps = steps;
        backend = site.backend();
        buffers = site.buffers();
        project = Dense.of(PARTS * units).build(inputs, site.child("project"));
        recurrent = site.normal("recurrent", units, PARTS * units, 1 / Math.sqrt(units));
    }

    /** The state y after step t from its projected inputs and the state h before it. */
    abstract void step(Tensor projected, Tensor h, int t, Tensor y);

    /**
     * Gradients of step t from that by its state.
     *
     * @param dProjected where that by the projected inputs goes
     * @param dProduct where that by the recurrent products goes
     * @param carried where what reaches the state before by other ways than those products goes; holds 0
     */
    abstract void back(Tensor dh, int t, Tensor dProjected, Tensor dProduct, Tensor carried);

    @Override
    public final int outputs() {
        return units;
    }

    @Override
    public final List<Parameter> parameters() {
        List<Parameter> projection = project.parameters();
        return List.of(projection.get(0), projection.get(1), recurrent);
    }

    @Override
    public final Tensor forward(Tensor x, Pass pass) {
        if (x.rows() % steps != 0) {
            throw new IllegalArgumentException("rows must be a multiple of the " + steps + " steps, were " + x.rows());
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

    @Override
    public final Tensor backward(Tensor dy) {
        return project.backward(through(dy));
    }

    @Override
    public final void accumulate(Tensor dy) {
        project.accumulate(through(dy));
    }

    /** Back through time: adds to the recurrent weight's gradient, returns the gradient by the projected inputs. */
    private Tensor through(Tensor dy) {
        Tensor dProjected = all("dprojected", PARTS * units);
        Tensor dProduct = all("dproduct", PARTS * units);
        Tensor carried = buffers.take("carried", examples, units);
        Tensor direct = buffers.take("direct", examples, units);
        backend.fill(carried, 0);
        for (int t = steps - 1; t >= 0; t--) {
            Tensor dh = at(dy, t);
            backend.add(1, carried, dh);
            backend.fill(direct, 0);
            back(dh, t, at(dProjected, t), at(dProduct, t), direct);
            backend.abt(at(dProduct, t), recurrent.value(), carried);
            backend.add(1, direct, carried);
        }
        backend.addAtb(all("before", units), dProduct, recurrent.gradient());
        return dProjected;
    }

    /** The state before step t; not a copy. */
    final Tensor before(int t) {
        return at(all("before", units), t);
    }

    /** A buffer of so many times the units' columns for step t; it holds what was left there. */
    final Tensor kept(String name, int parts, int t) {
        return at(all(name, parts * units), t);
    }

    /** A buffer of the shape of a tensor; it holds whatever was left there. */
    final Tensor scratch(String name, Tensor like) {
        return buffers.take(name, like.rows(), like.columns());
    }

    /** The columns of part i and of so many after it; not a copy. */
    final Tensor parts(Tensor of, int i, int count) {
        return of.block(0, examples, i * units, count * units);
    }

    /** The columns of part i; not a copy. */
    final Tensor part(Tensor of, int i) {
        return parts(of, i, 1);
    }

    final void copy(Tensor from, Tensor to) {
        backend.fill(to, 0);
        backend.add(1, from, to);
    }

    private Tensor all(String name, int columns) {
        return buffers.take(name, examples * steps, columns);
    }

    /** The rows of one step, [n, columns]; not a copy. */
    private Tensor at(Tensor all, int t) {
        int columns = all.columns();
        return all.reshape(examples, steps * columns).block(0, examples, t * columns, columns);
    }
}
