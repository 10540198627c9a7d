package touchstone.kernel;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The class path that cells are compiled against and run with. The library's jars ({@code touchstone.library}) are no part
 * of the JVM's own class path: opening them takes longer than starting a kernel, so they wait until a cell can name a
 * class of theirs. Of the JVM's own class path cells see what holds classes for users.
 */
final class ClassPath {
    private static final String LIBRARY = System.getProperty("touchstone.library", "");
    /** Jars of native code and of the kernel's own workings, which the compiler need not open. */
    private static final Pattern SKIPPED = Pattern.compile(".*(-(linux|macosx|windows|android|ios)-\\w+"
            + "|/maven-[^/]*|/plexus-[^/]*|/jeromq-[^/]*|/jnacl-[^/]*|/katex-[^/]*|/commonmark-[^/]*|/asm-[^/]*"
            + "|/picocli-[^/]*|/http(core|client)-[^/]*|/standalone-(static|shared)-[^/]*|/context-[\\d.]+"
            + "|/slf4j-nop-[^/]*|/listenablefuture-[^/]*)\\.jar");
    /** The kernel's functions and what their signatures name. */
    private static final Pattern KERNEL =
            Pattern.compile(".*(/touchstone-kernel-[^/]*|/gson-[^/]*)\\.jar|.*/classes/?");
    /** An import from elsewhere than the JDK, or what may be a qualified name: two words in lower case, or {@code a.B}. */
    private static final Pattern NAMES_LIBRARY = Pattern.compile("\\bimport\\s+(?:static\\s+)?(?!javax?\\.)"
            + "|(?<![\\w.$])(?!javax?\\s*\\.)[a-z_]\\w*\\s*\\.\\s*(?:[a-z_]\\w*\\s*\\.|[A-Z])");

    private ClassPath() {}

    /** What the compiler needs from the first cell on. */
    static String ofKernel() {
        return join(true);
    }

    /** All other jars and folders. */
    static String ofLibrary() {
        String others = join(false);
        return LIBRARY.isEmpty() || others.isEmpty() ? LIBRARY + others : LIBRARY + File.pathSeparator + others;
    }

    /** The names of the library's jars. */
    static List<String> libraryJars() {
        return Arrays.stream(ofLibrary().split(File.pathSeparator, -1))
                .map(entry -> entry.substring(entry.lastIndexOf(File.separatorChar) + 1))
                .toList();
    }

    /** Whether the JVM's own class path holds the library, as in tests. */
    static boolean holdsLibrary() {
        return LIBRARY.isEmpty();
    }

    /** Whether code can name a class of the library. */
    static boolean namesLibrary(String code) {
        return NAMES_LIBRARY.matcher(code).find();
    }

    private static String join(boolean kernel) {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()
                    && !SKIPPED.matcher(entry).matches()
                    && kernel == KERNEL.matcher(entry).matches()) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
