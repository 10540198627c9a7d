package touchstone.kernel;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import touchstone.kernel.magic.MagicException;

/**
 * The folder and the environment variables that magics work with. A JVM can change neither its working folder nor its
 * environment: {@code %cd} and {@code %env} change these, which magics and the programs they start obey, while Java's
 * own relative paths and {@code System.getenv} stay as they were at the start.
 */
final class WorkFolder {
    private final Path start = Path.of("").toAbsolutePath();
    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private Path current = start;
    private Path previous = start;

    /** Where the kernel was started, and where Java's own relative paths begin. */
    Path start() {
        return start;
    }

    synchronized Path current() {
        return current;
    }

    /** Goes to a folder; {@code -} is the one before. */
    synchronized Path change(String to) {
        Path folder = to.equals("-") ? previous : resolve(to);
        if (!Files.isDirectory(folder)) {
            throw new MagicException("%cd: there is no folder " + folder);
        }
        previous = current;
        current = folder;
        return folder;
    }

    /** A path as a magic means it: relative to the folder of {@code %cd}, with {@code ~} for the home folder. */
    synchronized Path resolve(String path) {
        try {
            return current.resolve(withHome(path)).normalize();
        } catch (InvalidPathException e) {
            throw new MagicException("'" + path + "' is no path: " + e.getReason(), e);
        }
    }

    /** A pattern with {@code *} and {@code ?}, made absolute where {@code %cd} has been used. */
    synchronized String resolvePattern(String pattern) {
        String whole = withHome(pattern);
        return whole.startsWith("/") || current.equals(start) ? whole : current + "/" + whole;
    }

    /** The environment of programs that magics start; live, sorted by name. */
    Map<String, String> environment() {
        return environment;
    }

    private static String withHome(String path) {
        return path.equals("~") || path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    }
}
