package touchstone.nn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Saves and loads a network's parameters, running moments included. A file holds a format number, the architecture in words, each
 * parameter's name, shape and numbers in double, and at its end the sha256 of all before. Nothing in it is executed: it is loaded
 * into a network that was built the same way.
 */
public final class Weights {
    private static final int FORMAT = 0x544E4E31; // "TNN1"
    private static final int HASH = 32;

    private Weights() {}

    /** Writes the parameters to a file, over what was there. */
    public static void save(Network network, Path file) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(network.architecture());
            for (Parameter p : network.parameters()) {
                out.writeUTF(p.name());
                write(p.value(), out);
            }
            byte[] body = bytes.toByteArray();
            out.write(hash(body, body.length));
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file into a network of the same architecture; precision may differ. The network is changed only when the whole file
     * is sound.
     *
     * @throws UncheckedIOException when the file cannot be read or its hash does not fit; the message has both hashes
     */
    public static void load(Network network, Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            demandHash(bytes);
            try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - HASH))) {
                demand(Integer.toHexString(FORMAT), Integer.toHexString(in.readInt()), "format", file);
                demand(network.architecture(), in.readUTF(), "architecture", file);
                for (Parameter p : network.parameters()) {
                    demand(p.name(), in.readUTF(), "parameter", file);
                    read(p.value(), in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void demandHash(byte[] bytes) throws IOException {
        int body = Math.max(0, bytes.length - HASH);
        String expected = HexFormat.of().formatHex(Arrays.copyOfRange(bytes, body, bytes.length));
        String found = HexFormat.of().formatHex(hash(bytes, body));
        if (!found.equals(expected)) {
            throw new IOException("the file is corrupt, its sha256 must be " + expected + ", was " + found);
        }
    }

    private static void demand(String expected, String found, String name, Path file) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException(
                    name + " of " + file + " must be " + expected + " as in the network, was " + found);
        }
    }

    private static byte[] hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void write(Tensor x, DataOutputStream out) throws IOException {
        out.writeInt(x.rows());
        out.writeInt(x.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                out.writeDouble(x.get(i, j));
            }
        }
    }

    private static void read(Tensor x, DataInputStream in) throws IOException {
        x.demand(in.readInt(), in.readInt(), "parameter");
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                x.set(i, j, in.readDouble());
            }
        }
    }
}
