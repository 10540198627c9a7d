package touchstone.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the library's benchmark and prints what it tells, a line of JSON each. The command runs it in a JVM of its own, with the library
 * on the class path. Arguments are {@code name=value}.
 */
final class BenchProbe {
    private BenchProbe() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var options = new HashMap<String, String>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            options.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        Consumer<String> lines = out::println;
        Class.forName("touchstone.nn.bench.GpuBench")
                .getMethod("run", Map.class, Consumer.class)
                .invoke(null, options, lines);
        System.exit(0); // a card's threads shall not keep it
    }
}
