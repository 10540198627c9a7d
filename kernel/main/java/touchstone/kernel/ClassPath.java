package touchstone.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The class path that cells are compiled against: this JVM's own, less what holds no classes for users. */
final class ClassPath {
    /** Jars of native code and of the kernel's own workings, which the compiler need not open. */
    private static final Pattern SKIPPED = Pattern.compile(".*(-(linux|macosx|windows|android|ios)-\\w+"
            + "|/maven-[^/]*|/plexus-[^/]*|/jeromq-[^/]*|/jnacl-[^/]*|/katex-[^/]*|/commonmark-[^/]*|/asm-[^/]*"
            + "|/picocli-[^/]*|/http(core|client)-[^/]*|/standalone-(static|shared)-[^/]*|/context-[\\d.]+"
            + "|/slf4j-nop-[^/]*|/listenablefuture-[^/]*)\\.jar");

    private ClassPath() {}

    static String forCompiler(List<Path> added) {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && !SKIPPED.matcher(entry).matches()) {
                entries.add(entry);
            }
        }
        added.forEach(path -> entries.add(path.toString()));
        return String.join(File.pathSeparator, entries);
    }
}
