package touchstone.kernel.display;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one cell prints. Up to the limit it keeps a copy; from there on everything goes to a file. Not
 * thread-safe.
 */
final class Overflow {
    private static final int BATCH = 1 << 20;

    private final OutputLimit limit;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long printed;
    private @Nullable Path file;
    private boolean over;
    private boolean ended;
    private String note = "";

    Overflow(OutputLimit limit) {
        this.limit = limit;
    }

    /** Whether the limit has been passed. */
    boolean isOver() {
        return over;
    }

    /** Takes what is printed next; returns how many of these bytes may be sent. */
    int accept(byte[] bytes, int offset, int length) {
        int sent = over ? 0 : (int) Math.min(length, limit.bytes() - printed);
        if (!over && sent < length) {
            while (sent > 0 && (bytes[offset + sent] & 0xc0) == 0x80) {
                sent--; // not within a character
            }
            open();
        }
        keep(bytes, offset, length);
        printed += length;
        return sent;
    }

    /** What the reader is to be told, once; empty for nothing. */
    String takeNote() {
        String taken = note;
        note = "";
        return taken;
    }

    /** Writes to the file what is not there yet. */
    void write() {
        Path to = file;
        if (to == null || unwritten.size() == 0) {
            return;
        }
        // a file channel would be closed by the interrupt of a cell
        try (var out = new FileOutputStream(to.toFile(), true)) {
            unwritten.writeTo(out);
        } catch (IOException e) {
            end("\n[" + to + " cannot be written any further: " + e.getMessage() + "]\n");
        }
        unwritten.reset();
    }

    private void open() {
        over = true;
        String cut = "\n[the output of this cell is cut here, after " + OutputLimit.size(limit.bytes());
        try {
            file = limit.newFile();
            note = cut + "; all of it is in " + file + "]\n";
        } catch (IOException e) {
            end(cut + "; the rest is lost, for no file can be made: " + e.getMessage() + "]\n");
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (ended) {
            return;
        }
        int room = (int) Math.min(length, Math.max(0, limit.fileBytes() - printed));
        unwritten.write(bytes, offset, room);
        if (over && unwritten.size() >= BATCH) {
            write();
        }
        if (room < length) {
            write();
            end("\n[" + file + " is full, at " + OutputLimit.size(limit.fileBytes()) + "; what follows is not kept]\n");
        }
    }

    private void end(String why) {
        ended = true;
        note += why;
    }
}
