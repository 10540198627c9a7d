package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import touchstone.notebook.Notebook;

/** The runner on the kernel it is made for. */
class RealKernelTest extends CommandFixture {
    @BeforeEach
    void useTouchstone() {
        System.clearProperty("touchstone.kernel.command");
    }

    @Test
    void runsJavaWithParameters() throws Exception {
        var file = notebook(
                "a.ipynb",
                "#parameters\nint n = 1;\ndouble lr = 0.5;\nString who = \"nobody\";",
                "System.out.println(who + \" \" + n * lr);\nn + 1",
                "#raises-exception\nint zero = 0;\nn / zero",
                "display(\"<b>bold</b>\", \"text/html\");");
        assertEquals(0, run(file, "--out", results(), "-p", "n=4", "-p", "who=a \"b\" \\u0041", "--html"), err());
        Notebook executed = result("a.ipynb");
        assertEquals(
                "[\"a \\\"b\\\" \\\\u0041 2.0\\n\"]",
                output(executed, 2, 0).get("text").toString());
        assertEquals(
                "[\"5\"]",
                output(executed, 2, 1).getAsJsonObject("data").get("text/plain").toString());
        assertEquals("error", output(executed, 3, 0).get("output_type").getAsString());
        assertEquals(
                "[\"<b>bold</b>\"]",
                output(executed, 4, 0).getAsJsonObject("data").get("text/html").toString());
        assertEquals(
                "java",
                executed.metadata().getAsJsonObject("language_info").get("name").getAsString());
    }

    @Test
    void anEndlessLoopIsInterruptedAndToldAsTimeout() throws Exception {
        var file = notebook("a.ipynb", "System.out.println(\"before\");\nwhile (true) {}", "1 + 1");
        assertEquals(1, run(file, "--out", results(), "--timeout", "4", "--keep-going"));
        assertTrue(err().contains("cell 1/2 failed: the cell ran longer than 4 s; see"), err());
        Notebook executed = result("a.ipynb");
        assertEquals("[\"before\\n\"]", output(executed, 0, 0).get("text").toString());
        assertEquals(
                "[\"2\"]",
                output(executed, 1, 0).getAsJsonObject("data").get("text/plain").toString());
    }

    @Test
    void progressLeavesItsLastStateAlone() throws Exception {
        var file = notebook(
                "a.ipynb",
                "for (int e : Progress.range(8)) for (int i : Progress.range(3)) Thread.sleep(20);",
                "var bar = Progress.of(10, \"by hand\");\nbar.step(3);",
                "bar.step(7);",
                "for (int i = 0; i < 3; i++) System.out.print(\"epoch \" + i + \"\\r\");",
                "for (int i = 0; i < 3; i++) { clearOutput(true); System.out.println(\"epoch \" + i); }");
        assertEquals(0, run(file, "--out", results()), err());
        Notebook executed = result("a.ipynb");
        assertEquals(1, executed.cells().get(0).outputs().size());
        assertTrue(shown(executed, 0).startsWith("[\"100 % |████████████████████| 8/8, "), shown(executed, 0));
        assertTrue(
                shown(executed, 1).startsWith("[\"by hand 100 % |████████████████████| 10/10, "), shown(executed, 1));
        assertEquals(0, executed.cells().get(2).outputs().size());
        assertEquals("[\"epoch 2\\r\"]", output(executed, 3, 0).get("text").toString());
        assertEquals("[\"epoch 2\\n\"]", output(executed, 4, 0).get("text").toString());
        assertTrue(err().lines().noneMatch(line -> line.contains("%") || line.contains("█")), err());
    }

    private String shown(Notebook notebook, int cell) {
        return output(notebook, cell, 0)
                .getAsJsonObject("data")
                .get("text/plain")
                .toString();
    }
}
