package touchstone.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.kernel.engine.Splitter.Kind;
import touchstone.kernel.engine.Splitter.Piece;
import touchstone.kernel.magic.MagicParser;
import touchstone.notebook.Notebook;
import touchstone.notebook.NotebookException;

/** JShell's own analysis is the reference: where the splitter is certain, it must say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitterTest {
    private JShell shell;

    @BeforeAll
    void start() {
        shell = JShell.builder().executionEngine("local").build();
    }

    @AfterAll
    void stop() {
        shell.close();
    }

    private List<String> byJShell(String code) {
        var found = new ArrayList<String>();
        String rest = code.strip();
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!info.completeness().isComplete()) {
                break;
            }
            found.add(withoutComments(info.source()));
            rest = info.remaining().strip();
        }
        return found;
    }

    /** Neither where a comment goes, nor a semicolon at the end of an expression, makes a difference. */
    private static String withoutComments(String source) {
        var out = new StringBuilder();
        int i = 0;
        while (i < source.length()) {
            int skipped = MagicParser.skipLiteralOrComment(source, i);
            boolean comment = source.startsWith("//", i) || source.startsWith("/*", i);
            out.append(source, i, comment ? i : Math.max(i + 1, skipped));
            i = Math.max(i + 1, skipped);
        }
        return out.toString().strip().replaceFirst("\\s*;$", "");
    }

    private static List<String> bySplitter(String code) {
        return Splitter.pieces(code).stream()
                .map(piece -> withoutComments(piece.source()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1+1",
                "1+1;",
                "x // the value",
                "int x = 3",
                "int[] z = {1, 2}, y = {3}; z[0]",
                "System.out.println(\"a; } b\"); System.out.println('}');",
                "class A { int f() { return 1; } } new A().f()",
                "record P(int a, List<String> b) { } new P(1, List.of())",
                "enum E { A, B { } } E.A",
                "@interface Mark { } @Mark class B { }",
                "sealed interface S permits T { } record T() implements S { } non-sealed class U { }",
                "int f(int x) throws Exception { return x; } f(1)",
                "<T extends Comparable<T>> T id(T x) { return x; } id(\"a\")",
                "static final int N = 4; public double d() { return N; }",
                "Map<String, List<Integer>> m = new HashMap<>(); m.put(\"a\", List.of(1)); m",
                "Runnable r = () -> { int q = 1; }; r.run();",
                "Object o = new Object() { int y = 1; }; o",
                "new Object() { @Override public String toString() { return \"o\"; } }",
                "if (a) b(); else { c(); } d();",
                "if (a) if (b) c(); else d(); e();",
                "for (int i = 0; i < 3; i++) sum += i; sum",
                "for (var v : List.of(1, 2)) { System.out.println(v); } while (false) { }",
                "do x(); while (y); z",
                "try { f(); } catch (IOException | RuntimeException e) { } finally { } g();",
                "try (var in = open()) { }",
                "switch (3) { case 1 -> f(); default -> g(); } h();",
                "var q = switch (3) { default -> 1; }; q",
                "synchronized (lock) { } synchronized int f() { return 1; }",
                "throw new IllegalStateException(\"x\")",
                "import java.util.*; import static java.lang.Math.max; max(1, 2)",
                "String t = \"\"\"\n  a \" ; }\n  \"\"\"; t.length()",
                "a.b()\n  .c(x -> { return 1; })\n  .d()",
                "x = 5; x += 2; x++; --x; x",
                "a < b && c > d",
                "cond ? List.of(1) : Set.of()",
                "(Runnable) () -> { }",
                "list.forEach(System.out::println); Stream.of(1).map(String::valueOf).toList()",
                "char c = '\\''; String s = \"\\\"\"; c",
                "int x, y = 2; double[][] m = new double[2][3]; m[0][1]",
                "java.util.List<java.lang.String> l = java.util.List.of(); l.size()",
                "Function<Integer, Integer> f = (Integer v) -> v + 1; f.apply(2)",
                "var n = 1; { int inner = n; } n",
                "/** doc */ int documented = 2; // end",
                "assert x > 0 : \"no\"; x",
                "x instanceof String s && s.isEmpty()",
                "int a = 1;\n\n// a comment; with { brackets\n/* and ( more */\na",
                "label: for (;;) { break label; }",
                "1 +",
                "foo(",
                ";",
                ""
            })
    void assertAgreesWithJShellWhereItIsCertain(String code) {
        List<String> pieces = bySplitter(code);
        if (!pieces.isEmpty()) {
            assertEquals(byJShell(code), pieces);
        }
    }

    @ParameterizedTest
    @MethodSource("notebookCells")
    void agreesOnTheCellsOfNotebooks(String code) {
        assertAgreesWithJShellWhereItIsCertain(MagicParser.expandLineMagics(code));
    }

    static Stream<String> notebookCells() throws IOException, NotebookException {
        Path folder = Path.of("..", "notebooks");
        try (Stream<Path> files = Files.walk(folder)) {
            var cells = new ArrayList<String>();
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".ipynb"))::iterator) {
                Notebook.read(file).cells().stream()
                        .filter(cell -> cell.type().equals("code"))
                        .forEach(cell -> cells.add(cell.source()));
            }
            return cells.stream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 +", "foo(", "'a", "/* open", "label: for (;;) { }", "return 3;", "} x", "(1]", ";", "a ? b :"
            })
    void isNotCertainOfBrokenOrRareCode(String code) {
        assertEquals(List.of(), Splitter.pieces(code));
    }

    @Test
    void kindsSayWhatCanRunTogether() {
        String code = "f(); x = 3; if (x > 2) { g(); } int y = 1; y + 1; a[0] = 2; for (;;) { } h(x)";
        List<Kind> kinds = Splitter.pieces(code).stream().map(Piece::kind).toList();
        assertEquals(
                List.of(
                        Kind.EXPRESSION,
                        Kind.STATEMENT,
                        Kind.STATEMENT,
                        Kind.OTHER,
                        Kind.EXPRESSION,
                        Kind.OTHER,
                        Kind.STATEMENT,
                        Kind.EXPRESSION),
                kinds);
    }

    @Test
    void startsPointIntoTheCell() {
        String code = "  // first\n  f();\n\n  int x = 3; x";
        for (Piece piece : Splitter.pieces(code)) {
            assertTrue(code.startsWith(piece.source(), piece.start()), piece::toString);
        }
    }
}
