package touchstone.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicParserTest {
    @Test
    void aLineMagicBecomesACallOnTheSameLine() {
        assertEquals(
                "int x = 1;\nlineMagic(\"maven\", java.util.List.of(\"a:b:1\", \"c d\"));\nx",
                MagicParser.expandLineMagics("int x = 1;\n%maven a:b:1 \"c d\"\nx"));
        assertEquals(
                "List<String> added = lineMagic(\"jars\", java.util.List.of(\"lib/*.jar\"));",
                MagicParser.expandLineMagics("List<String> added = %jars lib/*.jar;"));
        assertEquals("  lineMagic(\"lsmagic\", java.util.List.of());", MagicParser.expandLineMagics("  %lsmagic"));
    }

    @Test
    void argumentsAreEscapedAsJavaTexts() {
        assertEquals(
                "lineMagic(\"load\", java.util.List.of(\"C:\\\\x\\\\y\"));",
                MagicParser.expandLineMagics("%load C:\\x\\y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int a = 7\n  % b;",
                "a % b",
                "x %= 3;",
                "// %maven a:b:1",
                "/*\n%maven a:b:1\n*/",
                "String s = \"\n%d\";",
                "String s = \"\"\"\n%maven x\n\"\"\";",
                "System.out.printf(\"%d\", 3);",
                "char c = '%';",
                "foo(1,\n%x)",
            })
    void whatIsNoMagicStays(String code) {
        assertEquals(code, MagicParser.expandLineMagics(code));
    }

    @Test
    void aCellMagicTakesTheRestOfTheCellAsItStands() {
        MagicParser.CellCall call = MagicParser.cellMagic("\n%%writefile 'my file.txt' -a\n  %x \"\n\n")
                .orElseThrow();
        assertEquals("writefile", call.name());
        assertEquals(List.of("my file.txt", "-a"), call.args());
        assertEquals("  %x \"\n\n", call.body());
        assertTrue(MagicParser.cellMagic("int x;\n%%html").isEmpty());
    }

    @Test
    void expansionKeepsTheNumberOfLines() {
        String code = "%a\n\n/* %b\n*/ int x;\n%c d e\n";
        assertEquals(
                code.lines().count(), MagicParser.expandLineMagics(code).lines().count());
    }
}
