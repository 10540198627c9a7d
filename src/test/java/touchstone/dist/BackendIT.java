package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import touchstone.dist.Shell.Ended;

/** What the installed programs say of a card and of backends, with a stub in the place of NVIDIA's driver and of cuBLAS. */
@Execution(ExecutionMode.CONCURRENT)
class BackendIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final String TOUCHSTONE =
            Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone").toString();
    /** Those of ND4J's CUDA build, below a local Maven repository. */
    private static final List<String> JARS = List.of(
            "org/nd4j/nd4j-cuda-11.6/1.0.0-M2.1/nd4j-cuda-11.6-1.0.0-M2.1.jar",
            "org/nd4j/nd4j-cuda-11.6/1.0.0-M2.1/nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64.jar",
            "org/nd4j/nd4j-cuda-11.6-preset/1.0.0-M2.1/nd4j-cuda-11.6-preset-1.0.0-M2.1.jar",
            "org/nd4j/nd4j-cuda-11.6-preset/1.0.0-M2.1/nd4j-cuda-11.6-preset-1.0.0-M2.1-linux-x86_64.jar",
            "org/bytedeco/cuda/11.6-8.3-1.5.7/cuda-11.6-8.3-1.5.7.jar",
            "org/bytedeco/cuda/11.6-8.3-1.5.7/cuda-11.6-8.3-1.5.7-linux-x86_64.jar",
            "org/bytedeco/cuda/11.6-8.3-1.5.7/cuda-11.6-8.3-1.5.7-linux-x86_64-redist.jar");

    @TempDir
    static Path folder = Path.of("");

    private static Path libraries = Path.of("");
    private static Path programs = Path.of("");

    @BeforeAll
    static void buildTheStub() throws Exception {
        libraries = Files.createDirectory(folder.resolve("libraries"));
        Path driver = libraries.resolve("libcuda.so.1");
        Path source = ROOT.resolve("src/test/cuda/stubcuda.c");
        var gcc = List.of("gcc", "-shared", "-fPIC", "-o", driver.toString(), source.toString(), "-ldl", "-lpthread");
        Ended built = Shell.run(folder, Shell.environment(), 60, gcc);
        assertEquals(0, built.exitCode(), built.err());
        Files.copy(driver, libraries.resolve("libcublas.so.13"));
        programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : List.of("sh", "cat", "readlink", "sed", "uname")) {
            Path file = Files.exists(Path.of("/usr/bin", program)) ? Path.of("/usr/bin") : Path.of("/bin");
            Files.createSymbolicLink(programs.resolve(program), file.resolve(program));
        }
    }

    /** With the stub's card of this compute capability, and a home of its own. */
    private static Map<String, String> environment(String backend, int capability) {
        var env = new TreeMap<>(Shell.environment());
        env.put("TOUCHSTONE_BACKEND", backend);
        env.put("TOUCHSTONE_CUDA_LIBRARIES", libraries.toString());
        env.put("PATH", programs.toString()); // without Jupyter, which doctor would ask for its version
        env.put("STUBCUDA_CAPABILITY", String.valueOf(capability));
        env.put(
                "JAVA_TOOL_OPTIONS",
                "-Duser.home=" + folder + " -Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("user.home")
                        + "/.javacpp/cache");
        return env;
    }

    private static String notebook(String name, String... cells) throws IOException {
        var text = new StringBuilder(
                "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{\"kernelspec\":{\"name\":\"java\","
                        + "\"display_name\":\"Java\",\"language\":\"java\"}},\"cells\":[");
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"cell_type\":\"code\",\"id\":\"c" + i
                            + "\",\"metadata\":{},\"outputs\":[],\"execution_count\":null,")
                    .append("\"source\":\"" + cells[i].replace("\"", "\\\"") + "\"}");
        }
        return Files.writeString(folder.resolve(name), text + "]}").toString();
    }

    private static Ended run(Map<String, String> env, String name) throws Exception {
        String notebook = notebook(
                name,
                "import touchstone.util.Check;",
                "Thread.currentThread().getContextClassLoader().getResource(\"marker\")",
                "%backend");
        return Shell.run(
                folder,
                env,
                120,
                List.of(
                        TOUCHSTONE,
                        "run",
                        notebook,
                        "--out",
                        folder.resolve("out").toString()));
    }

    @Test
    void doctorTellsOfTheCardAndOfEachBackend() throws Exception {
        Ended ended = Shell.run(folder, environment("cuda", 90), 120, List.of(TOUCHSTONE, "doctor"));
        for (String line : List.of(
                "OK    gpu         card 0: Stub card 0, compute capability 9.0, 1024 MiB",
                "OK    driver      libcuda.so.1, ",
                "for CUDA up to 13.0",
                "OK    cuda-libs   libcublas.so.13 13.1.0",
                "OK    cpu         can run here\n",
                "OK    cuda        can run here; in use\n",
                "NOTE  nd4j-cuda   cannot run here: the card Stub card 0 has compute capability 9.0, and ND4J's CUDA build")) {
            assertTrue(ended.out().contains(line), line + " is not in:\n" + ended.out() + ended.err());
        }
    }

    @Test
    void aCardWithoutCodeIsRefusedBeforeTheKernelStarts() throws Exception {
        Ended refused = run(environment("nd4j-cuda", 90), "refused.ipynb");
        assertEquals(4, refused.exitCode(), refused.err());
        assertTrue(
                refused.err()
                        .contains("touchstone: TOUCHSTONE_BACKEND=nd4j-cuda cannot run here: the card Stub card 0 has"
                                + " compute capability 9.0, and ND4J's CUDA build has machine code for 3.7 to 8.x alone: use"
                                + " TOUCHSTONE_BACKEND=cuda, the library's own, or cpu\n"),
                refused.err());
    }

    /** The jars hold a marker alone: what is tested is that they come from the local repository and onto the class path. */
    @Test
    void cachedJarsAreOnTheClassPathOfCells() throws Exception {
        for (String name : JARS) {
            Path jar = folder.resolve(".m2/repository").resolve(name);
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    var zip = new JarOutputStream(out)) {
                zip.putNextEntry(new JarEntry("marker"));
            }
        }
        Ended ended = run(environment("nd4j-cuda", 86), "fit.ipynb");
        assertEquals(0, ended.exitCode(), ended.err());
        String text = Files.readString(folder.resolve("out/fit.ipynb"));
        assertTrue(text.contains(".jar!/marker"), text);
        assertTrue(text.contains("nd4j-cuda: can run here; its jars are in the local Maven repository; in use"), text);
        assertTrue(text.contains(", nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64.jar\\n"), text);
    }
}
