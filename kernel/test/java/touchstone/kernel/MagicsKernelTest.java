package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.WireClient.Answer;

/** The magics in a real kernel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MagicsKernelTest {
    @TempDir
    static Path folder;

    private WireClient kernel;

    @BeforeAll
    void start() throws Exception {
        kernel = new WireClient(folder, Map.of("A_TOKEN", "s3cret"));
        kernel.execute("1"); // an interrupt reaches a cell once the engine is up
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    private String out(String code) {
        Answer answer = kernel.execute(code);
        assertEquals("ok", answer.status(), answer.content().toString());
        return answer.stream("stdout");
    }

    private String complaint(String code) {
        JsonObject content = kernel.execute(code).content();
        assertEquals("error", content.get("status").getAsString(), code);
        assertEquals("MagicException", content.get("ename").getAsString(), content.toString());
        String message = content.get("evalue").getAsString();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @Test
    void timeGivesTheValueAndTheTime() {
        Answer answer = kernel.execute("%time \"a b\".length() + 39");
        assertEquals("42", answer.result());
        assertTrue(
                answer.stream("stdout")
                        .matches("CPU time: \\S+ \\S+ in this thread, .* in all; wall time: \\S+ \\S+\n"),
                answer.stream("stdout"));
        assertTrue(out("%time int timed = 5;").endsWith("compilation included\n"));
        assertEquals("6", kernel.execute("%%time\nvar more = timed + 1;\nmore").result());
        assertTrue(out("%time System.out.println(\"x\");").startsWith("x\n"));
        assertEquals(
                "java.lang.ArithmeticException",
                kernel.execute("%time 1 / (timed - 5)").content().get("ename").getAsString());
        assertTrue(complaint("%time").startsWith("%time needs code"));
    }

    @Test
    void timeitMeasuresALoop() {
        kernel.execute("int nap() throws Exception { Thread.sleep(20); return 1; }");
        Answer answer = kernel.execute("var naps = %timeit -n 2 -r 3 -o nap()");
        assertEquals("ok", answer.status(), answer.content().toString());
        assertTrue(answer.stream("stdout").contains("of 3 runs, 2 passes each"), answer.stream("stdout"));
        double mean = Double.parseDouble(
                kernel.execute("((TimeitResult) naps).mean()").result());
        // a sleep of 20 ms is never shorter; on a busy machine it may be much longer
        assertTrue(mean >= 0.0199 && mean < 0.5, "mean " + mean);
        assertTrue(out("%%timeit -r 2\nint s = 0;\nfor (int i = 0; i < 10; i++) s += i;")
                .contains("2 runs"));
        assertEquals("%timeit: -n must be a whole number from 1, was 0", complaint("%timeit -n 0 1"));
    }

    @Test
    void timeitsSetupIsRunButNotTimed() {
        kernel.execute("int setups = 0; int passes = 0; String seen = \"\";");
        Answer answer = kernel.execute("%%timeit -n 3 -r 4 -o Thread.sleep(40); setups++; String s = \"a b\"; // once\n"
                + "passes++;\nseen = s;");
        assertEquals("ok", answer.status(), answer.content().toString());
        assertTrue(answer.stream("stdout").contains("of 4 runs, 3 passes each"), answer.stream("stdout"));
        int setups = Integer.parseInt(kernel.execute("setups").result());
        int passes = Integer.parseInt(kernel.execute("passes").result());
        assertTrue(setups > 4 && passes >= 12 && passes <= 3 * setups, setups + " setups, " + passes + " passes");
        assertEquals("a b", kernel.execute("seen").result());
        double best = Double.parseDouble(kernel.execute("((TimeitResult) Out[" + number(answer) + "]).best()")
                .result());
        assertTrue(best < 0.02, "40 ms of setup are not in " + best);
        assertTrue(complaint("%%timeit -x\n1;").contains("-x"), complaint("%%timeit -x\n1;"));
    }

    private static int number(Answer answer) {
        return answer.content().get("execution_count").getAsInt();
    }

    @Test
    void whoListsAndResetForgets() {
        try (var own = open()) {
            own.execute("int apples = 3; String name = \"pear\"; int twice(int x) { return 2 * x; }");
            assertEquals("apples  name  twice\n", own.execute("%who").stream("stdout"));
            assertEquals("apples\n", own.execute("%who int").stream("stdout"));
            String table = own.execute("%whos").stream("stdout");
            assertEquals("name    type    value\napples  int     3\nname    String  pear\n", table);
            assertEquals("twice(int)int\n", own.execute("%jshell /methods").stream("stdout"));
            assertEquals("forgot 1 declaration\n", own.execute("%reset name").stream("stdout"));
            assertEquals("apples  twice\n", own.execute("%who").stream("stdout"));
            assertEquals("forgot 2 declarations\n", own.execute("%reset").stream("stdout"));
            assertEquals(
                    "CompilationError",
                    own.execute("apples").content().get("ename").getAsString());
            assertEquals("0", own.execute("List.of().size()").result());
            assertEquals(
                    "%reset: nothing of the name kiwi is declared; %who lists what is",
                    own.execute("%reset kiwi").content().get("evalue").getAsString());
        }
    }

    private WireClient open() {
        try {
            return new WireClient(folder, Map.of("TOUCHSTONE_HISTORY", "off"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void cellsAreSavedAndLoadedAgain() {
        try (var own = open()) {
            own.execute("int saved = 7;");
            own.execute("int second = saved * 6;");
            own.execute("1 / 0");
            String history = own.execute("%history -n 1-2").stream("stdout");
            assertEquals("// In[1]\nint saved = 7;\n// In[2]\nint second = saved * 6;\n", history);
            Path file = folder.resolve("work.jshell");
            String said = own.execute("%save " + folder.resolve("work") + " 1-2").stream("stdout");
            assertEquals("saved 2 cells to " + file + "\n", said);
            own.execute("%reset");
            assertEquals("42", own.execute("%load " + file + "\nsecond").result());
            assertTrue(own.execute("%save " + file + " 1")
                    .content()
                    .get("evalue")
                    .getAsString()
                    .endsWith("is there already; -f overwrites it, -a appends"));
            assertEquals("ok", own.execute("%save -a " + file + " 2").status());
            assertEquals(
                    "%history: there is no cell 99 in this session",
                    own.execute("%history 99").content().get("evalue").getAsString());
        }
    }

    @Test
    void cdMovesMagicsButNotJava() throws Exception {
        Path below = Files.createDirectory(folder.resolve("below"));
        String before = kernel.execute("%pwd").result();
        String said = out("%cd " + below);
        assertTrue(said.startsWith(below + "\n(for magics and %%shell; a JVM cannot change its own folder"), said);
        assertEquals("wrote " + below.resolve("a.txt") + "\n", out("%%writefile a.txt\none"));
        assertEquals("appended to " + below.resolve("a.txt") + "\n", out("%%writefile -a a.txt\ntwo\n"));
        assertEquals("one\ntwo\n", Files.readString(below.resolve("a.txt")));
        assertEquals("a.txt\n", out("%ls"));
        assertTrue(out("%ls -l *.txt").startsWith("8  "));
        assertEquals(below.toRealPath() + "\n", out("%%sh\npwd -P"));
        assertEquals("false", kernel.execute("Files.exists(Path.of(\"a.txt\"))").result());
        out("%cd -");
        assertEquals(before, kernel.execute("%pwd").result());
        assertTrue(complaint("%cd no/such").startsWith("%cd: there is no folder"));
        assertTrue(complaint("%ls *.nothing").startsWith("%ls: nothing at"));
        assertTrue(complaint("%%writefile no/such/x\n1").startsWith("%%writefile: there is no folder"));
    }

    @Test
    void shellsPrintAndFail() {
        Answer answer = kernel.execute("%%shell\necho out; echo err >&2; exit 3");
        assertEquals("out\n", answer.stream("stdout"));
        assertEquals("err\n", answer.stream("stderr"));
        assertEquals(
                "%shell ended with status 3", answer.content().get("evalue").getAsString());
        assertEquals("a  b\n", out("%shell echo \"a  b\""));
        assertTrue(out("%env GREETING=good day").startsWith("GREETING is set for %%shell; a JVM cannot"));
        assertEquals("good day\n", out("%%bash\necho $GREETING"));
        assertEquals(
                "good day", kernel.execute("String day = %env GREETING\nday").result());
        String all = out("%env");
        assertTrue(all.contains("A_TOKEN=<hidden>\n") && !all.contains("s3cret"), "secrets are hidden");
        assertEquals("%env: there is no variable NO_SUCH", complaint("%env NO_SUCH"));
    }

    @Test
    void aShellIsInterrupted() throws Exception {
        String id = kernel.submit("%%sh\nsleep 30");
        Thread.sleep(500);
        long start = System.nanoTime();
        kernel.requestOnControl("interrupt_request", new JsonObject());
        Answer answer = kernel.await(id, "execute_reply", 10_000);
        assertEquals("error", answer.status());
        assertTrue(System.nanoTime() - start < 5e9, "the shell is gone at once");
        assertEquals("2", kernel.execute("1 + 1").result());
    }

    @Test
    void cellsAreShownInTheirFormat() {
        for (var each : Map.of("html", "text/html", "markdown", "text/markdown", "javascript", "application/javascript")
                .entrySet()) {
            Answer answer = kernel.execute("%%" + each.getKey() + "\n<b>\"x\"</b>");
            assertEquals(List.of("status", "execute_input", "display_data", "status"), answer.types());
            JsonObject data = answer.published().get(2).content().getAsJsonObject("data");
            assertEquals("<b>\"x\"</b>", data.get(each.getValue()).getAsString());
            assertTrue(data.has("text/plain"));
        }
        assertTrue(kernel.execute("%%svg\nno picture")
                .content()
                .get("evalue")
                .getAsString()
                .startsWith("svg must hold"));
    }

    @Test
    void captureKeepsOutputForLater() {
        Answer quiet = kernel.execute(
                "%%capture kept\nSystem.out.print(\"o\");\nSystem.err.print(\"e\");\nhtml(\"<i>1</i>\");\n40 + 2");
        assertEquals(List.of("status", "execute_input", "status"), quiet.types());
        assertEquals(
                "Captured: 1 characters of stdout, 1 of stderr, 2 displays",
                kernel.execute("kept").result());
        Answer shown = kernel.execute("kept.show();");
        assertEquals("o", shown.stream("stdout"));
        assertEquals("e", shown.stream("stderr"));
        assertEquals(2, shown.types().stream().filter("display_data"::equals).count());
        assertEquals(
                "error",
                kernel.execute("%%capture half\nSystem.out.print(1);\n1 / 0").status());
        assertEquals("1", kernel.execute("half.stdout()").result());
        assertEquals("%%capture: '1x' cannot be the name of a variable", complaint("%%capture 1x\n1"));
    }

    @Test
    void helpTellsOneLineAboutEachMagic() {
        String list = out("%lsmagic");
        for (String line : list.lines().filter(each -> each.startsWith("  %")).toList()) {
            assertTrue(line.strip().split("\\s{2,}").length == 2, "no description: " + line);
        }
        assertTrue(out("%help writefile").startsWith("%%writefile [-a] FILE\n    writes the cell to a file"));
        assertTrue(out("%help vegaLite").contains("String vegaLite(String)"));
        assertTrue(out("%help").contains("%lsmagic"));
        assertTrue(complaint("%help nonsense").contains("there is no magic or function nonsense"));
        Answer documented = kernel.execute("%doc String.strip");
        assertTrue(
                documented.published().toString().contains("strip()"),
                documented.types().toString());
        assertTrue(complaint("%doc no.such.Thing").startsWith("%doc: nothing is known"));
        assertTrue(complaint("%jshell /edit").contains("/edit belongs to the jshell tool alone"));
        assertEquals("%ls has no option -z; see %help ls", complaint("%ls -z"));
    }

    @Test
    void memoryAndBackendAreTold() {
        String memory = out("%memory --gc");
        assertTrue(memory.startsWith("heap") && memory.contains("MiB used"), memory);
        String backend = out("%backend");
        assertTrue(backend.startsWith("TOUCHSTONE_BACKEND: not set, which means cpu\n"), backend);
        assertTrue(backend.contains("\ncpu: can run here; in use\n"), backend);
        assertTrue(backend.contains("\ncuda: cannot run here: "), backend);
        assertTrue(backend.contains("\nnd4j-cuda: cannot run here: "), backend);
        assertTrue(complaint("%backend cuda").contains("set TOUCHSTONE_BACKEND=cuda before the kernel starts"));
    }
}
