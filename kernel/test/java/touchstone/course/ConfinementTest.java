package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;
import touchstone.notebook.Sandbox;

/** What code of others cannot do while it is graded. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ConfinementTest {
    private static final CourseSettings SETTINGS = CourseSettings.defaults().withCellLimit(Duration.ofSeconds(20));

    @TempDir
    private Path folder = Path.of("");

    private Path course = Path.of("");

    /** Runs cells as a submission of a course; the notes. */
    private List<String> run(Cell... cells) throws Exception {
        course = Files.createDirectories(folder.resolve("course"));
        Files.writeString(course.resolve("secret.txt"), "hidden tests");
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("data.txt"), "7");
        Notebook notebook = Notebook.empty();
        notebook.cells().addAll(List.of(cells));
        return GradingRun.run(notebook, SETTINGS, Confinement.of(SETTINGS, course), work);
    }

    private static String output(Cell cell) {
        var text = new StringBuilder();
        for (JsonElement each : cell.outputs()) {
            text.append(each);
        }
        return text.toString();
    }

    private static boolean sandboxed() {
        return new Sandbox(List.of(), 1, Duration.ofMinutes(1)).obstacle().isEmpty();
    }

    @Test
    void itSeesAndChangesItsOwnFolderAlone() throws Exception {
        Cell reads = Cell.code(
                "reads",
                "import java.nio.file.*; Files.readString(Path.of(\"data.txt\")) + Files.exists(Path.of(\""
                        + folder.resolve("course").resolve("secret.txt") + "\"))");
        Cell writes = Cell.code(
                "writes",
                "Files.writeString(Path.of(\"own.txt\"), \"mine\"); "
                        + "try { Files.writeString(Path.of(\"/etc/touchstone\"), \"x\"); System.out.println(\"wrote\"); }"
                        + " catch (IOException e) { System.out.println(\"refused\"); }");
        Cell deletes = Cell.code("deletes", "Files.deleteIfExists(Path.of(\"data.txt\"))");
        Cell floods = Cell.code("floods", "Files.write(Path.of(\"big\"), new byte[300 << 20])");
        List<String> notes = run(reads, writes, deletes, floods);
        if (sandboxed()) {
            assertTrue(output(reads).contains("7false"), output(reads));
            assertTrue(output(writes).contains("refused"), output(writes));
            assertTrue(output(deletes).contains("true"), output(deletes));
            assertTrue(Files.exists(folder.resolve("work/data.txt")), "the submission itself stays");
            assertFalse(Files.exists(folder.resolve("work/own.txt")));
            assertTrue(output(floods).contains("No space left on device"), output(floods));
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void itIsLentTheNativeLibrariesThatAreUnpackedAlready() throws Exception {
        Path jar = Files.createDirectories(folder.resolve("home/.javacpp/cache/blas.jar"));
        Files.writeString(jar.resolve("libblas.so"), "unpacked");
        Cell reads = Cell.code(
                "reads",
                "import java.nio.file.*; Path cache = Path.of(System.getProperty(\"org.bytedeco.javacpp.cachedir\")); "
                        + "Files.readString(cache.resolve(\"blas.jar/libblas.so\")) + Files.isWritable(cache)");
        Cell writes = Cell.code("writes", "Files.writeString(cache.resolve(\"blas.jar/libblas.so\"), \"forged\")");
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.resolve("home").toString());
        try {
            run(reads, writes);
        } finally {
            System.setProperty("user.home", home);
        }
        if (sandboxed()) {
            assertTrue(output(reads).contains("unpackedtrue"), output(reads));
            assertTrue(output(writes).contains("Read-only file system"), output(writes));
        }
        assertEquals("unpacked", Files.readString(jar.resolve("libblas.so")));
    }

    @Test
    void itReachesNoNetwork() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cell connects = Cell.code(
                    "connects", "new java.net.Socket(\"127.0.0.1\", " + server.getLocalPort() + ").isConnected()");
            run(connects);
            assertEquals(!sandboxed(), output(connects).contains("true"), output(connects));
        }
    }

    @Test
    void stormsOfThreadsAndProcessesEndItsKernelAlone() throws Exception {
        Cell before = Cell.code("before", "int x = 41;");
        Cell threads = Cell.code(
                "threads",
                "for (int i = 0; i < 100_000; i++) { var t = new Thread(() -> { try { Thread.sleep(60_000); }"
                        + " catch (InterruptedException e) {} }); t.setDaemon(true); t.start(); Thread.sleep(0, 10_000); }");
        Cell processes = Cell.code(
                "processes",
                "for (int i = 0; i < 1000; i++) { new ProcessBuilder(\"sleep\", \"60\").start(); } Thread.sleep(20_000);");
        Cell after = Cell.code("after", "x + 1");
        List<String> notes = run(before, threads, processes, after);
        assertEquals(
                List.of(
                        "cell threads ended the kernel: the kernel had more than 500 threads and was ended",
                        "cell processes ended the kernel: the kernel had more than 40 processes and was ended"),
                notes);
        assertTrue(output(after).contains("42"), output(after));
    }

    @Test
    void whatWasAppliedIsTold() throws Exception {
        List<String> sentences = Confinement.of(SETTINGS, folder).sentences();
        assertEquals(sandboxed(), sentences.get(0).equals("no network"), sentences.toString());
        assertTrue(sentences.contains("heap 512m, 2048 MB of memory in all, 500 threads, 40 processes"));
    }

    @Test
    void aSandboxThatIsOffIsTold() throws IOException, touchstone.notebook.NotebookException {
        Files.writeString(folder.resolve("course.properties"), "sandbox = off\n");
        Confinement open = Confinement.of(CourseSettings.of(folder), folder);
        assertTrue(open.sandbox().isEmpty());
        assertEquals(
                "network open and files of this user within reach (no sandbox: sandbox = off in course.properties)",
                open.sentences().get(0));
    }
}
