package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;
import touchstone.kernel.magic.MavenMagics;
import touchstone.kernel.magic.PomReader;

/** The kernel's own magics; those that change the class path are here, the others by group in classes of their own. */
final class BuiltInMagics {
    private BuiltInMagics() {}

    static void register(Kernel kernel) {
        var folder = new WorkFolder();
        registerClassPath(kernel, folder);
        registerMaven(kernel, folder);
        TimeMagics.register(kernel);
        VariableMagics.register(kernel);
        FileMagics.register(kernel, folder);
        SessionMagics.register(kernel, folder);
        ShellMagics.register(kernel, folder);
        SystemMagics.register(kernel, folder);
        DisplayMagics.register(kernel);
        HelpMagics.register(kernel);
    }

    private static void registerClassPath(Kernel kernel, WorkFolder folder) {
        Magics magics = kernel.magics();
        magics.line(
                new Description("PATTERN ...", "adds jars to the class path"),
                args -> addJars(kernel, folder, args, true),
                "jars");
        magics.line(
                new Description("PATTERN ...", "adds jars and folders of classes to the class path"),
                args -> addJars(kernel, folder, args, false),
                "classpath");
    }

    private static void registerMaven(Kernel kernel, WorkFolder folder) {
        Magics magics = kernel.magics();
        var maven = new MavenMagics();
        magics.line(
                new Description(
                        "[-o] GROUP:ARTIFACT:VERSION ...", "adds artifacts and what they need; -o stays offline"),
                args -> addJarsOf(kernel, maven, args),
                "maven",
                "addMavenDependency",
                "addMavenDependencies");
        magics.line(
                new Description("NAME URL", "adds a Maven repository"),
                args -> addRepository(maven, args),
                "mavenRepo",
                "addMavenRepo");
        magics.line(
                new Description("FILE", "adds the dependencies of a POM"),
                args -> loadFromPom(kernel, folder, maven, args),
                "loadFromPOM");
        magics.cell(
                new Description("", "adds the dependencies of the POM, or the piece of one, in the cell"),
                (args, body) -> {
                    new MagicArgs("%%loadFromPOM", args).none();
                    return add(kernel, maven.resolvePom(PomReader.read(body)));
                },
                "loadFromPOM");
    }

    private static List<String> addJarsOf(Kernel kernel, MavenMagics maven, List<String> args) {
        var options = new MagicArgs("%maven", args);
        boolean offline = options.flag("-o");
        List<String> coordinates = options.plain();
        if (coordinates.isEmpty()) {
            throw new MagicException("%maven needs a coordinate: %maven group:artifact:version");
        }
        return add(kernel, maven.resolve(coordinates, offline));
    }

    private static @Nullable Object addRepository(MavenMagics maven, List<String> args) {
        if (args.size() != 2) {
            throw new MagicException("%mavenRepo needs a name and an address: %mavenRepo NAME URL");
        }
        maven.addRepository(args.get(0), args.get(1));
        return null;
    }

    private static List<String> loadFromPom(Kernel kernel, WorkFolder folder, MavenMagics maven, List<String> args)
            throws IOException {
        Path pom = folder.resolve(new MagicArgs("%loadFromPOM", args).one("a file, such as path/to/pom.xml"));
        if (!Files.isRegularFile(pom)) {
            throw new MagicException("%loadFromPOM: there is no file " + pom);
        }
        return add(kernel, maven.resolvePom(PomReader.read(Files.readString(pom))));
    }

    private static List<String> add(Kernel kernel, List<Path> jars) {
        List<String> added = jars.stream().map(Path::toString).toList();
        kernel.addToClasspath(added);
        System.out.println("resolved " + (jars.size() == 1 ? "1 jar: " : jars.size() + " jars: ")
                + String.join(
                        " ",
                        jars.stream()
                                .map(jar -> String.valueOf(jar.getFileName()))
                                .toList()));
        kernel.displays().markShown(added); // the line above says it all
        return added;
    }

    private static List<String> addJars(Kernel kernel, WorkFolder folder, List<String> patterns, boolean jarsOnly)
            throws IOException {
        if (patterns.isEmpty()) {
            throw new MagicException("%" + (jarsOnly ? "jars" : "classpath") + " needs a pattern, such as lib/*.jar");
        }
        var added = new ArrayList<String>();
        for (String pattern : patterns) {
            List<Path> found = Settings.glob(folder.resolvePattern(pattern));
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
}
