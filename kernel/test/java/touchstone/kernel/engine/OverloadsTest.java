package touchstone.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.kernel.javadoc.Signature;

class OverloadsTest {
    private static List<Boolean> fitting(List<String> signatures, String... arguments) {
        Map<String, String> types = Map.of("1", "int", "2.0", "double", "x", "java.lang.String", "o", "Object");
        return Overloads.fitting(
                signatures.stream().map(Signature::parse).toList(),
                List.of(arguments),
                each -> types.getOrDefault(each, ""));
    }

    @Test
    void theNumberOfArgumentsDecidesFirst() {
        var signatures = List.of("void A.f()", "void A.f(int a)", "void A.f(int a, Object b)", "void A.f(int... all)");
        assertEquals(List.of(true, false, false, false), fitting(signatures));
        assertEquals(List.of(false, true, false, false), fitting(signatures, "1"));
        assertEquals(List.of(false, false, true, false), fitting(signatures, "1", "o"));
        assertEquals(List.of(false, false, false, true), fitting(signatures, "1", "1", "1"));
    }

    @Test
    void thenTheTypesAsFarAsTheyAreKnown() {
        var max = List.of("int M.max(int a, int b)", "long M.max(long a, long b)", "double M.max(double a, double b)");
        assertEquals(List.of(true, false, false), fitting(max, "1", "1"));
        assertEquals(List.of(false, false, true), fitting(max, "1", "2.0"));
        assertEquals(List.of(true, true, true), fitting(max, "unknown", "unknown"));
        assertEquals(List.of(true, true, true), fitting(max, "1"), "none fits: all are shown");
        assertEquals(List.of(false, true), fitting(List.of("void P.print(char c)", "void P.print(String s)"), "x"));
    }

    @Test
    void argumentsAreFoundByBracketsAndQuotes() {
        assertEquals(
                new CallArguments.Found(true, List.of("a(1, 2)", "\"),\\\"\"", "new int[] {3, 4}")),
                CallArguments.after("f (a(1, 2), \"),\\\"\", new int[] {3, 4}) + (", 1));
        assertEquals(new CallArguments.Found(true, List.of()), CallArguments.after("f()", 1));
        assertEquals(
                new CallArguments.Found(true, List.of("g(1)", "2")), CallArguments.around("x.f(g(1), 2)", 11, "f"));
        assertEquals(CallArguments.Found.NONE, CallArguments.around("x.f(g(1), 2)", 6, "f"), "g is nearer");
        assertEquals(CallArguments.Found.NONE, CallArguments.after("f(1, ", 1));
        assertEquals(CallArguments.Found.NONE, CallArguments.after("f + (1)", 1));
    }
}
