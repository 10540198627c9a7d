package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.nn.layer.LayerNorm;

/** The transformer in place: parameters, buffers, passes. Serves one thread at a time. */
final class Decoder {
    private static final Pass PLAIN = Pass.evaluation();

    final TransformerConfig config;
    final Backend backend;
    final Embedder embedder;
    final List<Block> blocks = new ArrayList<>();
    private final Buffers buffers;
    private final Layer norm;
    private final List<Linear> unembed = new ArrayList<>();
    private final List<Tensor> stream = new ArrayList<>();
    private final List<Lora> lora = new ArrayList<>();
    private Tensor last;
    private Hooks hooks = Hooks.none();
    private int steps = 1;
    private boolean frozen;

    Decoder(TransformerConfig config, Backend backend, long seed) {
        this.config = config;
        this.backend = backend;
        var site = new Site(backend, "", seed);
        buffers = site.buffers();
        embedder = new Embedder(config, site.child("embedding"));
        for (int i = 0; i < config.layers(); i++) {
            blocks.add(new Block(config, i, site.child("block" + i)));
        }
        norm = LayerNorm.defaults().build(config.width(), site.child("norm"));
        if (!config.tied()) {
            unembed.add(new Linear(config.width(), config.vocabulary(), 0.25, site.child("unembedding")));
        }
        last = backend.zeros(0, config.width());
    }

    List<Parameter> parameters() {
        var all = new ArrayList<>(embedder.parameters());
        blocks.forEach(b -> all.addAll(b.parameters()));
        all.addAll(norm.parameters());
        unembed.forEach(u -> all.addAll(u.parameters()));
        return List.copyOf(all);
    }

    /** Adds adapters and freezes the rest. */
    void adapt(Lora options) {
        double factor = options.alpha() / options.rank();
        for (Block block : blocks) {
            var matrices = block.matrices();
            matrices.forEach((matrix, linear) -> {
                if (options.matrices().contains(matrix)) {
                    linear.adapt(options.rank(), factor, options.seed());
                }
            });
        }
        lora.add(options);
        freeze();
    }

    /** The adapters, if there are any. */
    Optional<Lora> lora() {
        return lora.stream().findFirst();
    }

    /** Adds a soft prompt and freezes the rest. */
    void prepend(int length, long seed) {
        embedder.prepend(length, seed);
        freeze();
    }

    /** Leaves out the gradients of all matrices and tables from now on; adapters and prefix keep theirs. */
    void freeze() {
        frozen = true;
        embedder.freeze();
        blocks.forEach(b -> b.matrices().values().forEach(Linear::freeze));
        unembed.forEach(Linear::freeze);
    }

    /** Logits of ids [n, T], [n * T, vocabulary]; rows of a prefix are left out. */
    Tensor forward(Tensor ids, Hooks with) {
        Tensor x = residual(ids, with, config.layers());
        last = tokenRows(norm.forward(x, PLAIN), ids.rows());
        return logits(last);
    }

    /** A buffer of zeros for the gradient by the logits. */
    Tensor gradient(Tensor logits) {
        Tensor d = buffers.take("dlogits", logits.rows(), logits.columns());
        backend.fill(d, 0);
        return d;
    }

    private Tensor logits(Tensor h) {
        if (!unembed.isEmpty()) {
            return unembed.get(0).forward(h);
        }
        Tensor z = buffers.take("logits", h.rows(), config.vocabulary());
        backend.abt(h, embedder.table().value(), z);
        return z;
    }

    /** The residual stream after so many blocks, prefix rows included, [n * (P + T), d]. */
    Tensor residual(Tensor ids, Hooks with, int layer) {
        hooks = with;
        steps = ids.columns();
        stream.clear();
        Tensor x = embedder.forward(ids);
        hooks.editResidual(0, embedder.prefixLength(), steps, x);
        stream.add(x);
        for (int l = 0; l < layer; l++) {
            x = blocks.get(l).forward(x, embedder.prefixLength() + steps, hooks);
            hooks.editResidual(l + 1, embedder.prefixLength(), steps, x);
            stream.add(x);
        }
        return x;
    }

    private Tensor tokenRows(Tensor h, int n) {
        int p = embedder.prefixLength();
        if (p == 0) {
            return h;
        }
        Tensor rows = buffers.take("rows", n * steps, config.width());
        for (int i = 0; i < n; i++) {
            Tensor to = rows.block(i * steps, steps, 0, config.width());
            backend.fill(to, 0);
            backend.add(1, h.block(i * (p + steps) + p, steps, 0, config.width()), to);
        }
        return rows;
    }

    void backward(Tensor dlogits) {
        Tensor dlast;
        if (unembed.isEmpty()) {
            dlast = buffers.take("dlast", dlogits.rows(), config.width());
            backend.ab(dlogits, embedder.table().value(), dlast);
            if (!frozen) {
                backend.addAtb(dlogits, last, embedder.table().gradient());
            }
        } else {
            dlast = unembed.get(0).backward(dlogits);
        }
        backwardResidual(norm.backward(streamRows(dlast)), config.layers());
    }

    private Tensor streamRows(Tensor d) {
        int p = embedder.prefixLength();
        if (p == 0) {
            return d;
        }
        int n = d.rows() / steps;
        Tensor all = buffers.take("dstream", n * (p + steps), config.width());
        backend.fill(all, 0);
        for (int i = 0; i < n; i++) {
            backend.add(
                    1,
                    d.block(i * steps, steps, 0, config.width()),
                    all.block(i * (p + steps) + p, steps, 0, config.width()));
        }
        return all;
    }

    /** Back from the residual stream after so many blocks; d may be overwritten. */
    void backwardResidual(Tensor d, int layer) {
        Tensor dx = d;
        for (int l = layer - 1; l >= 0; l--) {
            hooks.pullBackResidual(l + 1, embedder.prefixLength(), steps, dx);
            dx = blocks.get(l).backward(dx);
        }
        hooks.pullBackResidual(0, embedder.prefixLength(), steps, dx);
        embedder.backward(dx);
    }

    /** The stream of the last pass: embeddings, then after each block. */
    List<Tensor> stream() {
        return List.copyOf(stream);
    }

    /** Logits of the newest position of n sequences from rows x of the stream before the first block, [n, vocabulary]. */
    Tensor step(Tensor x, int position, List<KeyValues> caches, Hooks with) {
        Tensor y = x;
        with.editStep(0, position, y);
        for (int l = 0; l < blocks.size(); l++) {
            y = blocks.get(l).step(y, caches.get(l), with);
            with.editStep(l + 1, position, y);
        }
        return logits(norm.forward(y, PLAIN));
    }
}
