package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.MavenMagics;
import touchstone.kernel.magic.PomReader;

/** The magics that need the kernel itself. */
final class BuiltInMagics {
    private BuiltInMagics() {}

    static void register(Kernel kernel) {
        Magics magics = kernel.magics();
        magics.line(args -> addJars(kernel, args, true), "jars");
        magics.line(args -> addJars(kernel, args, false), "classpath");
        magics.line(args -> load(kernel, args), "load");
        var maven = new MavenMagics();
        magics.line(args -> addJarsOf(kernel, maven, args), "maven", "addMavenDependency", "addMavenDependencies");
        magics.line(args -> addRepository(maven, args), "mavenRepo", "addMavenRepo");
        magics.line(args -> loadFromPom(kernel, maven, args), "loadFromPOM");
        magics.cell((args, body) -> add(kernel, maven.resolvePom(PomReader.read(body))), "loadFromPOM");
        magics.line(
                args -> {
                    System.out.println("Line magics: %" + String.join(" %", magics.lineNames()));
                    System.out.println("Cell magics: %%" + String.join(" %%", magics.cellNames()));
                    return null;
                },
                "lsmagic");
    }

    private static List<String> addJarsOf(Kernel kernel, MavenMagics maven, List<String> coordinates) {
        if (coordinates.isEmpty()) {
            throw new MagicException("%maven needs a coordinate: %maven group:artifact:version");
        }
        return add(kernel, maven.resolve(coordinates));
    }

    private static @Nullable Object addRepository(MavenMagics maven, List<String> args) {
        if (args.size() != 2) {
            throw new MagicException("%mavenRepo needs a name and an address: %mavenRepo NAME URL");
        }
        maven.addRepository(args.get(0), args.get(1));
        return null;
    }

    private static List<String> loadFromPom(Kernel kernel, MavenMagics maven, List<String> args) throws IOException {
        if (args.isEmpty()) {
            throw new MagicException("%loadFromPOM needs a file: %loadFromPOM path/to/pom.xml");
        }
        Path pom = Path.of(args.get(0));
        if (!Files.isRegularFile(pom)) {
            throw new MagicException("%loadFromPOM: there is no file " + pom);
        }
        return add(kernel, maven.resolvePom(PomReader.read(Files.readString(pom))));
    }

    private static List<String> add(Kernel kernel, List<Path> jars) {
        List<String> added = jars.stream().map(Path::toString).toList();
        kernel.addToClasspath(added);
        return added;
    }

    private static List<String> addJars(Kernel kernel, List<String> patterns, boolean jarsOnly) throws IOException {
        var added = new ArrayList<String>();
        for (String pattern : patterns) {
            List<Path> found = Settings.glob(pattern);
            if (found.isEmpty()) {
                throw new MagicException("%" + (jarsOnly ? "jars" : "classpath") + ": nothing at " + pattern);
            }
            for (Path path : found) {
                if (!jarsOnly || path.toString().endsWith(".jar")) {
                    added.add(path.toAbsolutePath().toString());
                }
            }
        }
        kernel.addToClasspath(added);
        return added;
    }

    private static @Nullable Object load(Kernel kernel, List<String> files) throws IOException {
        if (files.isEmpty()) {
            throw new MagicException("%load needs a file: %load path/to/script.jshell");
        }
        for (String file : files) {
            Path path = Path.of(file);
            for (String ending : List.of("", ".jshell", ".java", ".jsh")) {
                Path candidate = Path.of(file + ending);
                if (Files.isRegularFile(candidate)) {
                    path = candidate;
                    break;
                }
            }
            if (!Files.isRegularFile(path)) {
                throw new MagicException("%load: there is no file " + file);
            }
            kernel.eval(Files.readString(path));
        }
        return null;
    }
}
