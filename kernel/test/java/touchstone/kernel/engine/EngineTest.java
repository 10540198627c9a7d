package touchstone.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {
    /** A thread of its own, as in the kernel: not the common pool, which cells use and must leave idle. */
    private static final Executor CELLS = task -> new Thread(task, "cell").start();

    private Engine engine;
    private int cell;

    @BeforeAll
    void start() {
        engine = new Engine("", List.of());
        run("import java.util.*;");
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    private Outcome run(String code) {
        return engine.evaluate(code, code, "In[" + ++cell + "]");
    }

    private @Nullable Object value(String code) {
        Outcome outcome = run(code);
        assertNull(outcome.error(), () -> code + " -> " + outcome.error());
        return outcome.value();
    }

    private Outcome.Failure failure(String code) {
        Outcome outcome = run(code);
        assertNotNull(outcome.error(), code + " should fail");
        return outcome.error();
    }

    private static String plain(Outcome.Failure failure) {
        return String.join("\n", failure.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @Test
    void theValueOfTheLastExpressionIsTheResult() {
        assertEquals(7, value("int a = 3;\nint b = 4;\na + b"));
        assertEquals(List.of(1, 2), value("List.of(1, 2)"));
        assertFalse(run("int c = 5;").hasValue());
        assertFalse(run("a = 6;").hasValue());
        assertFalse(run("1 + 1;\nint d = 2;").hasValue());
        assertNull(value("(Object) null"));
        assertFalse(run("").hasValue());
        assertFalse(run("// nothing").hasValue());
    }

    @Test
    void anExceptionIsToldWithCellLinesAndCauses() {
        Outcome.Failure failure =
                failure("int deep(int n) {\n  if (n == 0)\n    throw new IllegalStateException(\"d\");\n"
                        + "  return deep(n - 1);\n}\n\ntry {\n  deep(1);\n} catch (Exception e) {\n"
                        + "  throw new RuntimeException(\"outer\", e);\n}");
        assertEquals("java.lang.RuntimeException", failure.name());
        assertEquals("outer", failure.message());
        String in = "Cell In[" + cell + "], line ";
        assertEquals(
                String.join(
                        "\n",
                        "java.lang.RuntimeException: outer",
                        "    at " + in + "10",
                        "       --> throw new RuntimeException(\"outer\", e);",
                        "Caused by: java.lang.IllegalStateException: d",
                        "    at deep (" + in + "3)",
                        "       --> throw new IllegalStateException(\"d\");",
                        "    at deep (" + in + "4)",
                        "       --> return deep(n - 1);",
                        "    at " + in + "8",
                        "       --> deep(1);"),
                plain(failure));
    }

    @Test
    void anExceptionInAMethodOfAnEarlierCellNamesThatCell() {
        run("int early() {\n  return 1 / 0;\n}");
        int declared = cell;
        String text = plain(failure("\n\nearly()"));
        assertTrue(text.contains("early (Cell In[" + declared + "], line 2)"), text);
        assertTrue(text.contains("at Cell In[" + cell + "], line 3"), text);
    }

    @Test
    void aCompilerErrorHasLineColumnAndCaret() {
        Outcome.Failure failure = failure("int ok = 1;\n  String bad = 5;");
        assertEquals("CompilationError", failure.name());
        String text = plain(failure);
        assertTrue(text.contains("Cell In[" + cell + "], line 2"), text);
        assertTrue(text.contains("\n      String bad = 5;\n                   ^"), text);
        assertEquals(1, value("ok"), "what stood before the error counts");
        assertTrue(plain(failure("foo(")).contains("CompilationError"));
    }

    @Test
    void manyEqualFramesAreFolded() {
        String text = plain(failure("int down(int n) { return down(n + 1); }\ndown(0)"));
        assertTrue(text.startsWith("java.lang.StackOverflowError"), text);
        assertTrue(text.lines().count() < 12 && text.contains("more frames"), text);
    }

    @Test
    void valuesSurviveALaterImportAndAChangedMethodBody() {
        value("var map = new HashMap<String, Integer>(Map.of(\"a\", 1));");
        value("import java.util.concurrent.atomic.*;");
        assertEquals("{a=1}", String.valueOf(value("map")));
        value("class P { int v() { return 1; } }");
        value("P p = new P();");
        assertEquals(List.of(), run("class P { int v() { return 2; } }").notes());
        assertEquals(2, value("p.v()"));
    }

    @Test
    void aValueThatCannotSurviveIsNamed() {
        value("class Q { int v = 7; }");
        value("Q q = new Q();");
        Outcome outcome = run("class Q { int v = 7; int w = 8; }");
        assertEquals(
                List.of("variable q was reset to null, because the class of its value was redefined"), outcome.notes());
        assertNull(value("q"));
    }

    @Test
    void aVariableDeclaredAnewWithoutAValueIsEmpty() {
        value("int z = 5;");
        value("int z;");
        assertEquals(0, value("z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) { turns++; }",
                "for (;;) { }",
                "do { turns += 2; } while (turns != 1);",
                "while (true) { try { turns++; } catch (Throwable t) { } }",
                "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nfib(80);",
                "Thread.sleep(60_000);",
                "synchronized (lock) { lock.wait(); }",
                "java.util.stream.LongStream.range(0, Long.MAX_VALUE).filter(x -> x < 0).sum()",
                "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel().filter(x -> x < 0).sum()",
                "new Object() { void spin() { while (true) turns++; } }.spin();",
            })
    void everyKindOfEndlessCellIsStoppedAndStateKept(String code) throws Exception {
        value("long turns = 0; Object lock = new Object(); int kept = 41;");
        var running = CompletableFuture.supplyAsync(() -> run(code), CELLS);
        for (int i = 0; i < 1000 && !engine.inUserCode(); i++) {
            Thread.sleep(10);
        }
        Thread.sleep(300);
        engine.interrupt();
        Outcome outcome = running.get(10, TimeUnit.SECONDS);
        assertNotNull(outcome.error(), code);
        assertTrue(
                List.of("Interrupted", "java.lang.InterruptedException")
                        .contains(outcome.error().name()),
                outcome.error().toString());
        assertEquals(42, value("kept + 1"));
        assertTrue(
                java.util.concurrent.ForkJoinPool.commonPool().awaitQuiescence(2, TimeUnit.SECONDS),
                "the common pool still works for the cell");
    }

    @Test
    void anInterruptThatComesWhileTheCellIsCompiledCountsToo() throws Exception {
        for (int i = 0; i < 5; i++) {
            int delay = 4 * i;
            var running = CompletableFuture.supplyAsync(() -> run("for (int turn = 0; ; turn++) { }"), CELLS);
            while (!engine.isEvaluating()) {
                Thread.onSpinWait();
            }
            Thread.sleep(delay);
            engine.interrupt();
            Outcome outcome = running.get(10, TimeUnit.SECONDS);
            assertNotNull(outcome.error());
            assertEquals("Interrupted", outcome.error().name());
        }
    }

    @Test
    void systemExitEndsTheCellOnly() {
        assertEquals("CellExit", failure("System.exit(3);").name());
        assertEquals("CellExit", failure("Runtime.getRuntime().halt(3);").name());
        assertEquals(
                "CellExit",
                failure("Runnable r = () -> System.exit(1); r.run();").name());
        assertEquals(
                "CellExit",
                failure("java.util.function.IntConsumer c = System::exit; c.accept(1);")
                        .name());
        assertEquals(2, value("1 + 1"));
    }

    @Test
    void aForwardReferenceIsNotedAndResolvedLater() {
        assertEquals(
                List.of("forward cannot be used until these are declared: method later()"),
                run("int forward() { return later(); }").notes());
        assertTrue(failure("forward()").message().contains("method later()"));
        value("int later() { return 9; }");
        assertEquals(9, value("forward()"));
        assertEquals(
                List.of(),
                run("int one() { return two(); }\nint two() { return 2; }").notes());
    }

    @Test
    void oldResultsDoNotFillTheMemory() throws InterruptedException {
        var results = new ArrayList<WeakReference<Object>>();
        for (int i = 0; i < 200; i++) {
            results.add(new WeakReference<>(value("new byte[1 << 20]")));
        }
        long alive = aliveAfterCollecting(results);
        assertTrue(alive <= 12, alive + " of 200 results are alive, where ten are kept"); // and one or two in use
    }

    /** Collects for ten seconds at most: the JVM skips a collection while another thread is in a critical native call. */
    private static long aliveAfterCollecting(List<WeakReference<Object>> references) throws InterruptedException {
        long alive = references.size();
        for (int i = 0; i < 500 && alive > 12; i++) {
            System.gc();
            alive = references.stream().filter(each -> each.get() != null).count();
            Thread.sleep(20);
        }
        return alive;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int y = 3; | complete",
                "1 + 1 | complete",
                "'' | complete",
                "int f(int x) { | incomplete",
                "String s = (1 + | incomplete",
                "int a = ); | invalid",
                "class 3x {} | invalid",
                "int a = 1; int b = ); | invalid",
            })
    void completenessOf(String code, String expected) {
        assertEquals(expected, engine.completeness(code));
    }

    @Test
    void completionAnswersWhileACellRuns() throws Exception {
        var running = CompletableFuture.runAsync(() -> run("Thread.sleep(3000);"), CELLS);
        Thread.sleep(200);
        long start = System.nanoTime();
        Completer.Completion found = new Completer(engine).complete("System.out.pr", 13);
        assertTrue(System.nanoTime() - start < 2_500_000_000L, "completion waited for the cell");
        assertEquals(
                List.of("print", "printf", "println"),
                found.texts().stream().sorted().toList());
        assertEquals(11, found.start());
        engine.interrupt();
        running.get(5, TimeUnit.SECONDS);
    }

    private List<String> complete(String code) {
        return new Completer(engine).complete(code, code.length()).texts();
    }

    @Test
    void completionTakesCapitalsAndLettersInOrder() {
        assertTrue(complete("\"x\".tUC").contains("toUpperCase"));
        assertTrue(complete("\"x\".touppc").contains("toUpperCase"));
        assertEquals(List.of(), complete("\"x\".qqq"));
        assertTrue(complete("ArLi").contains("ArrayList"));
    }

    @Test
    void completionTellsKindsAndSignatures() {
        Completer.Match max =
                new Completer(engine).complete("Math.floorD", 11).matches().get(0);
        assertEquals("floorDiv", max.text());
        assertEquals("function", max.kind());
        assertTrue(
                max.signature().startsWith("(int x, int y)") || max.signature().startsWith("(int"), max.signature());
    }

    @Test
    void completionKnowsWhatAValueIsAtRunTime() {
        value("Object hidden = new ArrayList<>(List.of(1));");
        Completer.Completion found = new Completer(engine).complete("hidden.ensu", 11);
        assertEquals(List.of("((java.util.ArrayList) hidden).ensureCapacity"), found.texts());
        assertEquals(0, found.start());
        value(found.texts().get(0) + "(3)");
    }

    @Test
    void inspectionKnowsMethodsAndTypes() {
        var inspector = new Inspector(engine);
        assertTrue(inspector.inspect("Math.max", 8).get(0).signature().contains("max"));
        assertTrue(inspector.inspect("Math.max(1, ", 12).size() >= 4);
        assertEquals(
                List.of("String String.substring(int)"), // a JDK may lack the parameters' names
                inspector.inspect("\"word\".substring(2)", 18).stream()
                        .filter(Inspected::fits)
                        .map(each -> each.signature().replace(" beginIndex", ""))
                        .toList());
        assertFalse(inspector.inspect("String", 6).isEmpty());
        assertTrue(inspector.inspect("nosuchthing", 11).isEmpty());
    }

    @Test
    void statementsBeforeOneThatDoesNotCompileHaveRun() {
        run("int ran = 0;");
        failure("ran++; ran++; noSuchMethod(); ran++;");
        assertEquals(2, value("ran"));
    }

    @Test
    void aCellOfStatementsRunsEachOnceAndInOrder() {
        run("var trace = new StringBuilder();");
        assertEquals(
                "abbc",
                value("trace.append('a'); for (int i = 0; i < 2; i++) { trace.append('b'); } trace.append('c');\n"
                        + "trace.toString() // the value\n"));
        assertEquals("abbc", value("trace.toString()"));
    }

    @Test
    void aCallWithoutValueGivesNone() {
        run("void nothing() { }");
        assertFalse(run("nothing()").hasValue());
        assertFalse(run("1 + 1; nothing();").hasValue());
        assertTrue(run("nothing(); null").hasValue());
    }

    @Test
    void aGenericCallOfUnknownTypeHasItsValue() {
        run("<T> T any(Object o) { return (T) o; }");
        assertEquals("x", value("any(\"x\")"));
    }

    @Test
    void anErrorInTheLastExpressionNamesItsLine() {
        Outcome.Failure failure =
                failure("int base = 0;\nbase++;\nObjects.requireNonNull(\n    \"a\".substring(base + 1))");
        String text = plain(failure);
        assertTrue(text.contains("Cell In[" + cell + "], line 4"), text);
        assertFalse(text.contains("lambda") || text.contains("CellValue") || text.contains("line 3"), text);
    }

    @Test
    void anErrorAmongStatementsNamesItsLineOnce() {
        String text = plain(failure("System.getProperty(\"x\");\nString none = null;\nnone = null;\nnone.length();\n"));
        assertTrue(text.contains("Cell In[" + cell + "], line 4"), text);
        assertEquals(2, text.split("Cell In\\[", -1).length, text);
    }

    @Test
    void theTypeOfAnExpressionIsToldWhenAsked() {
        assertEquals("List<Integer>", engine.typeOf("List.of(1, 2)"));
        assertEquals("", engine.typeOf("noSuchName"));
    }

    @Test
    void resultsLeaveNoVariableBehind() {
        List<String> before = names();
        value("\"a result\"");
        assertEquals(before, names());
    }

    private List<String> names() {
        return engine.askShell(
                shell -> shell.variables().map(each -> each.name()).toList());
    }

    /** What the handler of uncaught exceptions shows of a thread that this code starts. */
    private String dying(String code) throws Exception {
        var caught = new CompletableFuture<Throwable>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> caught.complete(thrown));
        try {
            value(code);
            return plain(engine.describe(caught.get(10, TimeUnit.SECONDS)));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aThreadsExceptionNamesCellAndLine() throws Exception {
        value("int sink(int x) {\n    if (x == 0)\n        throw new IllegalStateException(\"deep\");\n"
                + "    return sink(x - 1);\n}\nclass Diver {\n    int depth;\n    void go() { sink(1); }\n}");
        int declared = cell;
        assertEquals(
                """
                java.lang.IllegalStateException: deep
                    at sink (Cell In[%1$d], line 3)
                       --> throw new IllegalStateException("deep");
                    at sink (Cell In[%1$d], line 4)
                       --> return sink(x - 1);
                    at Diver.go (Cell In[%1$d], line 8)
                       --> void go() { sink(1); }
                    at lambda (Cell In[%2$d], line 3)
                       --> new Diver().go();"""
                        .formatted(declared, declared + 1),
                dying("var diver = new Thread(() -> {\n    int a = 1;\n    new Diver().go();\n});\ndiver.start();"));
        assertEquals(
                """
                java.lang.RuntimeException: above
                    at run (Cell In[%1$d], line 4)
                       --> throw new RuntimeException("above", new Error("below"));
                Caused by: java.lang.Error: below
                    at run (Cell In[%1$d], line 4)
                       --> throw new RuntimeException("above", new Error("below"));"""
                        .formatted(cell + 1),
                dying("for (int i = 0; i < 1; i++) {\n    new Thread(new Runnable() {\n        public void run() {\n"
                        + "            throw new RuntimeException(\"above\", new Error(\"below\"));\n        }\n"
                        + "    }).start();\n}"));
    }
}
