package touchstone.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final String DECLARED =
            """
            // The knobs; int hidden = 1; is no parameter
            int n = 3;
            final long seed = 7L; // a seed
            double lr = 0.1;
            float f = 1f;
            boolean fast = false;
            String name = "a // b";
            char c = 'x';
            int[] ks = {1, 2};
            double[][] grid = {};
            List<String> xs = List.of("a");
            List<List<Integer>> nested = List.of();
            /* int gone = 2; */
            Path where = Path.of("x");
            var guess = 1e-3;
            """;

    private static Notebook notebook() {
        Notebook notebook = Notebook.empty();
        notebook.cells().add(Cell.markdown("m", "# title"));
        Cell cell = Cell.code("p", DECLARED);
        cell.addTag("parameters");
        notebook.cells().add(cell);
        notebook.cells().add(Cell.code("z", "n"));
        return notebook;
    }

    private static JsonObject given(String name, String json) {
        var values = new JsonObject();
        values.add(name, JsonParser.parseString(json));
        return values;
    }

    @Test
    void readsDeclaredTypes() {
        assertEquals(
                List.of("n", "seed", "lr", "f", "fast", "name", "c", "ks", "grid", "xs", "nested", "where", "guess"),
                List.copyOf(Parameters.of(notebook()).types().keySet()));
        assertEquals("List<List<Integer>>", Parameters.of(notebook()).types().get("nested"));
        assertEquals("double", Parameters.of(notebook()).types().get("guess"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n | 5 | int n = 5;",
                "n | \"-5\" | int n = -5;",
                "seed | 5 | long seed = 5L;",
                "lr | 1 | double lr = 1.0;",
                "lr | \"1e-4\" | double lr = 1.0E-4;",
                "lr | \"NaN\" | double lr = Double.NaN;",
                "lr | \"-Infinity\" | double lr = Double.NEGATIVE_INFINITY;",
                "f | 0.5 | float f = 0.5f;",
                "fast | true | boolean fast = true;",
                "fast | \"False\" | boolean fast = false;",
                "name | \"it's\" | String name = \"it's\";",
                "name | 12 | String name = \"12\";",
                "name | null | String name = null;",
                "c | \"'\" | char c = '\\'';",
                "ks | [4, 5] | int[] ks = new int[] {4, 5};",
                "ks | \"4,5\" | int[] ks = new int[] {4, 5};",
                "ks | \"\" | int[] ks = new int[] {};",
                "grid | [[1], []] | double[][] grid = new double[][] {new double[] {1.0}, new double[] {}};",
                "xs | \"a, b\" | List<String> xs = java.util.List.of(\"a\", \"b\");",
                "nested | [[1], [2]] | List<List<Integer>> nested = java.util.List.of(java.util.List.of(1), java.util.List.of(2));",
                "guess | 2 | double guess = 2.0;",
            })
    void declaresAgainWithTheDeclaredType(String name, String value, String line) throws NotebookException {
        Notebook notebook = notebook();
        Parameters.inject(notebook, given(name, value), "x.ipynb");
        Cell injected = notebook.cells().get(2);
        assertEquals(List.of("injected-parameters"), List.copyOf(injected.tags()));
        assertEquals("// Parameters\n" + line, injected.source());
        assertEquals(4, notebook.cells().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | \"abc\" | needs a whole number of type int, was \"abc\"",
                "n | 1.5 | needs a whole number of type int, was 1.5",
                "n | 3000000000 | needs a whole number of type int",
                "n | null | needs a value of type int, was null",
                "n | [1] | needs one value of type int",
                "lr | \"fast\" | needs a number of type double",
                "lr | \"1d\" | needs a number of type double",
                "fast | 1 | needs true or false",
                "ks | [1, \"x\"] | needs a whole number of type int",
                "ks | 3 | needs a list for type int[]",
                "xs | [null] | without null",
                "where | \"/x\" | instead of Path",
                "rate | 1 | has no parameter \"rate\"; it has n, seed, lr,",
            })
    void refusesWhatDoesNotFit(String name, String value, String said) {
        Notebook notebook = notebook();
        var fault =
                assertThrows(NotebookException.class, () -> Parameters.inject(notebook, given(name, value), "x.ipynb"));
        assertTrue(fault.sentence().contains(said), fault.sentence());
        assertEquals(2, fault.exitCode());
        assertEquals(3, notebook.cells().size());
    }

    @Test
    void anOlderInjectedCellIsReplaced() throws NotebookException {
        Notebook notebook = notebook();
        Parameters.inject(notebook, given("n", "1"), "x");
        Parameters.inject(notebook, given("n", "2"), "x");
        assertEquals(1, notebook.tagged("injected-parameters").size());
        assertEquals("// Parameters\nint n = 2;", notebook.cells().get(2).source());
    }

    @Test
    void aNotebookWithoutTheCellTakesNone() {
        var fault = assertThrows(
                NotebookException.class, () -> Parameters.inject(Notebook.empty(), given("n", "1"), "x.ipynb"));
        assertEquals("x.ipynb takes no parameters: it has no code cell tagged \"parameters\".", fault.sentence());
    }

    @Test
    void stringsAreEscapedForJava() {
        assertEquals(
                "\"a\\\"b\\\\u0041\\n\\0011\\ud83d\\ude00é\"", JavaLiteral.quote("a\"b\\u0041\n\u00011\ud83d\ude00é"));
    }
}
