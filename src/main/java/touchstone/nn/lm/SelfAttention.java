package touchstone.nn.lm;

import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Site;
import touchstone.nn.Tensor;

/** Causal self-attention of several heads over any number of steps, whose heads can be scaled and shifted. */
final class SelfAttention {
    private final int block;
    private final int heads;
    private final int width;
    private final Backend backend;
    private final Buffers buffers;
    final Linear project;
    final Linear join;
    private Backend.Heads cut;
    private Hooks hooks = Hooks.none();
    private Tensor projected;
    private Tensor weights;
    private Tensor mixed;

    SelfAttention(TransformerConfig config, int block, double gain, Site site) {
        this.block = block;
        heads = config.heads();
        width = config.width();
        backend = site.backend();
        buffers = site.buffers();
        project = new Linear(width, 3 * width, 1, site.child("project"));
        join = new Linear(width, width, gain, site.child("join"));
        cut = new Backend.Heads(heads, 1, true);
        projected = buffers.take("projected", 0, 3 * width);
        weights = buffers.take("weights", 0, 1);
        mixed = buffers.take("mixed", 0, width);
    }

    Tensor forward(Tensor x, int steps, Hooks with) {
        hooks = with;
        cut = new Backend.Heads(heads, steps, true);
        projected = project.forward(x);
        weights = buffers.take("weights", x.rows() * heads, steps);
        mixed = buffers.take("mixed", x.rows(), width);
        backend.attention(cut, projected, weights, mixed);
        hooks.editHeads(block, width / heads, mixed, backend);
        return join.forward(mixed);
    }

    Tensor backward(Tensor dy) {
        Tensor dmixed = join.backward(dy);
        hooks.pullBackHeads(block, width / heads, dmixed, backend);
        Tensor dx = buffers.take("dprojected", projected.rows(), projected.columns());
        backend.attentionGradient(cut, projected, weights, dmixed, dx);
        return project.backward(dx);
    }

    /** One more step of each sequence, from the keys and values before. */
    Tensor step(Tensor x, KeyValues cache, Hooks with) {
        Tensor now = project.forward(x);
        var rows = new double[now.size()];
        now.copyTo(rows, 0);
        Tensor out = buffers.take("stepped", x.rows(), width);
        out.copyFrom(cache.attend(rows, heads), 0);
        with.editHeads(block, width / heads, out, backend);
        return join.forward(out);
    }

    /** Queries, keys and values of the last forward pass, [rows, 3 d]. */
    Tensor projected() {
        return projected;
    }

    /** Outputs of all heads side by side in the last forward pass, as edited, [rows, d]. */
    Tensor mixed() {
        return mixed;
    }
}
