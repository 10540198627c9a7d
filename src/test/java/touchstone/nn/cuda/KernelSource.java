package touchstone.nn.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kernel as its source declares it.
 *
 * @param name such as ts_fill
 * @param module the source's name without its ending
 * @param launch what the comment above it says after "launch: "
 * @param parameters its parameters in order
 */
record KernelSource(String name, String module, String launch, List<Parameter> parameters) {
    static final Path ROOT = Path.of(System.getProperty("touchstone.root", ".."));
    static final Path FOLDER = ROOT.resolve("src/main/cuda");
    static final Path FAULTS = ROOT.resolve("src/test/cuda/faults.cu").toAbsolutePath();

    private static final Pattern DECLARATION =
            Pattern.compile("// launch: ([^\n]+)\nextern \"C\" __global__ void (ts_\\w+)\\(([^)]*)\\)");

    /** All kernels by name, those with faults among them. */
    static final Map<String, KernelSource> ALL = all();

    /**
     * A parameter.
     *
     * @param type such as {@code const float*} or {@code long long}
     */
    record Parameter(String type, String name) {
        boolean pointer() {
            return type.endsWith("*");
        }

        boolean written() {
            return pointer() && !type.startsWith("const");
        }
    }

    static KernelSource of(String name) {
        KernelSource found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no kernel " + name);
        }
        return found;
    }

    /** The sources, in order of their names. */
    static List<Path> files() {
        return files(".cu");
    }

    /** What the sources include, in order of their names. */
    static List<Path> headers() {
        return files(".cuh");
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, KernelSource> all() {
        var out = new LinkedHashMap<String, KernelSource>();
        var files = new ArrayList<>(files());
        files.add(FAULTS);
        for (Path file : files) {
            String module = file.getFileName().toString().replace(".cu", "");
            Matcher m = DECLARATION.matcher(text(file));
            while (m.find()) {
                out.put(m.group(2), new KernelSource(m.group(2), module, m.group(1), parameters(m.group(3))));
            }
        }
        return out;
    }

    private static List<Parameter> parameters(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .map(p -> new Parameter(p.substring(0, p.lastIndexOf(' ')), p.substring(p.lastIndexOf(' ') + 1)))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
