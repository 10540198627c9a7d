package touchstone.course.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines with VARIANT and EXPECTED. */
class MarkedSourceTest {
    private static List<String> values(String line) {
        Domain domain = MarkedSource.of(line).lines().get(0).domain();
        var values = new ArrayList<String>();
        for (long i = 0; i < domain.size(); i++) {
            values.add(domain.value(i));
        }
        return values;
    }

    @Test
    void valuesAreThoseOfTheMark() {
        assertEquals(List.of("3", "4", "5"), values("int n = 4; // VARIANT 3..5"));
        assertEquals(List.of("-4", "-1", "2"), values("final long n = -1L; // VARIANT -4L..4L step 3"));
        assertEquals(
                List.of("0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"),
                values("  double rate = 0.5; // VARIANT 0.1..0.9 step 0.1"),
                "0.1 + 2 * 0.1 in decimals");
        assertEquals(List.of("3", "5", "7"), values("int n = 3; // VARIANT {3, 5, 7}"));
        assertEquals(
                List.of("a, \"b\" }", "c\n"), values("String s = \"c\\n\"; // VARIANT {\"a, \\\"b\\\" }\", \"c\\n\"}"));
        assertEquals(List.of("true", "false"), values("boolean up = true; // VARIANT {true, false}"));
        assertEquals(List.of("1.0E-5", "1.0"), values("double lr = 1; // VARIANT {1e-5, 1}"));
    }

    @Test
    void literalsGiveWayAndMarksGo() {
        String text = "int n = 4; // VARIANT 3..5\nprint(n);\n  double e = 0.75; // EXPECTED f(n)";
        MarkedSource source = MarkedSource.of(text);
        assertEquals(
                "int n = 5; // VARIANT 3..5\nprint(n);\n  double e = 0.75; // EXPECTED f(n)",
                source.with(false, line -> "5"));
        assertEquals("f(n)", source.lines().get(1).mark());
        assertEquals("int n = 4;\nprint(n);\n  double e = 0.75;", MarkedSource.withoutMarks(text));
        assertFalse(MarkedSource.bearsMarks("int VARIANT = 4; // a variant"));
        assertEquals("int n = 4; // VARIANTS\n", MarkedSource.withoutMarks("int n = 4; // VARIANTS\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "int n = k + 1; // VARIANT 1..5 | must be a literal of type int, was k + 1.",
                "n = 4; // VARIANT 1..5 | must be one declaration with a literal, such as int n = 40;, was \"n = 4;\".",
                "// VARIANT 1..5 | must be one declaration with a literal, such as int n = 40;, was \"\".",
                "float x = 4; // VARIANT 1..5 | must be of type int, long, double, boolean or String, was float.",
                "int n = 4; // VARIANT 5..1 | must be a range from low to high, was 5..1.",
                "int n = 4; // VARIANT 1..5 step 0 | must have a step above 0, was 0.",
                "int n = 4; // VARIANT 1..5 step -1 | must have a step above 0, was -1.",
                "int n = 9; // VARIANT 1..5 | must have its own number among its values, 1..5, was 9.",
                "int n = 2; // VARIANT 1..5 step 2 | must have its own number among its values, 1..5 step 2, was 2.",
                "int n = 4; // VARIANT {} | must be literals of type int in braces, was {}.",
                "int n = 4; // VARIANT {4, 4} | must name each value once, was [4, 4].",
                "int n = 4; // VARIANT {4, 5.5} | must be literals of type int in braces, was {4, 5.5}.",
                "int n = 4; // VARIANT | must be a range such as 3..9 or values of type int in braces, was \"\".",
                "boolean b = true; // VARIANT 0..1 | must be values of type boolean in braces, was \"0..1\".",
                "int n = 99999999999; // VARIANT 1..5 | must fit the type int, was 99999999999.",
                "double x = 0.5; // VARIANT 0..1 | must say the step of a range of doubles, such as 0.1..0.9 step 0.1, was 0..1.",
                "double x = 0; // VARIANT 0..1 step 1e-300 | must have at most 2^53 values, was 0..1.",
                "double x = f(); // EXPECTED f() | must be a literal of type double, was f().",
                "double x = 1; // EXPECTED | must name the expression that gives the value, was empty."
            })
    void whatIsWrongIsNamedWithItsLine(String line, String fault) {
        assertEquals(
                List.of("line 2 with VARIANT or EXPECTED " + fault),
                MarkedSource.of("int ok = 1;\n" + line).faults());
    }

    @Test
    void aNameIsDrawnOnceACell() {
        assertEquals(
                List.of("line 2 draws n a second time; give it another name."),
                MarkedSource.of("int n = 1; // VARIANT 1..2\nint n = 1; // VARIANT 1..3")
                        .faults());
    }
}
