package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed PTX belongs to the sources beside it and is fit for every card from Turing to Blackwell. */
@Execution(ExecutionMode.CONCURRENT)
class PtxTest {
    private static final Path FOLDER = KernelSource.ROOT.resolve("src/main/resources/touchstone/nn/cuda");
    private static final Pattern ENTRY = Pattern.compile("\\.entry (ts_\\w+)\\(([^)]*)\\)");
    private static final int[] CARDS = {75, 80, 86, 89, 90, 100, 120};

    @TempDir
    Path temp;

    static Stream<String> modules() {
        return KernelSource.files().stream().map(f -> f.getFileName().toString().replace(".cu", ""));
    }

    private static String ptx(String module) {
        return KernelSource.text(FOLDER.resolve(module + ".ptx"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void digestIsThatOfTheSource(String module) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String file : new String[] {"common.cuh", module + ".cu"}) {
            digest.update(KernelSource.text(KernelSource.FOLDER.resolve(file)).getBytes(StandardCharsets.UTF_8));
        }
        String expected = "// sha-256 of common.cuh and " + module + ".cu: "
                + HexFormat.of().formatHex(digest.digest());
        assertEquals(expected, ptx(module).lines().findFirst().orElse(""), "run src/main/cuda/build.sh");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void entriesAndParametersAreThoseOfTheSource(String module) {
        var found = new TreeMap<String, List<String>>();
        var m = ENTRY.matcher(ptx(module));
        while (m.find()) {
            found.put(
                    m.group(1),
                    Stream.of(m.group(2).strip().split(",\\s*"))
                            .map(p -> p.replaceAll("\\.param \\.(?:align \\d+ )?(\\w+).*", "$1"))
                            .toList());
        }
        var declared = new TreeMap<String, List<String>>();
        for (KernelSource k : KernelSource.ALL.values()) {
            if (k.module().equals(module)) {
                declared.put(
                        k.name(),
                        k.parameters().stream()
                                .map(p -> p.type().equals("float") ? "f32" : "u64")
                                .toList());
            }
        }
        assertEquals(declared, found);
        assertTrue(!found.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void headIsForTuringAndForDriversOfCuda11(String module) {
        String text = ptx(module);
        assertTrue(text.contains("\n.version 7.0\n.target sm_75\n.address_size 64\n"), module);
        assertEquals(-1, text.indexOf("fma.rn.f32 "), "contracted");
        assertTrue(
                !Pattern.compile("\\b(atom|red)\\.[\\w.]*f(32|64)")
                        .matcher(text)
                        .find(),
                "float atomics");
    }

    @Test
    void everyKernelStatesItsLaunchAndItsParametersByKind() {
        for (Path file : KernelSource.files()) {
            String text = KernelSource.text(file);
            long kernels = Pattern.compile("__global__").matcher(text).results().count();
            String module = file.getFileName().toString().replace(".cu", "");
            long read = KernelSource.ALL.values().stream()
                    .filter(k -> k.module().equals(module))
                    .count();
            assertEquals(kernels, read, file + ": each kernel needs a line // launch: right above it");
        }
        for (KernelSource k : KernelSource.ALL.values()) {
            List<Integer> kinds = k.parameters().stream()
                    .map(p -> p.pointer()
                            ? 0
                            : p.type().equals("long long") ? 1 : p.type().equals("float") ? 2 : 3)
                    .toList();
            assertEquals(kinds.stream().sorted().toList(), kinds, k.name() + ": pointers, sizes, scalars");
            assertTrue(!kinds.contains(3), k.name());
        }
    }

    private static Optional<Path> ptxas() {
        String home = System.getenv().getOrDefault("CUDA_HOME", "/usr/local/cuda");
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), Stream.of(home + "/bin"))
                .map(folder -> Path.of(folder, "ptxas"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void whereThereIsPtxasItAssemblesForEveryCardWithoutSpills() throws IOException, InterruptedException {
        if (ptxas().isEmpty()) {
            return; // the other tests look at the text
        }
        for (String module : modules().toList()) {
            for (int card : CARDS) {
                List<String> said = assemble(ptxas().get(), module, card);
                long kernels = said.stream()
                        .filter(l -> l.contains("bytes stack frame"))
                        .count();
                assertEquals(ENTRY.matcher(ptx(module)).results().count(), kernels, String.join("\n", said));
                assertTrue(
                        said.stream()
                                .filter(l -> l.contains("bytes stack frame"))
                                .allMatch(l -> l.strip()
                                        .startsWith("0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads")),
                        String.join("\n", said));
            }
        }
    }

    private List<String> assemble(Path ptxas, String module, int card) throws IOException, InterruptedException {
        Path log = temp.resolve("log");
        var command = new ArrayList<>(List.of(ptxas.toString(), "-v", "-arch=sm_" + card));
        command.addAll(List.of(
                FOLDER.resolve(module + ".ptx").toString(),
                "-o",
                temp.resolve("cubin").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        List<String> said = Files.readAllLines(log);
        assertEquals(0, status, module + " for sm_" + card + ":\n" + String.join("\n", said));
        return said;
    }
}
