package touchstone.kernel;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import touchstone.kernel.display.OutputLimit;

/**
 * What the environment asks of the kernel, in IJava's variables and ours.
 *
 * @param classPath {@code IJAVA_CLASSPATH}: jars and folders for user code
 * @param compilerOptions {@code IJAVA_COMPILER_OPTS}
 * @param startupScripts {@code IJAVA_STARTUP_SCRIPTS_PATH}: files whose Java runs at the start
 * @param startupScript {@code IJAVA_STARTUP_SCRIPT}: Java that runs after them
 * @param timeoutMillis {@code IJAVA_TIMEOUT}: how long a cell may run; 0 for ever
 * @param output how much of a cell's output is sent
 * @param complaints what could not be understood, a sentence each
 */
record Settings(
        List<Path> classPath,
        List<String> compilerOptions,
        List<Path> startupScripts,
        String startupScript,
        long timeoutMillis,
        OutputLimit output,
        List<String> complaints) {

    static Settings from(Map<String, String> environment) {
        var complaints = new ArrayList<String>();
        return new Settings(
                paths(environment, "IJAVA_CLASSPATH", complaints),
                touchstone.kernel.magic.MagicParser.split(environment.getOrDefault("IJAVA_COMPILER_OPTS", "")),
                paths(environment, "IJAVA_STARTUP_SCRIPTS_PATH", complaints),
                environment.getOrDefault("IJAVA_STARTUP_SCRIPT", ""),
                timeout(environment.getOrDefault("IJAVA_TIMEOUT", "").strip(), complaints),
                OutputLimit.from(environment, complaints),
                complaints);
    }

    private static List<Path> paths(Map<String, String> environment, String name, List<String> complaints) {
        var found = new ArrayList<Path>();
        for (String entry : environment.getOrDefault(name, "").split(java.io.File.pathSeparator, -1)) {
            if (entry.isBlank()) {
                continue;
            }
            List<Path> matches;
            try {
                matches = glob(entry);
            } catch (IOException | IllegalArgumentException e) {
                matches = List.of();
            }
            if (matches.isEmpty()) {
                complaints.add(name + ": nothing at " + entry);
            }
            found.addAll(matches);
        }
        return found;
    }

    /** The files that a path with {@code *} and {@code ?} in its parts names; a path that ends in / names all files in it. */
    static List<Path> glob(String pattern) throws IOException {
        String whole = pattern.endsWith("/") ? pattern + "*" : pattern;
        int wild = whole.indexOf('*') < 0 && whole.indexOf('?') < 0 ? -1 : firstWild(whole);
        if (wild < 0) {
            Path path = Path.of(whole);
            return Files.exists(path) ? List.of(path) : List.of();
        }
        int slash = whole.lastIndexOf('/', wild);
        Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : whole.substring(0, slash));
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        String rest = whole.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> walk = Files.walk(root, depth)) {
            return walk.filter(path -> !path.equals(root) && matcher.matches(root.relativize(path)))
                    .sorted()
                    .toList();
        }
    }

    private static int firstWild(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '*' || text.charAt(i) == '?') {
                return i;
            }
        }
        return -1;
    }

    private static long timeout(String text, List<String> complaints) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            String[] parts = text.split("\\s+", 2);
            long amount = Long.parseLong(parts[0]);
            TimeUnit unit = parts.length == 1
                    ? TimeUnit.MILLISECONDS
                    : TimeUnit.valueOf(parts[1].strip().toUpperCase(Locale.ROOT));
            return Math.max(0, unit.toMillis(amount));
        } catch (IllegalArgumentException e) {
            complaints.add("IJAVA_TIMEOUT must be a number of milliseconds, or a number and a unit such as"
                    + " '30 SECONDS'; it was '" + text + "' and is ignored");
            return 0;
        }
    }
}
