package touchstone.nn.cpu;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** {@link HeadKernels} as small products of blocks, in any precision. */
final class AttentionKernels implements HeadKernels {
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

    private boolean sees(int query, int key) {
        return !heads.causal() || key <= query;
    }

    @Override
    public void forward(Tensor x, Tensor weights, Tensor out, int item) {
        Tensor p = weights.block(item * heads.steps(), heads.steps(), 0, heads.steps());
        backend.abt(part(x, item, 1), part(x, item, 0), p);
        backend.scale(scale(), p);
        for (int i = 0; i < heads.steps(); i++) {
            softmax(p, i);
        }
        backend.fill(part(out, item, 0), 0);
        backend.addAtb(p, part(x, item, 2), part(out, item, 0));
    }

    /** Softmax down a column, over the keys that its query sees; zeros for the others. */
    private void softmax(Tensor p, int query) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < p.rows(); j++) {
            most = sees(query, j) ? Math.max(most, p.get(j, query)) : most;
        }
        double sum = 0;
        for (int j = 0; j < p.rows(); j++) {
            double e = sees(query, j) ? Math.exp(p.get(j, query) - most) : 0;
            p.set(j, query, e);
            sum += e;
        }
        for (int j = 0; j < p.rows(); j++) {
            p.set(j, query, p.get(j, query) / sum);
        }
    }

    @Override
    public void backward(Tensor x, Tensor weights, Tensor dout, Tensor dx, int item) {
        Tensor p = weights.block(item * heads.steps(), heads.steps(), 0, heads.steps());
        Tensor ds = backend.zeros(heads.steps(), heads.steps());
        Tensor byOut = part(dout, item, 0);
        backend.ab(p, byOut, part(dx, item, 2));
        backend.abt(part(x, item, 2), byOut, ds);
        for (int i = 0; i < heads.steps(); i++) {
            softmaxGradient(p, ds, i);
        }
        backend.scale(scale(), ds);
        backend.addAtb(ds, part(x, item, 1), part(dx, item, 0));
        backend.ab(ds, part(x, item, 0), part(dx, item, 1));
    }

    private static void softmaxGradient(Tensor p, Tensor ds, int query) {
        double dot = 0;
        for (int j = 0; j < p.rows(); j++) {
            dot += p.get(j, query) * ds.get(j, query);
        }
        for (int j = 0; j < p.rows(); j++) {
            ds.set(j, query, p.get(j, query) * (ds.get(j, query) - dot));
        }
    }
}
