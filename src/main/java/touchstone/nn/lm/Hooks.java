package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Changes of what flows through a model, in forward passes, their gradients and generation alike. Blocks are numbered from 0. The
 * residual stream has a place more: 0 is before the first block, l after l blocks. Changes of the stream leave the rows
 * of a soft prompt as they are; changes of a head act there too. Immutable; changes at one place act in the order in which they were added.
 */
public final class Hooks {
    private static final Hooks NONE = new Hooks(List.of(), List.of());

    private final List<Head> heads;
    private final List<Place> places;

    private Hooks(List<Head> heads, List<Place> places) {
        this.heads = heads;
        this.places = places;
    }

    private record Head(int block, int head, double factor, List<Double> shift) {}

    private record Place(int layer, Edit edit) {}

    /** No change. */
    public static Hooks none() {
        return NONE;
    }

    /** Sets the output of a head to zero. */
    public Hooks ablate(int block, int head) {
        return scaleHead(block, head, 0);
    }

    /** Multiplies the output of a head. */
    public Hooks scaleHead(int block, int head, double factor) {
        Check.finite(factor, "factor");
        return with(new Head(block, head, factor, List.of()));
    }

    /** Replaces the output of a head at every token by a vector, [d / heads], such as its mean. */
    public Hooks replaceHead(int block, int head, double... output) {
        Check.nonEmpty(output.length, "output");
        return with(
                new Head(block, head, 0, java.util.Arrays.stream(output).boxed().toList()));
    }

    private Hooks with(Head added) {
        Check.atLeast(added.block, 0, "block");
        Check.atLeast(added.head, 0, "head");
        var all = new ArrayList<>(heads);
        all.add(added);
        return new Hooks(List.copyOf(all), places);
    }

    /** Adds a vector, [d], to the residual stream after {@code layer} blocks, at every token. */
    public Hooks steer(int layer, double... vector) {
        return edit(layer, Edit.steer(vector, 0));
    }

    /** Changes the residual stream after {@code layer} blocks. */
    public Hooks edit(int layer, Edit edit) {
        Check.atLeast(layer, 0, "layer");
        var all = new ArrayList<>(places);
        all.add(new Place(layer, edit));
        return new Hooks(heads, List.copyOf(all));
    }

    /** Demands that all blocks and heads be there. */
    void demandFits(TransformerConfig config) {
        for (Head h : heads) {
            Check.index(h.block, config.layers(), "block of a hook");
            Check.index(h.head, config.heads(), "head of a hook");
            if (!h.shift.isEmpty()) {
                Check.sameLength(h.shift.size(), "output of a head", config.headWidth(), "columns of a head");
            }
        }
        for (Place p : places) {
            Check.index(p.layer, config.layers() + 1, "layer of a hook");
        }
    }

    void editHeads(int block, int width, Tensor mixed, Backend backend) {
        for (Head h : heads) {
            if (h.block == block) {
                Tensor part = mixed.block(0, mixed.rows(), h.head * width, width);
                scale(part, h.factor, backend);
                for (int i = 0; i < part.rows() && !h.shift.isEmpty(); i++) {
                    for (int j = 0; j < width; j++) {
                        part.set(i, j, h.shift.get(j));
                    }
                }
            }
        }
    }

    void pullBackHeads(int block, int width, Tensor dmixed, Backend backend) {
        for (int k = heads.size() - 1; k >= 0; k--) {
            Head h = heads.get(k);
            if (h.block == block) {
                scale(dmixed.block(0, dmixed.rows(), h.head * width, width), h.factor, backend);
            }
        }
    }

    private static void scale(Tensor part, double factor, Backend backend) {
        if (factor == 0) {
            backend.fill(part, 0);
        } else {
            backend.scale(factor, part);
        }
    }

    void editResidual(int layer, int prefix, int steps, Tensor x) {
        for (Place p : places) {
            if (p.layer == layer) {
                rows(x, prefix, steps, p.edit::apply);
            }
        }
    }

    void pullBackResidual(int layer, int prefix, int steps, Tensor dx) {
        for (int k = places.size() - 1; k >= 0; k--) {
            if (places.get(k).layer == layer) {
                rows(dx, prefix, steps, places.get(k).edit::pullBack);
            }
        }
    }

    /** One row a sequence, all at one position. */
    void editStep(int layer, int position, Tensor x) {
        for (Place p : places) {
            if (p.layer == layer && position >= 0) {
                for (int i = 0; i < x.rows(); i++) {
                    row(x, i, position, p.edit::apply);
                }
            }
        }
    }

    private static void rows(Tensor x, int prefix, int steps, BiConsumer<Integer, double[]> change) {
        for (int i = 0; i < x.rows(); i++) {
            int position = i % (prefix + steps) - prefix;
            if (position >= 0) {
                row(x, i, position, change);
            }
        }
    }

    private static void row(Tensor x, int i, int position, BiConsumer<Integer, double[]> change) {
        var values = new double[x.columns()];
        Tensor one = x.block(i, 1, 0, x.columns());
        one.copyTo(values, 0);
        change.accept(position, values);
        one.copyFrom(values, 0);
    }
}
