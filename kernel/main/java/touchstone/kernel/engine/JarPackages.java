package touchstone.kernel.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes in a list of jars, by package. javac's own way opens each jar as a file system and walks through it, which
 * takes ten times as long.
 */
final class JarPackages {
    private static final Logger LOG = LoggerFactory.getLogger(JarPackages.class);

    private final Map<String, Map<String, ClassInJar>> packages = new LinkedHashMap<>();

    /** @param jars in the order of the class path: the first that holds a class gives it */
    JarPackages(Collection<Path> jars) {
        for (Path jar : jars) {
            try {
                add(new ZipFile(jar.toFile())); // stays open as long as cells are compiled
            } catch (IOException e) {
                LOG.debug("{} is left out: {}", jar, e.toString());
            }
        }
    }

    private void add(ZipFile jar) {
        Enumeration<? extends ZipEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            String entry = entries.nextElement().getName();
            if (entry.endsWith(".class") && !entry.startsWith("META-INF/")) {
                int slash = Math.max(0, entry.lastIndexOf('/'));
                packages.computeIfAbsent(entry.substring(0, slash).replace('/', '.'), any -> new LinkedHashMap<>())
                        .computeIfAbsent(entry, any -> new ClassInJar(jar, entry));
            }
        }
    }

    /** The classes of a package, none if no jar has it. */
    List<JavaFileObject> list(String packageName) {
        return List.copyOf(packages.getOrDefault(packageName, Map.of()).values());
    }

    /** The classes of a package and of all below it. */
    List<JavaFileObject> listAll(String packageName) {
        var found = new ArrayList<JavaFileObject>();
        packages.forEach((name, classes) -> {
            if (packageName.isEmpty() || name.equals(packageName) || name.startsWith(packageName + ".")) {
                found.addAll(classes.values());
            }
        });
        return found;
    }
}
