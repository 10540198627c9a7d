package touchstone.kernel.backend;

import com.google.gson.Gson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks the library what there is of NVIDIA's, in a JVM of its own: a driver that crashes is then an answer like any other, and no
 * library is loaded where another version of it may be needed.
 */
public final class CudaProbe {
    private static final int SECONDS = 60;

    private CudaProbe() {}

    /** Prints what the library finds, as one line of JSON. */
    public static void main(String[] args) throws ReflectiveOperationException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            Object findings = Class.forName("touchstone.nn.cuda.Cuda")
                    .getMethod("findings")
                    .invoke(null);
            out.println(new Gson().toJson(findings));
        } catch (ClassNotFoundException e) {
            out.println("the library is not on the class path");
        } catch (InvocationTargetException e) {
            out.println(e.getCause());
        }
    }

    /**
     * Runs it.
     *
     * @param classPath of the kernel and of the library
     * @param environment all of it: {@code TOUCHSTONE_CUDA_LIBRARIES} and {@code CUDA_VISIBLE_DEVICES} count
     */
    public static CudaReport ask(Path javaHome, String classPath, Map<String, String> environment) {
        try {
            Path log = Files.createTempFile("touchstone", ".cuda");
            try {
                return ask(command(javaHome, classPath), environment, log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            return unknown(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private static List<String> command(Path javaHome, String classPath) {
        var command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Djava.awt.headless=true"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, CudaProbe.class.getName()));
        return command;
    }

    private static CudaReport ask(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return unknown("no answer after " + SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith("{"))
                .flatMap(line -> CudaReport.read(line).stream())
                .findFirst()
                .orElseGet(() -> unknown(lines.stream()
                        .filter(line -> !line.isBlank())
                        .reduce("exit code " + process.exitValue(), (before, line) -> line)));
    }

    private static CudaReport unknown(String reason) {
        return CudaReport.unknown("NVIDIA's driver could not be asked: " + reason);
    }
}
