package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultImportsTest {
    private static java.util.Set<String> publicTypes(String name) throws Exception {
        String module = name.equals("java.util.prefs") ? "java.prefs" : "java.base";
        Path folder = FileSystems.getFileSystem(URI.create("jrt:/"))
                .getPath("/modules/" + module + "/" + name.replace('.', '/'));
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String type = String.valueOf(file.getFileName()).replaceFirst("\\.class$", "");
                if (String.valueOf(file).endsWith(".class")
                        && type.matches("\\w+")
                        && Modifier.isPublic(
                                Class.forName(name + "." + type, false, null).getModifiers())) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    @Test
    void theNamesAreThoseOfTheJdk() throws Exception {
        for (var each : DefaultImports.LATE.entrySet()) {
            if (each.getKey().startsWith("touchstone.")) {
                continue;
            }
            assertEquals(publicTypes(each.getKey()), new TreeSet<>(each.getValue()), each.getKey());
        }
    }

    @Test
    void aPackageIsImportedOnceWhenFirstNamed() {
        var imports = new DefaultImports();
        assertEquals("", imports.neededBy("int x = 3; foo.Pattern(); String aPattern;"));
        assertEquals("import java.math.*;\n", imports.neededBy("new BigDecimal(1).add(BigDecimal.ONE)"));
        assertEquals("", imports.neededBy("BigInteger.TWO"));
        assertEquals("import touchstone.kernel.*;\n", imports.neededBy("for (int i : Progress.range(3)) {}"));
        String two = imports.neededBy("Pattern p; URI u;");
        assertTrue(two.contains("import java.util.regex.*;\n") && two.contains("import java.net.*;\n"), two);
    }
}
