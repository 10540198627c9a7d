package touchstone.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes one stream into files {@code NAME.001}, {@code NAME.002} ... of a given size, and sums each with SHA-256. */
final class PartsOutput extends OutputStream {
    private final Path folder;
    private final String name;
    private final long partSize;
    private final MessageDigest digest;
    private final List<String> sums = new ArrayList<>();
    private OutputStream part = OutputStream.nullOutputStream();
    private String partName = "";
    private long room;

    PartsOutput(Path folder, String name, long partSize) {
        this.folder = folder;
        this.name = name;
        this.partSize = partSize;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (room == 0) {
                next();
            }
            int now = (int) Math.min(left, room);
            part.write(bytes, at, now);
            at += now;
            left -= now;
            room -= now;
        }
    }

    private void next() throws IOException {
        finish();
        partName = String.format("%s.%03d", name, sums.size() + 1);
        part = new DigestOutputStream(Files.newOutputStream(folder.resolve(partName)), digest);
        room = partSize;
    }

    private void finish() throws IOException {
        part.close();
        if (!partName.isEmpty()) {
            sums.add(HexFormat.of().formatHex(digest.digest()) + "  " + partName);
        }
        partName = "";
    }

    @Override
    public void close() throws IOException {
        finish();
    }

    /** A line for each part as sha256sum writes it; complete once this stream is closed. */
    List<String> sums() {
        return List.copyOf(sums);
    }
}
