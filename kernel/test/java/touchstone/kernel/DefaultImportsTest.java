package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultImportsTest {
    @Test
    void aPackageIsImportedOnceWhenFirstNamed() {
        var imports = new DefaultImports();
        assertEquals("", imports.neededBy("int x = 3; foo.Pattern(); String aPattern; System.out.println(x)"));
        assertEquals("import java.math.*;\n", imports.neededBy("new BigDecimal(1).add(BigDecimal.ONE)"));
        assertEquals("", imports.neededBy("BigInteger.TWO"));
        assertEquals("import touchstone.kernel.*;\n", imports.neededBy("for (int i : Progress.range(3)) {}"));
        String two = imports.neededBy("Pattern p; URI u;");
        assertTrue(two.contains("import java.util.regex.*;\n") && two.contains("import java.net.*;\n"), two);
    }

    @Test
    void everyPackageHoldsTheTypeItIsKnownFor() {
        Map<String, String> types = Map.of(
                "java.io", "File",
                "java.nio.file", "Path",
                "java.util", "List",
                "java.util.concurrent", "Callable",
                "java.util.function", "Function",
                "java.util.stream", "Collectors",
                "java.math", "BigInteger",
                "java.net", "URL",
                "java.util.prefs", "Preferences",
                "java.util.regex", "Matcher");
        types.forEach((from, type) ->
                assertEquals("import " + from + ".*;\n", new DefaultImports().neededBy("x(" + type + ".class)")));
    }

    @Test
    void functionsAreImportedTogetherWhenOneIsNamed() {
        var imports = new DefaultImports();
        String functions = "import static touchstone.kernel.UserFunctions.*;\n";
        assertEquals("", imports.neededBy("chart.display(1)"));
        assertEquals(functions, imports.neededBy("display(1)"));
        assertEquals("", imports.neededBy("render(1)"));
    }

    @Test
    void completionNeedsTheCommonOnesThatAreNotThereYet() {
        var imports = new DefaultImports();
        imports.neededBy("List.of()");
        String rest = imports.common();
        assertTrue(rest.contains("import java.io.*;\n") && !rest.contains("java.util.*;"), rest);
        assertEquals("", imports.common());
    }
}
