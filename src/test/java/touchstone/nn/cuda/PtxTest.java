package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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
        Path source = KernelSource.FOLDER.resolve(module + ".cu");
        for (Path file : Stream.concat(KernelSource.headers().stream(), Stream.of(source))
                .toList()) {
            digest.update(KernelSource.text(file).getBytes(StandardCharsets.UTF_8));
        }
        String expected = "// sha-256 of the headers and " + module + ".cu: "
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

    /** Of each module the digest of its PTX, and for each card the most registers that a thread takes. */
    private static List<String> assembled() {
        return KernelSource.text(KernelSource.ROOT.resolve("src/test/cuda/assembled.txt"))
                .lines()
                .toList();
    }

    /**
     * All cards where all is demanded, or where the list that assemble.sh writes does not know this PTX; else the oldest and the
     * newest. The list must say what this ptxas says, if it is of the same version.
     */
    @ParameterizedTest
    @MethodSource("modules")
    void whereThereIsPtxasItAssemblesWithoutSpills(String module) throws Exception {
        if (ptxas().isEmpty()) {
            return; // the other tests look at the text
        }
        byte[] bytes = ptx(module).getBytes(StandardCharsets.UTF_8);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Optional<String> known =
                assembled().stream().filter(l -> l.startsWith(digest + " ")).findFirst();
        boolean same = version(ptxas().get()).equals(assembled().get(0));
        boolean few = known.isPresent() && System.getenv("TOUCHSTONE_REQUIRE_ALL") == null;
        for (int card : few ? new int[] {CARDS[0], CARDS[CARDS.length - 1]} : CARDS) {
            int registers = registers(module, assemble(ptxas().get(), module, card));
            if (known.isPresent() && same) {
                String entry = " sm_" + card + ":" + registers;
                assertTrue(
                        (known.get() + " ").contains(entry + " "), module + ", run src/main/cuda/assemble.sh:" + entry);
            }
        }
    }

    @Test
    void theListKnowsAllModulesForAllCards() {
        for (String line : assembled().subList(1, assembled().size())) {
            int[] cards = Pattern.compile(" sm_(\\d+):\\d+")
                    .matcher(line)
                    .results()
                    .mapToInt(m -> Integer.parseInt(m.group(1)))
                    .toArray();
            assertArrayEquals(CARDS, cards, line);
        }
        List<String> named =
                assembled().stream().skip(1).map(l -> l.split(" ", -1)[1]).toList();
        assertEquals(modules().toList(), named, "run src/main/cuda/assemble.sh");
    }

    private static int registers(String module, List<String> said) {
        List<String> frames =
                said.stream().filter(l -> l.contains("bytes stack frame")).toList();
        assertEquals(ENTRY.matcher(ptx(module)).results().count(), frames.size(), String.join("\n", said));
        for (String frame : frames) {
            assertEquals("0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads", frame.strip(), module);
        }
        return Pattern.compile("Used (\\d+) registers")
                .matcher(String.join("\n", said))
                .results()
                .mapToInt(m -> Integer.parseInt(m.group(1)))
                .max()
                .orElseThrow();
    }

    private String version(Path ptxas) throws IOException, InterruptedException {
        var command = List.of(ptxas.toString(), "--version");
        return run(command, "ptxas --version").stream()
                .filter(l -> l.startsWith("Cuda compilation tools"))
                .map(l -> "ptxas " + l.replaceAll(".*, ", ""))
                .findFirst()
                .orElse("");
    }

    private List<String> assemble(Path ptxas, String module, int card) throws IOException, InterruptedException {
        var command = List.of(
                ptxas.toString(),
                "-v",
                "-arch=sm_" + card,
                FOLDER.resolve(module + ".ptx").toString(),
                "-o",
                temp.resolve("cubin").toString());
        return run(command, module + " for sm_" + card);
    }

    private List<String> run(List<String> command, String what) throws IOException, InterruptedException {
        Path log = temp.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        List<String> said = Files.readAllLines(log);
        assertEquals(0, status, what + ":\n" + String.join("\n", said));
        return said;
    }
}
