package touchstone.nn;

import java.util.ArrayList;
import java.util.List;

/** Layers one after another; itself a layer. Of no layers: the identity. */
public final class Chain implements Layer {
    private final int inputs;
    private final List<Layer> layers;

    private Chain(int inputs, List<Layer> layers) {
        this.inputs = inputs;
        this.layers = List.copyOf(layers);
    }

    /** Builds the layers, each for the outputs of the one before; they are named by their number and type. */
    public static Chain build(int inputs, List<Layer.Spec> specs, Site site) {
        var layers = new ArrayList<Layer>();
        int width = inputs;
        for (Layer.Spec spec : specs) {
            String name = layers.size() + "-" + spec.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
            Layer layer = spec.build(width, site.child(name));
            layers.add(layer);
            width = layer.outputs();
        }
        return new Chain(inputs, layers);
    }

    /** The layers in order. */
    public List<Layer> layers() {
        return layers;
    }

    /** All layers but the last. */
    public Chain body() {
        return new Chain(inputs, layers.subList(0, Math.max(0, layers.size() - 1)));
    }

    @Override
    public int outputs() {
        return layers.isEmpty() ? inputs : layers.get(layers.size() - 1).outputs();
    }

    @Override
    public List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.forward(y, pass);
        }
        return y;
    }

    @Override
    public Tensor backward(Tensor dy) {
        Tensor gradient = dy;
        for (int i = layers.size() - 1; i >= 0; i--) {
            gradient = layers.get(i).backward(gradient);
        }
        return gradient;
    }

    @Override
    public boolean rowByRow() {
        return layers.stream().allMatch(Layer::rowByRow);
    }

    @Override
    public Tensor backwardSquares(Tensor dy) {
        Tensor gradient = dy;
        for (int i = layers.size() - 1; i >= 0; i--) {
            gradient = layers.get(i).backwardSquares(gradient);
        }
        return gradient;
    }

    @Override
    public void accumulate(Tensor dy) {
        Tensor gradient = dy;
        for (int i = layers.size() - 1; i > 0; i--) {
            gradient = layers.get(i).backward(gradient);
        }
        if (!layers.isEmpty()) {
            layers.get(0).accumulate(gradient);
        }
    }
}
