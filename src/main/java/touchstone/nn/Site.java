package touchstone.nn;

import java.util.random.RandomGenerator;
import touchstone.util.Seeds;

/**
 * Where a layer is built: it makes the layer's parameters and buffers.
 *
 * @param backend whose tensors they are
 * @param name path of the layer in the network, such as {@code 2.residual.0}
 * @param seed of the network's first weights
 */
public record Site(Backend backend, String name, long seed) {
    /** Normal numbers of mean 0 from the stream of the parameter's full name. */
    public Parameter normal(String part, int rows, int columns, double deviation) {
        Parameter made = make(part, rows, columns, Parameter.Kind.WEIGHT);
        RandomGenerator rng = Seeds.rng(seed, made.name());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                made.value().set(i, j, deviation * rng.nextGaussian());
            }
        }
        return made;
    }

    /** A row [1, d] of one value: a bias or a gain. */
    public Parameter plain(String part, int columns, double value) {
        Parameter made = make(part, 1, columns, Parameter.Kind.PLAIN);
        backend.fill(made.value(), value);
        return made;
    }

    /** A row [1, d] that is not trained. */
    public Parameter state(String part, int columns, double value) {
        var made = new Parameter(
                name + "." + part, backend.zeros(1, columns), backend.zeros(0, columns), Parameter.Kind.STATE);
        backend.fill(made.value(), value);
        return made;
    }

    /** The place of a layer within this one. */
    public Site child(String part) {
        return new Site(backend, name.isEmpty() ? part : name + "." + part, seed);
    }

    /** Buffers for a layer built here. */
    public Buffers buffers() {
        return new Buffers(backend);
    }

    private Parameter make(String part, int rows, int columns, Parameter.Kind kind) {
        return new Parameter(name + "." + part, backend.zeros(rows, columns), backend.zeros(rows, columns), kind);
    }
}
