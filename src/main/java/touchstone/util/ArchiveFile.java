package touchstone.util;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A file of named numbers: a format number, the entries, and the sha256 of all before. Nothing in it is executed. */
final class ArchiveFile {
    private static final int FORMAT = 0x54534131; // "TSA1"
    private static final int HASH = 32;

    private ArchiveFile() {}

    /** Numbers under a name; names may repeat, the order tells which is which. */
    @SuppressWarnings("ArrayRecordComponent") // within this package, never changed
    record Entry(String name, long[] values) {}

    static void write(Path file, List<Entry> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            for (Entry entry : entries) {
                out.writeUTF(entry.name);
                out.writeInt(entry.values.length);
                var block = ByteBuffer.allocate(Long.BYTES * entry.values.length);
                block.asLongBuffer().put(entry.values);
                out.write(block.array());
            }
            out.write(hash(bytes.toByteArray()));
            replace(file.toAbsolutePath(), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    static List<Entry> read(Path file) {
        try {
            byte[] body = sound(Files.readAllBytes(file));
            var in = new DataInputStream(new ByteArrayInputStream(body));
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("its format must be " + Integer.toHexString(FORMAT) + ", was "
                        + Integer.toHexString(format) + "; another version wrote it");
            }
            var entries = new ArrayList<Entry>();
            while (in.available() > 0) {
                String name = in.readUTF();
                var values = new long[in.readInt()];
                ByteBuffer.wrap(in.readNBytes(Long.BYTES * values.length))
                        .asLongBuffer()
                        .get(values);
                entries.add(new Entry(name, values));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] sound(byte[] bytes) throws IOException {
        byte[] body = Arrays.copyOf(bytes, Math.max(0, bytes.length - HASH));
        String expected = HexFormat.of().formatHex(Arrays.copyOfRange(bytes, body.length, bytes.length));
        String found = HexFormat.of().formatHex(hash(body));
        if (!found.equals(expected)) {
            throw new IOException("the file is corrupt, its sha256 must be " + expected + ", was " + found);
        }
        return body;
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(fresh, bytes);
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
