package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.nn.layer.Dense;

/** {@code y = x W + b}, and with a low-rank adapter {@code + factor (x A) B}, A [inputs, rank], B [rank, outputs]. */
final class Linear {
    private final Backend backend;
    private final Buffers buffers;
    private final Layer dense;
    private final String name;
    private final List<Parameter> adapter = new ArrayList<>();
    private double factor;
    private boolean frozen;
    private Tensor input;

    Linear(int inputs, int outputs, double gain, Site site) {
        backend = site.backend();
        buffers = site.buffers();
        name = site.name();
        dense = Dense.of(outputs).withGain(gain).build(inputs, site);
        input = buffers.take("input", 0, inputs);
    }

    /** W and b, then A and B where there is an adapter. */
    List<Parameter> parameters() {
        var all = new ArrayList<>(dense.parameters());
        all.addAll(adapter);
        return all;
    }

    List<Parameter> adapter() {
        return List.copyOf(adapter);
    }

    /** Leaves out the gradients of W and b from now on. */
    void freeze() {
        frozen = true;
    }

    /** Adds an adapter: A normal, B zero, so that nothing changes at first. */
    void adapt(int rank, double by, long seed) {
        Tensor w = weight();
        var site = new Site(backend, name, seed);
        adapter.add(site.normal("lora-a", w.rows(), rank, 1 / Math.sqrt(w.rows())));
        adapter.add(site.normal("lora-b", rank, w.columns(), 0));
        factor = by;
    }

    private Tensor weight() {
        return dense.parameters().get(0).value();
    }

    /** {@code factor A B}, [inputs, outputs]. */
    Tensor update() {
        Tensor out = backend.zeros(weight().rows(), weight().columns());
        if (!adapter.isEmpty()) {
            backend.ab(adapter.get(0).value(), adapter.get(1).value(), out);
            backend.scale(factor, out);
        }
        return out;
    }

    /** Sets W to {@code W + factor A B} of another. */
    void takeMerged(Linear other) {
        backend.add(1, other.update(), weight());
    }

    Tensor forward(Tensor x) {
        input = x;
        Tensor y = dense.forward(x, Pass.evaluation());
        if (!adapter.isEmpty()) {
            Tensor a = adapter.get(0).value();
            Tensor low = buffers.take("low", x.rows(), a.columns());
            backend.ab(x, a, low);
            backend.scale(factor, low);
            Tensor high = buffers.take("high", x.rows(), y.columns());
            backend.ab(low, adapter.get(1).value(), high);
            backend.add(1, high, y);
        }
        return y;
    }

    Tensor backward(Tensor dy) {
        Tensor dx = frozen ? byInput(dy) : dense.backward(dy);
        if (!adapter.isEmpty()) {
            Parameter a = adapter.get(0);
            Parameter b = adapter.get(1);
            backend.addAtb(buffers.take("low", dy.rows(), a.value().columns()), dy, b.gradient());
            Tensor dlow = buffers.take("dlow", dy.rows(), a.value().columns());
            backend.abt(dy, b.value(), dlow);
            backend.scale(factor, dlow);
            backend.addAtb(input, dlow, a.gradient());
            Tensor more = buffers.take("more", dx.rows(), dx.columns());
            backend.abt(dlow, a.value(), more);
            backend.add(1, more, dx);
        }
        return dx;
    }

    private Tensor byInput(Tensor dy) {
        Tensor dx = buffers.take("dx", dy.rows(), weight().rows());
        backend.abt(dy, weight(), dx);
        return dx;
    }
}
