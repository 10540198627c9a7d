package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Site;
import touchstone.nn.Tensor;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.LayerNorm;

/** One block: {@code x = x + attention(norm(x))}, {@code x = x + down(gelu(up(norm(x))))}. Sums lie in the layers' own buffers. */
final class Block {
    private static final Pass PLAIN = Pass.evaluation();

    private final Backend backend;
    private final Layer first;
    final SelfAttention attention;
    private final Layer second;
    private final Linear up;
    private final Layer gelu;
    private final Linear down;

    Block(TransformerConfig config, int number, Site site) {
        int d = config.width();
        double gain = 1 / Math.sqrt(2.0 * config.layers()); // so that the stream's variance does not grow with depth
        backend = site.backend();
        first = LayerNorm.defaults().build(d, site.child("norm1"));
        attention = new SelfAttention(config, number, gain, site.child("attention"));
        second = LayerNorm.defaults().build(d, site.child("norm2"));
        up = new Linear(d, 4 * d, 1, site.child("up"));
        gelu = Activate.gelu().build(4 * d, site.child("gelu"));
        down = new Linear(4 * d, d, gain, site.child("down"));
    }

    List<Parameter> parameters() {
        var all = new ArrayList<>(first.parameters());
        all.addAll(attention.project.parameters());
        all.addAll(attention.join.parameters());
        all.addAll(second.parameters());
        all.addAll(up.parameters());
        all.addAll(down.parameters());
        return all;
    }

    Map<Lora.Matrix, Linear> matrices() {
        var all = new EnumMap<Lora.Matrix, Linear>(Lora.Matrix.class);
        all.put(Lora.Matrix.PROJECT, attention.project);
        all.put(Lora.Matrix.JOIN, attention.join);
        all.put(Lora.Matrix.UP, up);
        all.put(Lora.Matrix.DOWN, down);
        return all;
    }

    Tensor forward(Tensor x, int steps, Hooks hooks) {
        return rest(x, attention.forward(first.forward(x, PLAIN), steps, hooks));
    }

    Tensor step(Tensor x, KeyValues cache, Hooks hooks) {
        return rest(x, attention.step(first.forward(x, PLAIN), cache, hooks));
    }

    private Tensor rest(Tensor x, Tensor mid) {
        backend.add(1, x, mid);
        Tensor out = down.forward(gelu.forward(up.forward(second.forward(mid, PLAIN)), PLAIN));
        backend.add(1, mid, out);
        return out;
    }

    Tensor backward(Tensor dy) {
        Tensor dmid = second.backward(up.backward(gelu.backward(down.backward(dy))));
        backend.add(1, dy, dmid);
        Tensor dx = first.backward(attention.backward(dmid));
        backend.add(1, dmid, dx);
        return dx;
    }
}
