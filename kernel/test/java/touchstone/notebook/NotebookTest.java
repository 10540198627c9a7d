package touchstone.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookTest {
    /** As nbformat 5.10 writes it: keys sorted, one space, characters kept, fields unknown to us included. */
    private static final String JUPYTER =
            """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "a1",
               "metadata": {
                "mine": 1.50
               },
               "source": [
                "# Größe\\n",
                "x"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": 2,
               "extra": null,
               "id": "b-2_",
               "metadata": {},
               "outputs": [
                {
                 "data": {
                  "application/json": {
                   "k": []
                  },
                  "image/png": "QUJD\\n",
                  "text/plain": [
                   "1\\n",
                   "2"
                  ]
                 },
                 "execution_count": 2,
                 "metadata": {},
                 "output_type": "execute_result"
                },
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "tab\\t \\"q\\" \\u0001\\n"
                 ]
                }
               ],
               "source": []
              }
             ],
             "metadata": {
              "future": {}
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void roundTripKeepsEveryByteOfJupytersLayout() throws NotebookException {
        assertEquals(JUPYTER, Notebook.parse(JUPYTER, "x").toJson());
    }

    @Test
    void sourceIsTheSameFromTextAndFromLines() throws NotebookException {
        String text = "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":["
                + "{\"cell_type\":\"code\",\"id\":\"x\",\"metadata\":{},\"source\":\"a\\nb\"},"
                + "{\"cell_type\":\"code\",\"id\":\"y\",\"metadata\":{},\"source\":[\"a\\n\",\"b\"]}]}";
        Notebook notebook = Notebook.parse(text, "x");
        assertEquals("a\nb", notebook.cells().get(0).source());
        assertEquals("a\nb", notebook.cells().get(1).source());
    }

    @Test
    void olderNotebooksGetIdsThatStayTheSame() throws NotebookException {
        String text = "{\"nbformat\":4,\"nbformat_minor\":2,\"metadata\":{},\"cells\":["
                + "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"a\"},"
                + "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"a\"}]}";
        List<String> ids = ids(text);
        assertEquals(ids, ids(text));
        assertEquals(2, ids.stream().distinct().count());
        assertTrue(ids.stream().allMatch(id -> id.matches("[a-zA-Z0-9-_]{1,64}")));
        assertTrue(Notebook.parse(text, "x").toJson().contains("\"nbformat_minor\": 5"));
    }

    private static List<String> ids(String text) throws NotebookException {
        return Notebook.parse(text, "x").cells().stream().map(Cell::id).toList();
    }

    @Test
    void linesAreCutWherePythonCutsThem() {
        assertEquals(
                List.of("a\r\n", "b\r", "c\u000b", "d\u0085", "e\u2028", "f"),
                JupyterJson.lines("a\r\nb\rc\u000bd\u0085e\u2028f"));
        assertEquals(List.of(), JupyterJson.lines(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2] | is not a notebook",
                "{} | is not a notebook",
                "{\"nbformat\": 4, | ends too early, in line 1",
                "{'nbformat': 4} | not valid JSON in line 1;",
                "{\"nbformat\": 3, \"worksheets\": []} | jupyter nbconvert --to notebook",
                "{\"nbformat\": 5, \"cells\": []} | has nbformat 5, and 4 is needed",
                "{\"nbformat\": 4, \"cells\": 3} | no list of cells",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]} | cell 1 has the cell_type",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": 3}]} | cell 1 has no source",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": \"\", \"id\": \"a b\"}]} | cell 1 has the id \"a b\"",
            })
    void tellsWhatIsWrongInOneSentence(String text, String said) {
        var fault = assertThrows(NotebookException.class, () -> Notebook.parse(text, "x.ipynb"));
        assertTrue(fault.sentence().startsWith("x.ipynb"), fault.sentence());
        assertTrue(fault.sentence().contains(said), fault.sentence());
        assertEquals(2, fault.exitCode());
        assertFalse(fault.sentence().contains("\n"));
    }

    @ParameterizedTest
    @CsvSource({"python3,python,Python 3", "xeus-cling,c++,C++17", "javascript,'',JavaScript (Node.js)", "ir,R,R"})
    void anotherKernelsNotebookIsRefusedByName(String name, String language, String shown) {
        Notebook notebook = Notebook.empty();
        var kernel = Json.object(notebook.metadata(), "kernelspec");
        kernel.addProperty("name", name);
        kernel.addProperty("display_name", shown);
        kernel.remove("language");
        if (!language.isEmpty()) {
            kernel.addProperty("language", language);
        }
        var fault = assertThrows(NotebookException.class, () -> notebook.requireJava("x.ipynb"));
        assertTrue(fault.sentence().contains('"' + shown + '"'), fault.sentence());
    }

    @ParameterizedTest
    @CsvSource({"java,''", "ijava,''", "jjava,''", "rapaio-jupyter-kernel,''", "other,java", "'',''", "java-17,Java"})
    void javaNotebooksOfAnyMakerAreTaken(String name, String language) throws NotebookException {
        Notebook notebook = Notebook.empty();
        var kernel = Json.object(notebook.metadata(), "kernelspec");
        kernel.addProperty("name", name);
        kernel.remove("language");
        if (!language.isEmpty()) {
            kernel.addProperty("language", language);
        }
        notebook.requireJava("x.ipynb");
        assertEquals(name, Json.text(kernel, "name", "none"));
    }

    @Test
    void writesOverALinkIntoItsTargetAndLeavesNoTemporaryFile() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        AtomicFile.write(link, "new");
        assertEquals("new", Files.readString(target));
        assertTrue(Files.isSymbolicLink(link));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void stripLeavesTheUsersSettings() throws NotebookException {
        Notebook notebook = Notebook.parse(JUPYTER, "x");
        Cell cell = notebook.cells().get(1);
        Json.ensureObject(cell.metadata(), "execution").addProperty("timeout", 5);
        Json.ensureObject(cell.metadata(), "execution").addProperty("iopub.status.busy", "2026");
        assertTrue(notebook.hasRun());
        notebook.strip();
        assertFalse(notebook.hasRun());
        assertEquals("{\"execution\":{\"timeout\":5}}", cell.metadata().toString());
        assertEquals(-1, cell.executionCount());
    }
}
