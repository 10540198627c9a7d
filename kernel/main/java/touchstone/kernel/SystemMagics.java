package touchstone.kernel;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.magic.MagicArgs;
import touchstone.kernel.magic.MagicException;
import touchstone.kernel.magic.Magics;
import touchstone.kernel.magic.Magics.Description;

/** {@code %env}, {@code %memory} and {@code %backend}: the process and what it runs on. */
final class SystemMagics {
    private static final String BACKEND = "%backend";
    private static final Pattern SECRET = Pattern.compile("(?i).*(key|token|secret|password|passwd|credential|auth).*");
    private static final Pattern BACKEND_JAR = Pattern.compile("nd4j-(native|cuda)-[\\d.]+.*\\.jar");

    private final Kernel kernel;
    private final WorkFolder folder;

    private SystemMagics(Kernel kernel, WorkFolder folder) {
        this.kernel = kernel;
        this.folder = folder;
    }

    static void register(Kernel kernel, WorkFolder folder) {
        var system = new SystemMagics(kernel, folder);
        Magics magics = kernel.magics();
        magics.line(
                new Description(
                        "[NAME | NAME=VALUE]",
                        "lists, gives or sets environment variables of programs that magics start"),
                system::env,
                "env");
        magics.line(
                new Description(
                        "[--gc]", "prints the memory of the heap, of buffers and of the process; --gc collects first"),
                SystemMagics::memory,
                "memory");
        magics.line(
                new Description(
                        "[--load]",
                        "tells which backend was asked for, which can run here and why others cannot; --load loads ND4J's"),
                system::backend,
                "backend");
    }

    private @Nullable Object env(List<String> args) {
        Map<String, String> environment = folder.environment();
        if (args.isEmpty()) {
            environment.forEach((name, value) ->
                    System.out.println(name + "=" + (SECRET.matcher(name).matches() ? "<hidden>" : value)));
            return null;
        }
        String joined = String.join(" ", args);
        int end = joined.indexOf('=');
        if (end < 0 && args.size() == 1) {
            String value = environment.get(joined);
            if (value == null) {
                throw new MagicException("%env: there is no variable " + joined);
            }
            return value;
        }
        String name = end < 0 ? args.get(0) : joined.substring(0, end).strip();
        if (!name.matches("\\w+")) {
            throw new MagicException("%env: a variable's name is letters, digits and _, was '" + name + "'");
        }
        environment.put(
                name,
                end < 0
                        ? joined.substring(name.length()).strip()
                        : joined.substring(end + 1).strip());
        System.out.println(name + " is set for %%shell; a JVM cannot change its own environment, so System.getenv(\""
                + name + "\") stays as it was");
        return null;
    }

    private static @Nullable Object memory(List<String> args) {
        var options = new MagicArgs("%memory", args);
        boolean collect = options.flag("--gc");
        options.none();
        if (collect) {
            System.gc();
        }
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "heap",
                mib(heap.getUsed()) + " used, " + mib(heap.getCommitted()) + " taken, " + mib(heap.getMax())
                        + " at most"));
        rows.add(List.of("classes and compiled code", mib(other.getUsed())));
        rows.add(List.of("direct buffers", mib(buffers)));
        String resident = resident();
        if (!resident.isEmpty()) {
            rows.add(List.of("whole process", resident + " resident (native memory of libraries included)"));
        }
        long count = 0;
        long millis = 0;
        for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += Math.max(0, each.getCollectionCount());
            millis += Math.max(0, each.getCollectionTime());
        }
        rows.add(List.of("garbage collection", count + " times, " + Durations.text(millis / 1e3)));
        System.out.print(TextTable.of(rows));
        return null;
    }

    private static String mib(long bytes) {
        return Durations.digits(Math.max(0, bytes) / 1048576.0) + " MiB";
    }

    private static String resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> mib(1024 * Long.parseLong(line.replaceAll("\\D", ""))))
                    .findFirst()
                    .orElse("");
        } catch (IOException | NumberFormatException e) {
            return "";
        }
    }

    private @Nullable Object backend(List<String> args) throws ReflectiveOperationException {
        var options = new MagicArgs(BACKEND, args);
        boolean load = options.flag("--load");
        List<String> plain = options.plain();
        if (!plain.isEmpty()) {
            throw new MagicException(BACKEND + " cannot switch a running kernel: set TOUCHSTONE_BACKEND=" + plain.get(0)
                    + " before the kernel starts, then restart it");
        }
        kernel.cells().backend().lines().forEach(System.out::println);
        ArrayBackend backend = kernel.cells().backend();
        Stream<String> added = backend.provided().stream().map(jar -> String.valueOf(jar.getFileName()));
        List<String> jars = Stream.concat(ClassPath.libraryJars().stream(), added)
                .filter(entry -> BACKEND_JAR.matcher(entry).matches())
                .toList();
        String otherwise = backend.isMissing()
                ? "none yet; the first cell that names a class of the library brings it"
                : "no backend";
        System.out.println("ND4J on the class path: " + (jars.isEmpty() ? otherwise : String.join(", ", jars)));
        if (load) {
            System.out.println("ND4J has loaded: " + loadedBackend());
        }
        return null;
    }

    private String loadedBackend() throws ReflectiveOperationException {
        kernel.cells().provideBackend();
        kernel.cells().addLibrary();
        try {
            Class<?> nd4j = Class.forName(
                    "org.nd4j.linalg.factory.Nd4j",
                    true,
                    kernel.cells().engine().classLoader());
            return nd4j.getMethod("getBackend").invoke(null).getClass().getSimpleName() + ", data type "
                    + nd4j.getMethod("dataType").invoke(null);
        } catch (ClassNotFoundException e) {
            throw new MagicException(BACKEND + ": ND4J is not on the class path of this kernel", e);
        } catch (java.lang.reflect.InvocationTargetException | LinkageError e) {
            throw new MagicException(BACKEND + ": ND4J does not load: " + (e.getCause() == null ? e : e.getCause()), e);
        }
    }
}
