package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Buffers;
import touchstone.nn.Parameter;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.util.Seeds;

/**
 * Tokens to the residual stream, ids [n, T] to [n * (P + T), d]: a row of the table a token plus one a position, after the P rows of
 * a trained prefix, the same for all. Tokens keep their positions 0 .. T-1 whatever the prefix.
 */
final class Embedder {
    private final Backend backend;
    private final Buffers buffers;
    private final Parameter table;
    private final Parameter positions;
    private final List<Parameter> prefix = new ArrayList<>();
    private boolean frozen;
    private Tensor ids;

    Embedder(TransformerConfig config, Site site) {
        backend = site.backend();
        buffers = site.buffers();
        table = site.normal("table", config.vocabulary(), config.width(), 0.08);
        positions = site.normal("positions", config.context(), config.width(), 0.08);
        ids = backend.zeros(0, 1);
    }

    Parameter table() {
        return table;
    }

    List<Parameter> parameters() {
        var all = new ArrayList<>(List.of(table, positions));
        all.addAll(prefix);
        return all;
    }

    List<Parameter> prefix() {
        return List.copyOf(prefix);
    }

    int prefixLength() {
        return prefix.isEmpty() ? 0 : prefix.get(0).value().rows();
    }

    void freeze() {
        frozen = true;
    }

    /** Adds a prefix whose rows start as rows of the table drawn at random, as prompt tuning does. */
    void prepend(int length, long seed) {
        Parameter made = new Site(backend, "prefix", seed).normal("rows", length, width(), 0);
        var rng = Seeds.rng(seed, "prefix");
        var rows = new int[length];
        java.util.Arrays.setAll(rows, i -> rng.nextInt(table.value().rows()));
        backend.selectRows(table.value(), rows, made.value());
        prefix.add(made);
    }

    private int width() {
        return table.value().columns();
    }

    Tensor forward(Tensor tokens) {
        ids = tokens;
        int p = prefixLength();
        int steps = tokens.columns();
        Tensor y = buffers.take("y", tokens.rows() * (p + steps), width());
        for (int i = 0; i < tokens.rows(); i++) {
            if (p > 0) {
                copy(prefix.get(0).value(), y.block(i * (p + steps), p, 0, width()));
            }
            Tensor rows = y.block(i * (p + steps) + p, steps, 0, width());
            backend.lookUp(table.value(), tokens.block(i, 1, 0, steps), rows);
            backend.add(1, positions.value().head(steps), rows);
        }
        return y;
    }

    private void copy(Tensor from, Tensor to) {
        backend.fill(to, 0);
        backend.add(1, from, to);
    }

    /** The rows of one token each at one position, [n, d]. */
    Tensor step(Tensor tokens, int position) {
        Tensor y = buffers.take("step", tokens.rows(), width());
        backend.lookUp(table.value(), tokens, y);
        backend.addRow(positions.value().block(position, 1, 0, width()), y);
        return y;
    }

    /** Row i of the prefix for n sequences, [n, d]. */
    Tensor prefixStep(int sequences, int i) {
        Tensor y = buffers.take("step", sequences, width());
        backend.fill(y, 0);
        backend.addRow(prefix.get(0).value().block(i, 1, 0, width()), y);
        return y;
    }

    void backward(Tensor dy) {
        int p = prefixLength();
        int steps = ids.columns();
        for (int i = 0; i < ids.rows(); i++) {
            Tensor rows = dy.block(i * (p + steps) + p, steps, 0, width());
            if (p > 0) {
                backend.add(
                        1,
                        dy.block(i * (p + steps), p, 0, width()),
                        prefix.get(0).gradient());
            }
            if (!frozen) {
                backend.addLookUpGradient(ids.block(i, 1, 0, steps), rows, table.gradient());
                backend.add(1, rows, positions.gradient().head(steps));
            }
        }
    }
}
