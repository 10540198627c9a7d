package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import touchstone.cli.Finding.Level;
import touchstone.cli.Scratch.Ended;

class DoctorCommandTest extends CliFixture {
    private static final long MIB = 1 << 20;
    private static final String PRODUCT = "echo '{\"backend\":\"CpuBackend\",\"sum\":27.0,\"environment\":"
            + "{\"blas.vendor\":\"OPENBLAS\",\"blas.threads\":\"2\"}}'";

    @BeforeEach
    void answerTheProbe() throws IOException {
        javaSays(PRODUCT);
    }

    /** What the JVM says that multiplies with ND4J; the one that asks the driver says that there is none. */
    private void javaSays(String commands) throws IOException {
        javaSays(commands, "echo '" + report("", "", "", "no driver") + "'");
    }

    private void javaSays(String commands, String aboutCuda) throws IOException {
        Scratch.script(
                jdk.resolve("bin/java"),
                "#!/bin/sh\nfor word; do last=$word; done\ncase $last in *CudaProbe) " + aboutCuda + "; exit;; esac\n"
                        + commands + "\n");
    }

    private static String report(String driver, String cuda, String card, String problem) {
        return "{\"driver\":\"" + driver + "\",\"driverCuda\":\"" + cuda + "\",\"release\":\"\",\"cards\":[" + card
                + "],\"libraries\":[\"libcublas.so.12 12.4.5\"],\"problems\":["
                + (problem.isEmpty() ? "" : "\"" + problem + "\"") + "]}";
    }

    private void machineHas(int capability, String problem) throws IOException {
        machineHas(capability, problem, PRODUCT);
    }

    private void machineHas(int capability, String problem, String product) throws IOException {
        String card = "{\"ordinal\":0,\"name\":\"A card\",\"major\":" + capability / 10 + ",\"minor\":"
                + capability % 10 + ",\"memory\":17179869184,\"processors\":40}";
        javaSays(product, "echo '" + report("libcuda.so.1", "12.4", card, problem) + "'");
    }

    private JsonObject finding(String topic) {
        JsonObject report =
                JsonParser.parseString(touchstone("doctor", "--json").out()).getAsJsonObject();
        for (JsonElement element : report.getAsJsonArray("findings")) {
            if (element.getAsJsonObject().get("topic").getAsString().equals(topic)) {
                return element.getAsJsonObject();
            }
        }
        throw new AssertionError("no finding about " + topic);
    }

    private void assertFinding(Level level, String topic, String text, String advice) {
        JsonObject finding = finding(topic);
        assertEquals(level.name(), finding.get("level").getAsString(), finding.toString());
        assertTrue(finding.get("text").getAsString().contains(text), finding.toString());
        assertTrue(finding.get("advice").getAsString().contains(advice), finding.toString());
    }

    @Test
    void printsALineForEachFindingAndWhatToDo() {
        env.put("IJAVA_TIMEOUT", "30");
        Ended ended = touchstone("doctor");
        assertTrue(ended.out().startsWith("OK    jdk         " + Runtime.version() + ", " + jdk));
        assertTrue(ended.out().contains("OK    backend     CpuBackend"));
        assertTrue(ended.out()
                .contains("OK    blas        OPENBLAS, threads: 2 (OMP_NUM_THREADS=1, OPENBLAS_NUM_THREADS=2, "));
        assertTrue(ended.out().contains("OK    variable    IJAVA_TIMEOUT=30"));
        assertTrue(ended.out().contains("\n                  -> "));
        assertEquals("", ended.err());
    }

    @Test
    void aFaultMakesTheExitCodeFour() throws IOException {
        javaSays("echo 'Caused by: java.lang.UnsatisfiedLinkError: no jnind4jcpu' >&2; exit 1");
        assertEquals(4, touchstone("doctor").exitCode());
        assertFinding(
                Level.FAULT,
                "backend",
                "does not load: Caused by: java.lang.UnsatisfiedLinkError: no jnind4jcpu",
                "./mvnw -Dquick package");
    }

    @Test
    void survivesACrashOfNativeCode() throws IOException {
        javaSays("kill -SEGV $$");
        assertEquals(4, touchstone("doctor").exitCode());
        assertEquals("FAULT", finding("backend").get("level").getAsString());
        assertFinding(Level.NOTE, "cpu", "cannot run here: see the next line backend", "");
    }

    @Test
    void aWrongProductIsAFault() throws IOException {
        javaSays("echo '{\"backend\":\"CpuBackend\",\"sum\":26.0,\"environment\":{}}'");
        assertFinding(Level.FAULT, "backend", "summed to 26.0, not 27", "report");
    }

    @Test
    void theBackendsVariableIsChecked() {
        env.put("TOUCHSTONE_BACKEND", "tpu");
        assertFinding(
                Level.FAULT,
                "backend",
                "TOUCHSTONE_BACKEND must be cpu, cuda or nd4j-cuda, was tpu",
                "set TOUCHSTONE_BACKEND to cpu, cuda or nd4j-cuda, or unset it");
        assertEquals(4, touchstone("doctor").exitCode());
    }

    @Test
    void aMachineWithoutADriverIsFine() {
        assertFinding(Level.OK, "gpu", "no NVIDIA driver is found; notebooks run on the CPU", "");
        assertFinding(Level.OK, "cpu", "can run here; in use", "");
        assertFinding(Level.OK, "cuda", "cannot run here: no driver", "");
        assertFinding(Level.OK, "nd4j-cuda", "cannot run here: no driver", "");
        assertEquals(0, touchstone("doctor").exitCode());
    }

    @Test
    void tellsCardDriverAndLibraries() throws IOException {
        machineHas(90, "");
        assertFinding(Level.OK, "gpu", "card 0: A card, compute capability 9.0, 16384 MiB", "");
        assertFinding(Level.OK, "driver", "libcuda.so.1, for CUDA up to 12.4", "");
        assertFinding(Level.OK, "cuda-libs", "libcublas.so.12 12.4.5", "");
        assertFinding(Level.OK, "cuda", "can run here", "");
        assertFinding(Level.NOTE, "nd4j-cuda", "machine code for 3.7 to 8.x alone: use TOUCHSTONE_BACKEND=cuda", "");
        assertEquals(0, touchstone("doctor").exitCode());
    }

    @Test
    void aBackendThatWasAskedForAndCannotRunIsAFault() throws IOException {
        env.put("TOUCHSTONE_BACKEND", "cuda");
        String text = "asked for by TOUCHSTONE_BACKEND, but cannot run here: ";
        assertFinding(Level.FAULT, "cuda", text + "no driver", "unset TOUCHSTONE_BACKEND");
        assertEquals(4, touchstone("doctor").exitCode());
        machineHas(75, "");
        assertFinding(Level.OK, "cuda", "can run here; in use", "");
        assertEquals(0, touchstone("doctor").exitCode());
        machineHas(90, "");
        env.put("TOUCHSTONE_BACKEND", "nd4j-cuda");
        assertFinding(Level.FAULT, "nd4j-cuda", text + "the card A card has compute capability 9.0", "");
    }

    @Test
    void nd4jsCudaJarsAreTriedWhereTheyAre() throws IOException {
        env.put("TOUCHSTONE_BACKEND", "nd4j-cuda");
        machineHas(86, "");
        Files.createDirectories(dist.resolve("lib/cuda"));
        Files.writeString(dist.resolve("lib/cuda/nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64.jar"), "");
        assertFinding(Level.OK, "nd4j-cuda", "its jars are in " + dist + "/lib/cuda; in use", "");
        assertFinding(Level.OK, "backend", "nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64.jar, native code loads", "");
        machineHas(86, "", "echo 'Caused by: java.lang.UnsatisfiedLinkError: libcuda.so.1' >&2; exit 1");
        assertFinding(
                Level.FAULT, "backend", "ND4J's CUDA code does not load: ", "the system itself must find libcuda.so.1");
        assertFinding(Level.OK, "cpu", "can run here", "");
    }

    @Test
    void aDriverThatCrashesIsTold() throws IOException {
        javaSays(PRODUCT, "kill -SEGV $$");
        assertFinding(Level.OK, "cuda", "NVIDIA's driver could not be asked: exit code 139", "");
        assertEquals(0, touchstone("doctor").exitCode());
    }

    @Test
    void tellsTheKernelspecsState() throws IOException {
        assertFinding(Level.NOTE, "kernelspec", "not installed", "./touchstone install");
        touchstone("install", "--no-archive");
        assertFinding(Level.OK, "kernelspec", userSpec().toString(), "");
        Path elsewhere = Scratch.distribution(temp.resolve("elsewhere"));
        System.setProperty("touchstone.home", elsewhere.toString());
        assertFinding(Level.NOTE, "kernelspec", "another build, another folder or another JDK", "./touchstone install");
        Files.delete(dist.resolve("bin/touchstone-kernel"));
        assertFinding(Level.FAULT, "kernelspec", "touchstone-kernel, which does not exist", "./touchstone install");
        touchstone("uninstall");
        installForeignSpec();
        assertFinding(Level.NOTE, "kernelspec", "belongs to \"Java\" (java)", "install --force");
    }

    @Test
    void tellsWhichJupyterThereIs() throws IOException {
        assertFinding(Level.NOTE, "jupyter", "none on PATH; ./touchstone run needs none", "pip install jupyterlab");
        installJupyter("jupyter-lab", "4.2.5");
        installJupyter("jupyter-nbconvert", "7.0.0");
        assertFinding(Level.OK, "jupyter", "jupyter-lab 4.2.5, jupyter-nbconvert 7.0.0", "");
    }

    @Test
    void tellsTheArchivesState() throws IOException {
        assertFinding(Level.NOTE, "archive", "none for this JDK", "./touchstone install");
        Path archive = new Distribution(dist).archive(System.getProperty("java.version"));
        Files.writeString(archive, "made");
        assertFinding(Level.OK, "archive", archive.toString(), "");
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        assertFinding(Level.NOTE, "archive", "older than the jars", "./touchstone install");
    }

    @Test
    void judgesMemoryByTheContainersLimit() {
        var checks = new MachineChecks(host());
        Finding plenty = checks.memory(16_000 * MIB, Optional.empty());
        assertEquals(Level.OK, plenty.level());
        assertEquals(
                "16000 MiB, no container limit; heap of a kernel at most 4000 MiB (a quarter; -Xmx in TOUCHSTONE_JAVA_OPTS)",
                plenty.text());
        assertEquals(
                Level.NOTE, checks.memory(16_000 * MIB, Optional.of(1500 * MIB)).level());
        Finding little = checks.memory(16_000 * MIB, Optional.of(512 * MIB));
        assertEquals(Level.FAULT, little.level());
        assertTrue(little.text().contains("limited to 512 MiB"));
        env.put("TOUCHSTONE_JAVA_OPTS", "-Da=b -Xmx768m");
        assertTrue(new MachineChecks(host())
                .memory(16_000 * MIB, Optional.empty())
                .text()
                .endsWith("at most 768m (TOUCHSTONE_JAVA_OPTS)"));
    }

    @Test
    void noFontsAndNoRoomAreFaults() throws IOException {
        assertEquals(Level.OK, MachineChecks.fonts(1, "").level());
        Finding none = MachineChecks.fonts(0, "");
        assertEquals(Level.FAULT, none.level());
        assertTrue(none.advice().contains("apt-get install fontconfig fonts-dejavu-core"));
        assertEquals(
                Level.FAULT, MachineChecks.room(temp.resolve("new"), 100 * MIB).level());
        assertEquals(Level.OK, MachineChecks.room(temp, 100 * MIB).level(), "already unpacked");
    }

    @Test
    void tellsWhereNativeCodeIsUnpacked() throws IOException {
        assertEquals(
                Level.OK, MachineChecks.cache(temp.resolve("new/cache"), temp).level());
        Path file = Files.writeString(temp.resolve("file"), "");
        Finding elsewhere = MachineChecks.cache(file.resolve("cache"), temp);
        assertEquals(Level.NOTE, elsewhere.level());
        assertEquals(file + "/cache cannot be written, so native code is unpacked to " + temp, elsewhere.text());
        Finding nowhere = MachineChecks.cache(file.resolve("cache"), file);
        assertEquals(Level.FAULT, nowhere.level());
        assertTrue(nowhere.advice().contains("-Dorg.bytedeco.javacpp.cachedir=DIR"));
    }
}
