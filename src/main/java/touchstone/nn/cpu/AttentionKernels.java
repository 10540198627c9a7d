package touchstone.nn.cpu;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/**
 * Attention of one example and one head after another, as small products of blocks. Queries, keys and values of head h are
 * columns h w to (h + 1) w of their thirds; the weights of example e and head h are rows from (e heads + h) steps.
 */
final class AttentionKernels {
    private final Backend backend;
    private final Backend.Heads heads;
    private final int d;

    AttentionKernels(Backend backend, Backend.Heads heads, int d) {
        this.backend = backend;
        this.heads = heads;
        this.d = d;
    }

    private Tensor part(Tensor x, int item, int third) {
        int width = d / heads.count();
        int example = item / heads.count();
        int head = item % heads.count();
        return x.block(example * heads.steps(), heads.steps(), third * d + head * width, width);
    }

    private double scale() {
        return 1 / Math.sqrt((double) d / heads.count());
    }

    private int seen(int row) {
        return heads.causal() ? row + 1 : heads.steps();
    }

    /** {@code P = softmax(Q K^T / sqrt(w))}, {@code O = P V}. */
    void forward(Tensor x, Tensor weights, Tensor out, int item) {
        Tensor p = weights.block(item * heads.steps(), heads.steps(), 0, heads.steps());
        backend.abt(part(x, item, 0), part(x, item, 1), p);
        backend.scale(scale(), p);
        for (int i = 0; i < heads.steps(); i++) {
            RowKernels.softmax(p, p, i, seen(i));
        }
        backend.ab(p, part(x, item, 2), part(out, item, 0));
    }

    /** {@code dV = P^T dO}, {@code dS = P (dO V^T - rows' means)}, {@code dQ = dS K}, {@code dK = dS^T Q}. */
    void backward(Tensor x, Tensor weights, Tensor dout, Tensor dx, int item) {
        Tensor p = weights.block(item * heads.steps(), heads.steps(), 0, heads.steps());
        Tensor ds = backend.zeros(heads.steps(), heads.steps());
        Tensor dO = part(dout, item, 0);
        backend.addAtb(p, dO, part(dx, item, 2));
        backend.abt(dO, part(x, item, 2), ds);
        for (int i = 0; i < heads.steps(); i++) {
            RowKernels.softmaxGradient(p, ds, ds, i);
        }
        backend.scale(scale(), ds);
        backend.ab(ds, part(x, item, 1), part(dx, item, 0));
        backend.addAtb(ds, part(x, item, 0), part(dx, item, 1));
    }
}
