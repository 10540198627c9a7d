package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/kernel.md says what the code says. */
class KernelDocsTest {
    private static final Path KERNEL = Files.isDirectory(Path.of("main/java")) ? Path.of("") : Path.of("kernel");
    private static final Path ROOT = KERNEL.toAbsolutePath().getParent();

    @TempDir
    Path folder;

    private static List<String> rows(String start) throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("docs/kernel.md"))) {
            return lines.filter(line -> line.startsWith(start)).toList();
        }
    }

    private static java.util.Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMagicHasItsRow() throws Exception {
        String code = "var known = getKernelInstance().magics();\n"
                + "void row(String name, touchstone.kernel.magic.Magics.Description about) {\n"
                + "    String usage = (name + \" \" + about.usage()).strip().replace(\"|\", \"\\\\|\");\n"
                + "    System.out.println(\"| `\" + usage + \"` | \" + about.summary() + \" |\");\n"
                + "}\n"
                + "known.lineNames().forEach(each -> row(\"%\" + each, known.ofLine(each).get()));\n"
                + "known.cellNames().forEach(each -> row(\"%%\" + each, known.ofCell(each).get()));";
        try (var kernel = new WireClient(folder, Map.of())) {
            String registered = kernel.execute(code).stream("stdout");
            assertEquals(registered, String.join("\n", rows("| `%")) + "\n");
        }
    }

    @Test
    void everyFunctionHasItsRow() throws Exception {
        TreeSet<String> functions = Arrays.stream(UserFunctions.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        String table = String.join("\n", rows("| `"));
        java.util.Set<String> documented = all(Pattern.compile("(?m)(?<=^\\| `)\\w+(?=\\()"), table);
        assertEquals(functions, documented);
    }

    @Test
    void everyVariableHasItsRow() throws Exception {
        Pattern name = Pattern.compile("(IJAVA|TOUCHSTONE)_[A-Z][A-Z_]*[A-Z]");
        var used = all(name, Files.readString(KERNEL.resolve("main/dist/bin/touchstone-kernel")));
        for (String code : List.of("kernel/main/java/touchstone/kernel", "src/main/java/touchstone/nn/cuda")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(code))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    used.addAll(all(name, Files.readString(source)));
                }
            }
        }
        assertTrue(used.contains("TOUCHSTONE_HISTORY"), used.toString());
        assertEquals(used, all(name, String.join("\n", rows("| `IJAVA")) + String.join("\n", rows("| `TOUCH"))));
    }
}
