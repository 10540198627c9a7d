package touchstone.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import touchstone.dist.Shell.Ended;

/**
 * The course that ships can be handed out: its solutions earn all points, the untouched release none, wrong solutions cost their own tests
 * and no others, and what students get holds nothing that was to be hidden.
 */
class CourseIT {
    private static final Path ROOT = Path.of(System.getProperty("touchstone.root"));
    private static final Path TOUCHSTONE = Path.of(System.getProperty("touchstone.dist"), "bin", "touchstone");
    private static final Path SHIPPED = ROOT.resolve("notebooks/course");

    @TempDir
    Path course = Path.of("");

    @ParameterizedTest
    @CsvSource({"ps1, 21", "ps2, 28", "ps3, 24"})
    void gradesAsItShould(String name, double points) throws Exception {
        var source = Assignment.read(copied(name));
        Map<String, Map<String, Double>> expected = new TreeMap<>();
        assertStep("validate", name, "--no-run"); // grading the solutions runs them
        assertStep("release", name, "--no-run");
        var release = Assignment.read(course.resolve(file("release", name)));

        var all = source.tests();
        var none = new TreeMap<>(all);
        none.replaceAll((test, most) -> 0.0);
        submit("reference", name, release.with(source.solutions()));
        expected.put("reference", all);
        submit("untouched", name, release.with(Map.of()));
        expected.put("untouched", none);
        for (WrongSolution each : wrong(name)) {
            String student = "wrong-" + each.group();
            assertTrue(all.get(each.test()) > each.points(), each + " must cost points");
            expected.computeIfAbsent(student, s -> new TreeMap<>(all)).put(each.test(), each.points());
        }
        for (String student : expected.keySet()) {
            if (student.startsWith("wrong-")) {
                submit(student, name, release.with(answers(student, name, source)));
            }
        }
        assertStep("grade", name, "--jobs", "2");
        assertStep("feedback", name);

        assertEquals(points, all.values().stream().mapToDouble(p -> p).sum());
        for (String student : expected.keySet()) {
            assertEquals(expected.get(student), scores(student, name, all), student);
        }
        assertNothingShows(source, name, release, expected.size());
    }

    private static List<WrongSolution> wrong(String name) {
        return WrongSolution.of(ROOT.resolve("src/test/resources/course/" + name + "-wrong.txt"));
    }

    /** The solutions with those of a group in place of the right ones. */
    private static Map<String, String> answers(String student, String name, Assignment source) {
        Map<String, String> answers = source.solutions();
        for (WrongSolution each : wrong(name)) {
            if (student.equals("wrong-" + each.group())) {
                assertTrue(answers.containsKey(each.cell()), "no solution " + each.cell());
                answers.put(each.cell(), each.code());
            }
        }
        return answers;
    }

    private static Path file(String step, String name) {
        return Path.of(step, name, name + ".ipynb");
    }

    /** The settings and an assignment's source, in a course of their own. */
    private Path copied(String name) throws IOException {
        Path to = course.resolve(file("source", name));
        Files.createDirectories(course.resolve("source").resolve(name));
        Files.copy(SHIPPED.resolve("course.properties"), course.resolve("course.properties"));
        return Files.copy(SHIPPED.resolve(file("source", name)), to);
    }

    private void submit(String student, String name, String notebook) throws IOException {
        Path folder = Files.createDirectories(
                course.resolve("submitted").resolve(student).resolve(name));
        Files.writeString(folder.resolve(name + ".ipynb"), notebook);
    }

    private void assertStep(String step, String name, String... options) throws Exception {
        var command =
                new ArrayList<>(List.of(TOUCHSTONE.toString(), "course", step, name, "--course", course.toString()));
        command.addAll(List.of(options));
        Ended ended = Shell.run(course, Shell.environment(), 300, command);
        assertEquals(0, ended.exitCode(), ended.err() + ended.out());
    }

    /** What a submission earned in the cells that are graded by running them. */
    private Map<String, Double> scores(String student, String name, Map<String, Double> tests) throws IOException {
        Path file = course.resolve("autograded").resolve(student).resolve(name).resolve("scores.json");
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals("[]", json.get("notes").toString(), student);
        var scores = new TreeMap<String, Double>();
        for (JsonElement each : json.getAsJsonArray("cells")) {
            JsonObject cell = each.getAsJsonObject();
            String id = cell.get("grade_id").getAsString();
            if (tests.containsKey(id)) {
                scores.put(id, Math.round(1000 * cell.get("points").getAsDouble()) / 1000.0);
            }
        }
        return scores;
    }

    private void assertNothingShows(Assignment source, String name, Assignment release, int students)
            throws IOException {
        List<String> hidden = source.hiddenLines();
        assertTrue(hidden.size() > 20, "the hidden tests of " + name + " have " + hidden.size() + " lines");
        assertLacks(release.text(), hidden, "the release");
        assertLacks(release.text(), source.solutionLines(), "the release");
        List<Path> pages;
        try (Stream<Path> files = Files.walk(course.resolve("feedback"))) {
            pages = files.filter(each -> each.toString().endsWith(".html")).toList();
        }
        assertEquals(students, pages.size());
        for (Path page : pages) {
            String text = Files.readString(page).replaceAll("<[^>]*>", "");
            assertLacks(unescaped(text), hidden, page.toString());
        }
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static void assertLacks(String text, List<String> lines, String where) {
        assertTrue(text.length() > 1000, where + " has little text");
        lines.forEach(line -> assertFalse(text.contains(line), where + " holds " + line));
    }
}
