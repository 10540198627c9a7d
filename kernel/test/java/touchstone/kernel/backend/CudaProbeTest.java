package touchstone.kernel.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the answers of the JVM that asks the driver; here a script answers. */
class CudaProbeTest {
    private static final String COULD_NOT = "NVIDIA's driver could not be asked: ";

    @TempDir
    Path jdk = Path.of("");

    private CudaReport answer(String commands) throws IOException {
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + commands + "\n");
        assertTrue(java.toFile().setExecutable(true));
        return CudaProbe.ask(jdk, "a.jar", Map.of("PATH", "/usr/bin:/bin", "SAID", "12.4"));
    }

    @Test
    void aReportIsReadAmongOtherLines() throws IOException {
        CudaReport report = answer(
                """
                echo 'Picked up JAVA_TOOL_OPTIONS: -Da=b'
                echo '{"driver":"libcuda.so.1","driverCuda":"'$SAID'","release":"550.1","cards":[{"ordinal":0,"name":"T4",'\
                '"major":7,"minor":5,"memory":1048576,"processors":40}],"libraries":["libcublas.so.12 12.4.5"],"problems":[]}'""");
        assertEquals(
                new CudaReport(
                        "libcuda.so.1",
                        "12.4",
                        "550.1",
                        List.of(new CudaReport.Card(0, "T4", 7, 5, 1 << 20, 40)),
                        List.of("libcublas.so.12 12.4.5"),
                        List.of()),
                report);
    }

    @Test
    void acrashOrAnotherAnswerIsAReason() throws IOException {
        assertEquals(List.of(COULD_NOT + "exit code 3"), answer("exit 3").problems());
        assertEquals(COULD_NOT + "exit code 139", answer("kill -SEGV $$").refusal());
        assertEquals(
                COULD_NOT + "java: broken",
                answer("echo hello; echo 'java: broken' >&2; exit 1").refusal());
        assertEquals("", answer("echo '{\"driver\":\"libcuda.so.1\"}'").driver(), "a report that lacks fields");
    }

    @Test
    void withoutTheLibraryThatIsSaid() {
        CudaReport report = CudaProbe.ask(
                Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"), System.getenv());
        assertEquals(COULD_NOT + "the library is not on the class path", report.refusal());
        assertEquals("no NVIDIA driver is found", report.driverLine());
    }

    @Test
    void aMissingJavaIsAReason() {
        CudaReport report = CudaProbe.ask(jdk.resolve("none"), "a.jar", Map.of());
        assertTrue(report.refusal().startsWith(COULD_NOT + "Cannot run program"), report.refusal());
    }
}
