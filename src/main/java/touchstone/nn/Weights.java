package touchstone.nn;

import java.nio.file.Path;
import touchstone.util.Archive;
import touchstone.util.Check;

/**
 * Saves and loads a network's parameters, running moments included, in double. A file is loaded into a network that was built the
 * same way; nothing in it is executed.
 */
public final class Weights {
    private Weights() {}

    /** Writes the parameters to a file, over what was there. */
    public static void save(Network network, Path file) {
        Archive.save(file, archive -> persist(network, archive));
    }

    /**
     * Reads a file into a network of the same architecture; precision may differ. The network is changed only when the whole file
     * is sound.
     *
     * @throws java.io.UncheckedIOException when the file cannot be read or its hash does not fit; the message has both hashes
     * @throws IllegalArgumentException when the file is of another architecture; the message has both
     */
    public static void load(Network network, Path file) {
        Archive.load(file, archive -> persist(network, archive));
    }

    /** Tells the architecture and the parameters. */
    public static void persist(Network network, Archive archive) {
        archive.demand("architecture", network.architecture());
        network.parameters().forEach(p -> persist(p.name(), p.value(), archive));
    }

    /** Tells the numbers of a tensor. */
    public static void persist(String name, Tensor x, Archive archive) {
        var flat = new double[x.size()];
        x.copyTo(flat, 0);
        double[] kept = archive.keep(name, flat);
        Check.sameLength(kept.length, "saved " + name, flat.length, name);
        x.copyFrom(kept, 0);
    }
}
