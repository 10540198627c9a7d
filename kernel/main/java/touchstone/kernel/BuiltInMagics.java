package touchstone.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;

/** The magics that need the kernel itself. */
final class BuiltInMagics {
    private BuiltInMagics() {}

    static void register(Kernel kernel) {
        Magics magics = kernel.magics();
        magics.line(args -> addJars(kernel, args, true), "jars");
        magics.line(args -> addJars(kernel, args, false), "classpath");
        magics.line(args -> load(kernel, args), "load");
        magics.line(
                args -> {
                    System.out.println("Line magics: %" + String.join(" %", magics.lineNames()));
                    System.out.println("Cell magics: %%" + String.join(" %%", magics.cellNames()));
                    return null;
                },
                "lsmagic");
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

    private static @org.jspecify.annotations.Nullable Object load(Kernel kernel, List<String> files)
            throws IOException {
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
