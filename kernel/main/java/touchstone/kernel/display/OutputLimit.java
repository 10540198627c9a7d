package touchstone.kernel.display;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of what one cell prints is sent to the front ends, and where the whole goes when that is not enough: a file
 * that only its owner can read.
 */
public final class OutputLimit {
    private static final long DEFAULT_KIB = 2048;
    private static final long FILE_BYTES = 1L << 30;

    private final long bytes;
    private final long fileBytes;
    private @Nullable Path folder;

    /**
     * @param bytes what is sent of one cell's output, in UTF-8; 0 for all of it
     * @param fileBytes what is kept at most in the file of one cell
     * @param folder where the files go; null for a private folder among the temporary files
     */
    public OutputLimit(long bytes, long fileBytes, @Nullable Path folder) {
        this.bytes = bytes;
        this.fileBytes = fileBytes;
        this.folder = folder;
    }

    /** 2 MiB to the front ends, 1 GiB to a file among the temporary files. */
    public static OutputLimit defaults() {
        return new OutputLimit(DEFAULT_KIB << 10, FILE_BYTES, null);
    }

    /**
     * The limit that {@code TOUCHSTONE_OUTPUT_LIMIT} (in KiB; 0 for none) and {@code TOUCHSTONE_OUTPUT_DIR} ask for.
     *
     * @param complaints receives a sentence for each value that cannot be used
     */
    public static OutputLimit from(Map<String, String> environment, List<String> complaints) {
        String asked = environment.getOrDefault("TOUCHSTONE_OUTPUT_LIMIT", "").strip();
        String where = environment.getOrDefault("TOUCHSTONE_OUTPUT_DIR", "").strip();
        long kib = DEFAULT_KIB;
        if (asked.matches("\\d{1,9}")) {
            kib = Long.parseLong(asked);
        } else if (!asked.isEmpty()) {
            complaints.add("TOUCHSTONE_OUTPUT_LIMIT must be a number of KiB, or 0 for no limit; it was '" + asked
                    + "' and is ignored");
        }
        Path folder = null;
        try {
            folder = where.isEmpty() ? null : Path.of(where).toAbsolutePath();
        } catch (InvalidPathException e) {
            complaints.add("TOUCHSTONE_OUTPUT_DIR must be a folder; it was '" + where + "' and is ignored");
        }
        return new OutputLimit(kib << 10, FILE_BYTES, folder);
    }

    long bytes() {
        return bytes;
    }

    long fileBytes() {
        return fileBytes;
    }

    /** An empty file of its own for one cell. */
    synchronized Path newFile() throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("touchstone-output-");
        }
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "output-", ".txt");
    }

    /** A size such as {@code 2 MiB}. */
    static String size(long bytes) {
        long kib = bytes >> 10;
        return kib >= 1 << 20 && kib % (1 << 20) == 0
                ? (kib >> 20) + " GiB"
                : kib >= 1 << 10 && kib % (1 << 10) == 0
                        ? (kib >> 10) + " MiB"
                        : kib > 0 ? kib + " KiB" : bytes + " bytes";
    }
}
