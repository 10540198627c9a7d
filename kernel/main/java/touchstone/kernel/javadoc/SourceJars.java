package touchstone.kernel.javadoc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds the source of a class: of the JDK in its {@code src.zip}; of a jar {@code lib/library/x.jar} in {@code
 * x-sources.jar} beside it, as in a local Maven repository, or in {@code lib/sources/library}, as in the distribution.
 * A file is opened when it is first needed and stays open.
 */
final class SourceJars {
    private final Map<Path, ZipFile> open = new HashMap<>();

    /** The text of the file of this class, when there is one. */
    synchronized Optional<String> sourceOf(Class<?> type) {
        String file = topLevel(type).replace('.', '/') + ".java";
        String module = type.getModule().getName();
        String entry = type.getModule().isNamed() && module != null ? module + "/" + file : file;
        try {
            for (Path candidate : candidates(type)) {
                Optional<String> found = read(candidate, entry);
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // a broken source jar is as good as none
        }
        return Optional.empty();
    }

    /** The name of the outermost class around this one. */
    static String topLevel(Class<?> type) {
        String name = type.getName();
        int nested = name.indexOf('$', name.lastIndexOf('.') + 2);
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static List<Path> candidates(Class<?> type) {
        if (type.getModule().isNamed()) {
            return List.of(Path.of(System.getProperty("java.home"), "lib", "src.zip"));
        }
        Path jar = jarOf(type);
        Path folder = jar.getParent();
        if (folder == null || !jar.toString().endsWith(".jar")) {
            return List.of();
        }
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar");
        Path beside = folder.resolve(name);
        return folder.getParent() == null
                ? List.of(beside)
                : List.of(
                        beside,
                        folder.resolveSibling("sources")
                                .resolve(folder.getFileName())
                                .resolve(name));
    }

    private static Path jarOf(Class<?> type) {
        CodeSource origin = type.getProtectionDomain().getCodeSource();
        URL location = origin == null ? null : origin.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Path.of("");
        }
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Path.of("");
        }
    }

    private Optional<String> read(Path jar, String entry) throws IOException {
        ZipFile zip = open.get(jar);
        if (zip == null) {
            if (!Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            zip = new ZipFile(jar.toFile());
            open.put(jar, zip);
        }
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(found)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
