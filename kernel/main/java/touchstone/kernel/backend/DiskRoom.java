package touchstone.kernel.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Whether there is room for ND4J's CUDA jars and, where they shall run, for their native code, which JavaCPP unpacks. */
class DiskRoom {
    /** Bytes of native code in the jars. */
    static final long UNPACKED = 4_059_271_637L;

    private static final long MIB = 1 << 20;
    private final Path cache;
    private final boolean use;

    /**
     * @param cache the folder that JavaCPP unpacks into
     * @param use whether they shall run here
     */
    DiskRoom(Path cache, boolean use) {
        this.cache = cache;
        this.use = use;
    }

    static DiskRoom ofSystem(boolean use) {
        String set = System.getProperty("org.bytedeco.javacpp.cachedir", "");
        Path usual = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
        return new DiskRoom(set.isEmpty() ? usual : Path.of(set), use);
    }

    /** Where how much is unpacked, as the end of a sentence. */
    String aboutUse() {
        return use ? "; their first use unpacks up to " + text(UNPACKED) + " into " + cache : "";
    }

    /** Refuses a disk without room for these bytes of jars, and for unpacking them. */
    void demandForFetch(Path repository, long bytes) {
        boolean same = store(repository).equals(store(cache));
        demand(repository, use && same ? bytes + UNPACKED : bytes);
        if (use && !same) {
            demand(cache, UNPACKED);
        }
    }

    /** Refuses a disk without room for what is still to be unpacked of these jars. */
    void demandForUse(List<Path> jars) {
        if (!use) {
            return;
        }
        long bytes = 0;
        for (Path jar : jars) {
            if (!Files.isDirectory(cache.resolve(String.valueOf(jar.getFileName())))) {
                bytes += nativeBytes(jar);
            }
        }
        demand(cache, bytes);
    }

    private void demand(Path folder, long bytes) {
        long free = free(folder);
        if (free < bytes) {
            String what = use ? "ND4J's CUDA jars and what they unpack need " : "ND4J's CUDA jars need ";
            throw new BackendException(
                    what + text(bytes) + " more in " + folder + ", whose disk has " + text(free) + " free: make room");
        }
    }

    /** Free bytes on the disk of a folder that may not exist yet. */
    long free(Path folder) {
        try {
            return store(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileStore store(Path folder) {
        Path path = folder.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        try {
            return Files.getFileStore(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long nativeBytes(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().contains(".so"))
                    .mapToLong(ZipEntry::getSize)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long mib(long bytes) {
        return bytes / MIB;
    }

    static String text(long bytes) {
        return mib(bytes) + " MiB";
    }
}
