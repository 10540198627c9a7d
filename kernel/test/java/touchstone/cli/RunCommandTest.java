package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import touchstone.notebook.Notebook;

class RunCommandTest extends CommandFixture {
    @Test
    void executesCellsAndPrintsThePath() throws Exception {
        Path file =
                notebook("a.ipynb", "stream stdout one\nstream stdout two\nstream stderr bad\nresult 42", "result 43");
        String source = Files.readString(file);
        assertEquals(0, run(file, "--out", results()), err());
        assertEquals(results().resolve("a.ipynb") + System.lineSeparator(), out());
        assertEquals(source, Files.readString(file));
        Notebook executed = result("a.ipynb");
        assertEquals("one\ntwo\n", text(executed, 0, 0));
        assertEquals("stderr", output(executed, 0, 1).get("name").getAsString());
        assertEquals(1, output(executed, 0, 2).get("execution_count").getAsInt());
        assertEquals(2, executed.cells().get(1).executionCount());
        JsonObject times = executed.cells().get(0).metadata().getAsJsonObject("execution");
        assertEquals(
                "[iopub.status.busy, iopub.status.idle, shell.execute_reply]",
                times.keySet().toString());
        assertTrue(times.get("iopub.status.busy").getAsString().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{6}Z"));
        assertTrue(err().contains("a.ipynb: cell 2/2 ok"), err());
        assertTrue(err().contains("1 notebook, 0 failed"), err());
    }

    private static String text(Notebook notebook, int cell, int index) {
        var lines = new StringBuilder();
        output(notebook, cell, index).getAsJsonArray("text").forEach(line -> lines.append(line.getAsString()));
        return lines.toString();
    }

    @Test
    void clearsUpdatesAndLateOutputLandWhereTheyBelong() throws Exception {
        Path file = notebook(
                "a.ipynb",
                "display d1 old\nstream stdout stays",
                "stream stdout gone\nclear\nstream stdout new",
                "stream stdout shown\nclear wait\nstream stdout instead",
                "stream stdout kept\nclear wait",
                "update d1 fresh\nlate from the background");
        assertEquals(0, run(file, "--out", results()), err());
        Notebook executed = result("a.ipynb");
        assertEquals(
                "[\"fresh\"]",
                output(executed, 0, 0).getAsJsonObject("data").get("text/plain").toString());
        assertEquals("stays\nfrom the background\n", text(executed, 0, 1));
        assertEquals("new\n", text(executed, 1, 0));
        assertEquals(1, executed.cells().get(1).outputs().size());
        assertEquals("instead\n", text(executed, 2, 0));
        assertEquals("kept\n", text(executed, 3, 0));
        assertEquals(0, executed.cells().get(4).outputs().size());
    }

    @Test
    void stopsAtTheFirstFailingCellAndKeepsWhatRan() throws Exception {
        Path file = notebook("a.ipynb", "stream stdout one", "error Boom it broke", "stream stdout never");
        assertEquals(1, run(file, "--out", results(), "--quiet"));
        assertEquals(
                "touchstone: " + file + ": cell 2/3 failed: Boom: it broke; see "
                        + results().resolve("a.ipynb") + System.lineSeparator(),
                err());
        Notebook executed = result("a.ipynb");
        assertEquals("Boom", output(executed, 1, 0).get("ename").getAsString());
        assertEquals(0, executed.cells().get(2).outputs().size());
        assertTrue(executed.metadata()
                .getAsJsonObject("papermill")
                .get("exception")
                .getAsBoolean());
    }

    @Test
    void keepGoingRunsTheRestAndStillFails() throws Exception {
        Path file = notebook("a.ipynb", "error Boom x", "stream stdout after");
        assertEquals(1, run(file, "--out", results(), "--keep-going"));
        assertEquals("after\n", text(result("a.ipynb"), 1, 0));
    }

    @Test
    void tagsAndMetadataAllowErrorsAndSkipCells() throws Exception {
        Path file = notebook("a.ipynb", "#raises-exception\nerror Boom x", "#skip-execution\nexit 3", "result 1");
        assertEquals(0, run(file, "--out", results()), err());
        assertEquals("error", output(result("a.ipynb"), 0, 0).get("output_type").getAsString());
        assertEquals(-1, result("a.ipynb").cells().get(1).executionCount());

        Notebook tolerant = Notebook.read(notebook("b.ipynb", "error Boom x", "result 1"));
        tolerant.metadata().add("execution", JsonParser.parseString("{\"allow_errors\":true}"));
        tolerant.write(folder.resolve("b.ipynb"));
        assertEquals(0, run(folder.resolve("b.ipynb"), "--out", results()), err());
        assertEquals(2, result("b.ipynb").cells().get(1).executionCount());
    }

    @Test
    void aCellThatTakesTooLongIsInterrupted() throws Exception {
        Path file = notebook("a.ipynb", "stream stdout before\nsleep 60000", "result 1");
        assertEquals(1, run(file, "--out", results(), "--timeout", "0.3"));
        assertTrue(err().contains("cell 1/2 failed: the cell ran longer than 0.3 s; see"), err());
        Notebook executed = result("a.ipynb");
        assertEquals("before\n", text(executed, 0, 0));
        assertEquals("Interrupted", output(executed, 0, 1).get("ename").getAsString());
        assertEquals("CellTimeoutError", output(executed, 0, 2).get("ename").getAsString());
        assertEquals(0, executed.cells().get(1).outputs().size());
    }

    @Test
    void aKernelThatDoesNotHeedTheInterruptIsEnded() throws Exception {
        Path file = notebook("a.ipynb", "stream stdout before\nhang", "result 1");
        assertEquals(1, run(file, "--out", results(), "--timeout", "0.3", "--keep-going"));
        assertTrue(err().contains("0.3 s; the kernel did not stop and was ended"), err());
        assertEquals("before\n", text(result("a.ipynb"), 0, 0));
        assertEquals(0, result("a.ipynb").cells().get(1).outputs().size());
    }

    @Test
    void theDeathOfTheKernelIsNoticedAtOnceWithItsLastWords() throws Exception {
        Path file = notebook("a.ipynb", "result 1", "stream stdout before\nexit 3", "result 2");
        assertEquals(1, run(file, "--out", results(), "--keep-going"));
        assertTrue(err().contains("cell 2/3 failed: the kernel ended with exit code 3"), err());
        Notebook executed = result("a.ipynb");
        assertEquals(1, executed.cells().get(0).outputs().size());
        JsonObject error = output(executed, 1, executed.cells().get(1).outputs().size() - 1);
        assertEquals("DeadKernelError", error.get("ename").getAsString());
        assertTrue(error.get("traceback").toString().contains("last words of the fake kernel"), error.toString());
        assertEquals(0, executed.cells().get(2).outputs().size());
    }

    @Test
    void whatTheKernelSaysWhileItComesUpStandsInTheFirstCell() throws Exception {
        kernel("-Dgreeting=hello");
        assertEquals(0, run(notebook("a.ipynb", "result 1", "result 2"), "--out", results()), err());
        assertEquals("hello", text(result("a.ipynb"), 0, 0));
        assertEquals(1, result("a.ipynb").cells().get(0).executionCount());
        assertEquals(1, result("a.ipynb").cells().get(1).outputs().size());
    }

    @Test
    void aKernelThatDoesNotStartIsTold() throws Exception {
        kernel("-Dfault=no-luck-today");
        assertEquals(4, run(notebook("a.ipynb", "result 1"), "--out", results(), "--quiet"));
        assertTrue(err().contains("the kernel did not start: the kernel ended with exit code 7; it wrote:"), err());
        assertTrue(err().contains("no-luck-today"), err());
        System.setProperty("touchstone.kernel.command", "/no/such/kernel");
        assertEquals(4, run(notebook("a.ipynb", "result 1"), "--out", results(), "--quiet"));
        assertTrue(err().contains("cannot start the kernel"), err());
    }

    @Test
    void parametersReachTheNotebook() throws Exception {
        Path file = notebook("a.ipynb", "#parameters\nint n = 1;\ndouble lr = 0.5;\nboolean fast = false;", "result 1");
        Path values = Files.writeString(folder.resolve("p.json"), "{\"n\": 3, \"lr\": 2}");
        assertEquals(0, run(file, "--out", results(), "--params", values, "-p", "n=4", "--fast"), err());
        Notebook executed = result("a.ipynb");
        assertEquals(
                "// Parameters\nint n = 4;\ndouble lr = 2.0;\nboolean fast = true;",
                executed.cells().get(1).source());
        JsonObject about = executed.metadata().getAsJsonObject("papermill");
        assertEquals(
                "{\"fast\":true,\"lr\":2,\"n\":\"4\"}", about.get("parameters").toString());
        assertTrue(about.get("duration").getAsDouble() > 0);
        assertTrue(about.get("exception").isJsonNull());
        assertEquals(file.toString(), about.get("input_path").getAsString());
    }

    @Test
    void fastIsANoteWhereItIsNotDeclared() throws Exception {
        assertEquals(0, run(notebook("a.ipynb", "result 1"), "--out", results(), "--fast"));
        assertTrue(err().contains("declares no boolean parameter \"fast\""), err());
    }

    @Test
    void claimsAreGatheredOverNotebooksAndRuns() throws Exception {
        Path first = notebook("a.ipynb", "claim SUPPORTED", "claim SUPPORTED");
        Path second = notebook("b.ipynb", "claim REFUTED");
        assertEquals(0, run(first, second, "--out", results(), "--jobs", 2), err());
        assertTrue(err().contains("2 claims: 1 REFUTED, 1 SUPPORTED"), err());
        assertEquals(1, run(second, "--out", results(), "--strict"));
        JsonObject ledger = json(results().resolve("claims.json"));
        assertEquals(2, ledger.getAsJsonArray("notebooks").size());
        assertEquals("{\"REFUTED\":1,\"SUPPORTED\":1}", ledger.get("verdicts").toString());
        JsonObject entry = ledger.getAsJsonArray("notebooks").get(0).getAsJsonObject();
        assertTrue(entry.get("notebook").getAsString().endsWith("a.ipynb"));
        assertTrue(entry.get("sha256").getAsString().matches("[0-9a-f]{64}"));
        assertEquals("ok", entry.get("status").getAsString());
        assertEquals(1, entry.getAsJsonArray("claims").size());

        notebook("b.ipynb", "claim SUPPORTED");
        assertEquals(0, run(second, "--out", results(), "--strict"), err());
        assertEquals(
                "{\"SUPPORTED\":2}",
                json(results().resolve("claims.json")).get("verdicts").toString());
    }

    @Test
    void severalRunsAtOnceKeepApart() throws Exception {
        var arguments = new Object[10];
        for (int i = 0; i < 6; i++) {
            arguments[i] = notebook("n" + i + ".ipynb", "stream stdout cell " + i, "result " + i);
        }
        System.arraycopy(new Object[] {"--jobs", 3, "--out", results()}, 0, arguments, 6, 4);
        assertEquals(0, run(arguments), err());
        for (int i = 0; i < 6; i++) {
            assertEquals("cell " + i + "\n", text(result("n" + i + ".ipynb"), 0, 0));
            assertTrue(err().contains("n" + i + ".ipynb: cell 2/2 ok"), err());
        }
    }

    @Test
    void jsonSummaryIsForPrograms() throws Exception {
        Path file = notebook("a.ipynb", "claim SUPPORTED", "error Boom x");
        assertEquals(1, run(file, "--out", results(), "--json", "--quiet"));
        JsonObject summary = JsonParser.parseString(out()).getAsJsonObject();
        assertFalse(summary.get("ok").getAsBoolean());
        JsonObject run = summary.getAsJsonArray("notebooks").get(0).getAsJsonObject();
        assertEquals("failed", run.get("status").getAsString());
        assertEquals(2, run.get("failed_cell").getAsInt());
        assertEquals(2, run.get("cells").getAsInt());
        assertEquals("{\"SUPPORTED\":1}", summary.get("verdicts").toString());
    }

    @Test
    void inplaceWritesOverTheSource() throws Exception {
        Path file = notebook("a.ipynb", "result 1");
        assertEquals(0, run(file, "--inplace", "--out", results(), "--html"), err());
        assertEquals(1, Notebook.read(file).cells().get(0).executionCount());
        assertTrue(Files.readString(folder.resolve("a.html")).contains("<pre class=\"stdout\">1</pre>"));
        assertFalse(Files.exists(results()));
    }

    @Test
    void stripRemovesWhatARunLeft() throws Exception {
        Path file = notebook("a.ipynb", "#parameters\nint n = 1;", "result 1");
        String clean = Files.readString(file);
        assertEquals(0, strip(file, "--check"));
        assertEquals(0, run(file, "--inplace", "--out", results(), "-p", "n=2"), err());
        assertEquals(1, strip(file, "--check"));
        assertEquals(file + System.lineSeparator(), out());
        assertEquals(0, strip(file));
        assertEquals(0, strip(file, "--check"));
        Notebook stripped = Notebook.read(file);
        stripped.metadata().remove("language_info");
        assertEquals(clean, stripped.toJson());
    }
}
