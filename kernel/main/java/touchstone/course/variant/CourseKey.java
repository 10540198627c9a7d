package touchstone.course.variant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import touchstone.notebook.NotebookException;

/**
 * The secret from which the numbers of all students are drawn: 32 bytes in {@code course.key}, in hexadecimal. Whoever has it can compute
 * every student's numbers; without it none can be computed again.
 */
public final class CourseKey {
    /** The file's name in the course's folder. */
    public static final String FILE = "course.key";

    private static final int BYTES = 32;
    private static final int WORDS = BYTES / Long.BYTES;

    private final byte[] key;

    private CourseKey(byte[] key) {
        this.key = key.clone();
    }

    /** A key of 64 hexadecimal digits. */
    static CourseKey ofHex(String digits) {
        if (!digits.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
            throw new IllegalArgumentException("a key must be " + 2 * BYTES + " hexadecimal digits");
        }
        return new CourseKey(HexFormat.of().parseHex(digits));
    }

    /** Reads a course's key. */
    public static CourseKey of(Path course) throws NotebookException {
        Path file = course.resolve(FILE);
        try {
            return ofHex(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw NotebookException.usage(file + " must hold " + 2 * BYTES
                    + " hexadecimal digits; put it back from a backup: another key draws other numbers.");
        } catch (IOException e) {
            throw NotebookException.usage("cannot read " + file
                    + "; put it back from a backup: without it nobody can tell which numbers a student was given.");
        }
    }

    /** Reads a course's key, or makes one that only this user can read where there is none. */
    public static CourseKey ofOrNew(Path course) throws NotebookException {
        Path file = course.resolve(FILE);
        if (!Files.exists(file)) {
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            write(file, HexFormat.of().formatHex(bytes) + "\n");
        }
        return of(course);
    }

    private static void write(Path file, String digits) throws NotebookException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mine = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, mine)) {
            channel.write(ByteBuffer.wrap(digits.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw NotebookException.environment("cannot write " + file + ": " + e.getMessage() + ".");
        }
    }

    /**
     * Draws a whole number, the same for the same key and names whatever else is drawn.
     *
     * <p>The digest is HMAC-SHA256 under the key of {@code student NUL assignment NUL exercise} in UTF-8. Its four big-endian
     * words of 64 bits are taken in turn, without sign; the first that is below the greatest multiple of {@code size} that 2^64
     * holds gives its remainder. Should all four be above, the words of the digest of the same text with {@code NUL 1} behind it
     * follow, then {@code NUL 2}, and so on.
     *
     * @param exercise the grade id, a dot and the variable
     * @param size how many numbers there are, from 1 to 2^53
     * @return from 0 to size - 1, all equally likely
     */
    public long draw(String student, String assignment, String exercise, long size) {
        if (!(size >= 1 && size <= 1L << 53)) {
            throw new IllegalArgumentException("size must lie in [1, 2^53], was " + size);
        }
        String name = student + '\0' + assignment + '\0' + exercise;
        long beyond = Long.remainderUnsigned(-size, size); // 2^64 mod size
        for (int round = 0; ; round++) {
            ByteBuffer words = ByteBuffer.wrap(hmac(round == 0 ? name : name + '\0' + round));
            for (int i = 0; i < WORDS; i++) {
                long word = words.getLong();
                if (Long.compareUnsigned(word, -1 - beyond) <= 0) {
                    return Long.remainderUnsigned(word, size);
                }
            }
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "a course's key";
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
