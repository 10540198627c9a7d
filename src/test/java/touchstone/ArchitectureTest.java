package touchstone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import touchstone.ood.Detector;
import touchstone.ood.Detectors;
import touchstone.util.Reference;

/** The house rules that a machine can check. */
class ArchitectureTest {
    /** A package uses only packages of lower levels, never one of its own; a new package gets a line here. */
    private static final Map<String, Integer> LEVEL = Map.ofEntries(
            Map.entry("extension", 5),
            Map.entry("claims", 4),
            Map.entry("ood", 3),
            Map.entry("rlhf", 3),
            Map.entry("continual", 3),
            Map.entry("guard", 3),
            Map.entry("unlearn", 3),
            Map.entry("viz", 3),
            Map.entry("nn", 2),
            Map.entry("metrics", 1),
            Map.entry("stats", 1),
            Map.entry("data", 1),
            Map.entry("util", 0));

    private static final String ROOT = "touchstone.";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(LEVEL.keySet().stream().map(p -> ROOT + p).toArray(String[]::new));

    private static String room(String packageName) {
        return packageName.startsWith(ROOT)
                ? packageName.substring(ROOT.length()).split("\\.", 2)[0]
                : "";
    }

    @Test
    void everyPackageHasALevelAndIsNullMarked() throws IOException {
        Path root = Path.of(System.getProperty("touchstone.root", ".."), "src/main/java/touchstone");
        try (Stream<Path> folders = Files.list(root)) {
            Set<String> found = folders.map(p -> p.getFileName().toString()).collect(Collectors.toSet());
            assertEquals(new TreeSet<>(LEVEL.keySet()), new TreeSet<>(found));
        }
        for (JavaClass c : LIBRARY) {
            assertTrue(c.getPackage().isAnnotatedWith(NullMarked.class), c.getName());
        }
    }

    @Test
    void packagesUseLowerLevelsOnly() {
        var broken = new TreeSet<String>();
        for (JavaClass c : LIBRARY) {
            String from = room(c.getPackageName());
            for (var dependency : c.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = room(target.getPackageName());
                boolean kernel = to.equals("kernel");
                if (kernel && !from.equals("extension")) {
                    broken.add(from + " uses the kernel: " + dependency.getDescription());
                } else if (!to.isEmpty() && !kernel && !to.equals(from) && level(to) >= level(from)) {
                    broken.add(from + " uses " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    private static int level(String room) {
        Integer level = LEVEL.get(room);
        assertTrue(level != null, "no level for package " + room);
        return level == null ? -1 : level;
    }

    @Test
    void numbersNeedNoNativeCode() {
        noClasses()
                .that()
                .resideInAnyPackage("touchstone.metrics..", "touchstone.stats..", "touchstone.util..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
                .check(LIBRARY);
    }

    @Test
    void randomnessIsAnArgumentAndNothingIsPrinted() {
        noClasses().should().callMethod(Math.class, "random").check(LIBRARY);
        noClasses().should().callConstructor(java.util.Random.class).check(LIBRARY);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.concurrent.ThreadLocalRandom.class)
                .check(LIBRARY);
        noClasses().should().accessField(System.class, "out").check(LIBRARY);
        noClasses().should().accessField(System.class, "err").check(LIBRARY);
    }

    @Test
    void everyReferenceIsInTheBibliography() throws IOException {
        String bib = Files.readString(Path.of(System.getProperty("touchstone.root", ".."), "docs/references.bib"));
        var missing = new TreeSet<String>();
        var used = new TreeSet<String>();
        for (JavaClass c : LIBRARY) {
            Class<?> type = c.reflect();
            Stream<AnnotatedElement> marked = Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredMethods()));
            marked.filter(e -> e.isAnnotationPresent(Reference.class))
                    .flatMap(e -> Arrays.stream(e.getAnnotation(Reference.class).value()))
                    .forEach(used::add);
        }
        for (String key : used) {
            if (!bib.contains("{" + key + ",")) {
                missing.add(key);
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(used.size() > 15, used.toString());
    }

    @Test
    void everyDetectorIsListedAndNamesItsPaper() {
        Set<String> listed =
                Detectors.ALL.stream().map(d -> d.getClass().getName()).collect(Collectors.toSet());
        for (JavaClass c : LIBRARY) {
            if (c.isAssignableTo(Detector.class)
                    && !c.isInterface()
                    && Modifier.isPublic(c.reflect().getModifiers())) {
                assertTrue(listed.contains(c.getName()), c.getName() + " is not in Detectors.ALL");
                assertTrue(c.isAnnotatedWith(Reference.class), c.getName() + " has no @Reference");
            }
        }
    }
}
