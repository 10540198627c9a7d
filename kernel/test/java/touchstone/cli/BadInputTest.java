package touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import touchstone.notebook.Notebook;

/** Every fault is one sentence on stderr, an exit code, and nothing lost. */
class BadInputTest extends CommandFixture {
    private void assertSaid(String part) {
        assertTrue(err().startsWith("touchstone: "), err());
        assertTrue(err().contains(part), err());
        assertEquals(1, err().lines().count(), err());
        assertEquals("", out());
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void wrongPath() {
        assertEquals(2, run(folder.resolve("no.ipynb"), "--out", results()));
        assertSaid("there is no file " + folder.resolve("no.ipynb"));
        assertEquals(2, run(folder, "--out", results()));
        assertSaid(folder + " is a folder");
        assertFalse(Files.exists(results()));
    }

    @Test
    void notANotebook() throws Exception {
        assertEquals(2, run(file("a.ipynb", "{\"a\": 1}"), "--out", results()));
        assertSaid("is not a notebook");
        Files.write(folder.resolve("b.ipynb"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertEquals(2, run(folder.resolve("b.ipynb"), "--out", results()));
        assertSaid("is not text in UTF-8");
    }

    @Test
    void brokenJsonIsToldWithItsLine() throws Exception {
        assertEquals(2, run(file("a.ipynb", "{\n \"cells\": [],\n \"nbformat\" 4\n}"), "--out", results()));
        assertSaid("is not valid JSON in line 3; repair or restore the file.");
        assertEquals(2, strip(folder.resolve("a.ipynb")));
        assertSaid("line 3");
    }

    @Test
    void oldFormatIsToldHowToConvert() throws Exception {
        assertEquals(2, run(file("a.ipynb", "{\"nbformat\": 3, \"worksheets\": []}"), "--out", results()));
        assertSaid("jupyter nbconvert --to notebook");
    }

    @Test
    void anotherKernelsNotebook() throws Exception {
        String text = Files.readString(notebook("a.ipynb", "result 1"))
                .replace("\"language\": \"java\"", "\"language\": \"python\"")
                .replace("Java (Touchstone)", "Python 3");
        assertEquals(2, run(file("a.ipynb", text), "--out", results()));
        assertSaid("is written for the kernel \"Python 3\" (language python), not for Java");
    }

    @Test
    void parameters() throws Exception {
        Path bare = notebook("a.ipynb", "result 1");
        assertEquals(2, run(bare, "--out", results(), "-p", "n=1"));
        assertSaid("takes no parameters");
        Path file = notebook("b.ipynb", "#parameters\nint n = 1;", "result 1");
        assertEquals(2, run(file, "--out", results(), "-p", "m=1"));
        assertSaid("has no parameter \"m\"; it has n.");
        assertEquals(2, run(file, "--out", results(), "-p", "n=x"));
        assertSaid("parameter \"n\" of " + file + " needs a whole number of type int, was \"x\".");
        assertEquals(2, run(file, "--out", results(), "-p", "n"));
        assertSaid("-p needs NAME=VALUE, was \"n\".");
        assertEquals(2, run(file, "--out", results(), "--params", folder.resolve("no.json")));
        assertSaid("there is no file");
        assertEquals(2, run(file, "--out", results(), "--params", file("p.json", "[1]")));
        assertSaid("must hold one JSON object");
        assertEquals(2, run(file, "--out", results(), "--timeout", "-1"));
        assertSaid("--timeout");
        assertFalse(Files.exists(results()));
    }

    @Test
    void occupiedOutput() throws Exception {
        Path file = notebook("a.ipynb", "result 1");
        Files.createDirectories(results().resolve("a.ipynb"));
        assertEquals(4, run(file, "--out", results()));
        assertSaid("a folder of that name is in the way");
        assertEquals(4, run(file, "--out", file.resolve("below")));
        assertSaid("cannot make the folder " + file.resolve("below"));
        String before = Files.readString(file);
        assertEquals(2, run(file, "--out", folder));
        assertSaid("is the source itself");
        assertEquals(before, Files.readString(file));
    }

    @Test
    void twoNotebooksOfOneName() throws Exception {
        Path first = notebook("a.ipynb", "result 1");
        Path second =
                Files.copy(first, Files.createDirectory(folder.resolve("sub")).resolve("a.ipynb"));
        assertEquals(2, run(first, second, "--out", results()));
        assertSaid("would both be written to");
    }

    @Test
    void aForeignLedgerIsNotOverwritten() throws Exception {
        Files.createDirectories(results());
        Files.writeString(results().resolve("claims.json"), "{\"mine\": 1}");
        assertEquals(4, run(notebook("a.ipynb", "claim SUPPORTED"), "--out", results()));
        assertSaid("is not a claims ledger");
        assertEquals("{\"mine\": 1}", Files.readString(results().resolve("claims.json")));
    }

    @Test
    void noWritePermission() throws Exception {
        Path sealed = Path.of("/proc/sys/kernel"); // refuses new files even to the superuser
        assumeTrue(Files.isDirectory(sealed), "no /proc on this system: nothing to refuse a write");
        assertEquals(4, run(notebook("a.ipynb", "result 1"), "--out", sealed.resolve("out"), "--quiet"));
        assertSaid("cannot make the folder");
        assertEquals(4, run(notebook("a.ipynb", "result 1"), "--out", sealed, "--quiet"));
        assertTrue(err().contains("cannot write " + sealed.resolve("a.ipynb")), err());
    }

    /** A limit on the size of files makes writes break off in the middle, as a full disk does. */
    @Test
    void aFullDiskLosesNothing() throws Exception {
        Path file = notebook("a.ipynb", "result 1", "flood 1000000", "result 3");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = System.getProperty("java.class.path");
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 400; exec \"$@\"",
                        "sh",
                        java.toString(),
                        "-XX:-UsePerfData",
                        "-Dtouchstone.kernel.command=" + System.getProperty("touchstone.kernel.command"),
                        "-cp",
                        classPath,
                        OneRun.class.getName(),
                        file.toString(),
                        "--inplace",
                        "--quiet",
                        "--out",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
        assertEquals(4, process.exitValue(), said);
        assertTrue(said.contains("cannot write " + file), said);
        assertTrue(said.contains("the old file is unchanged"), said);
        Notebook kept = Notebook.read(file);
        assertEquals("result 1", kept.cells().get(0).source());
        assertEquals(1, kept.cells().get(0).outputs().size());
        assertEquals(0, kept.cells().get(1).outputs().size());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aKilledRunLeavesTheFinishedCells() throws Exception {
        Path file = notebook("a.ipynb", "result 1", "sleep 60000", "result 3");
        Path output = results().resolve("a.ipynb");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(
                        java.toString(),
                        "-Dtouchstone.kernel.command=" + System.getProperty("touchstone.kernel.command"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneRun.class.getName(),
                        file.toString(),
                        "--out",
                        results().toString())
                .redirectErrorStream(true)
                .start();
        try (var said = process.inputReader(UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.contains("cell 1/3 ok")) {
                line = said.readLine();
            }
            Thread.sleep(500); // the write that follows the line
        } finally {
            process.destroyForcibly();
        }
        Notebook kept = Notebook.read(output);
        assertEquals(1, kept.cells().get(0).executionCount());
        assertEquals(1, kept.cells().get(0).outputs().size());
        assertEquals(0, kept.cells().get(1).outputs().size());
    }

    /** The command as a program. */
    static final class OneRun {
        private OneRun() {}

        public static void main(String[] args) {
            System.exit(new CommandLine(new RunCommand()).execute(args));
        }
    }
}
