package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import touchstone.notebook.Cell;
import touchstone.notebook.Notebook;

/** Submissions that try to carry hidden tests home, or to do something on the reader's machine. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class HostileFeedbackTest {
    private static final String HISTORY =
            "java.nio.file.Files.readString(java.nio.file.Path.of(System.getenv(\"TOUCHSTONE_HISTORY\")))";

    @TempDir
    private Path root = Path.of("");

    private CourseFolder course = new CourseFolder(root);

    @BeforeEach
    void copySource() throws Exception {
        course = new CourseFolder(root);
        Golden.copy("source/ps1/p1.ipynb", root);
    }

    /** Hands in the good submission with cells before the second and at the end. */
    private void handIn(String student, List<Cell> early, List<Cell> late) throws Exception {
        Notebook notebook = Golden.notebook("submitted/good/ps1/p1.ipynb");
        notebook.cells().addAll(1, early);
        notebook.cells().addAll(late);
        Path file = root.resolve("submitted/" + student + "/ps1/p1.ipynb");
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent(), "parent"));
        notebook.write(file);
    }

    private String page(String student) throws Exception {
        return Files.readString(root.resolve("feedback/" + student + "/ps1/p1.html"));
    }

    private static void assertNothingHidden(String page) {
        String text = page.replaceAll("<[^<>]*>", "").replaceAll("[\\s\\\\]+", "");
        for (String secret : List.of("hidden:bt", "HIDDENTESTS", "0.7310585786300049)>1e-9", "labelledaxis")) {
            assertFalse(text.contains(secret), page.replaceAll("(?s)<style>.*?</style>", "") + " holds " + secret);
        }
    }

    @Test
    void whatWasReadOfTheHiddenTestsIsWithheld() throws Exception {
        Cell thread = Cell.code(
                "thread",
                """
                String text = "";
                Thread reader = new Thread(() -> {
                    for (int i = 0; i < 100 && !text.contains("hidden" + ":"); i++) {
                        try { Thread.sleep(50); text = %s; } catch (Exception e) { }
                    }
                    System.out.println("found " + text.length());
                    System.out.println(text);
                });
                reader.start();"""
                        .formatted(HISTORY));
        handIn("thread", List.of(thread), List.of(Cell.code("join", "reader.join(8000);")));
        handIn(
                "later",
                List.of(),
                List.of(
                        Cell.code("told", "String found = " + HISTORY + ";\nfound.length() > 300"),
                        Cell.code("thrown", "throw new IllegalStateException(found);"),
                        Cell.code("error", "System.err.println(found);"),
                        Cell.code("letters", "for (char c : found.toCharArray()) System.out.println(c);"),
                        Cell.code(
                                "html",
                                "display(found.replace(\"<\", \"&lt;\").replace(\"i\", \"&#105;\"), \"text/html\");"),
                        Cell.code("kept", "System.out.println(\"my own words\");")));
        new Grader(course, "ps1", line -> {}).all(2, false);
        for (String student : List.of("thread", "later")) {
            String graded = Files.readString(root.resolve("autograded/" + student + "/ps1/p1.ipynb"));
            assertTrue(
                    graded.split("hidden: bt", -1).length > 2,
                    "the submission did get at the tests, so that there is something to withhold");
        }
        FeedbackPages.write(course, "ps1");
        assertNothingHidden(page("thread"));
        assertTrue(page("thread").contains(Withheld.TEXT), page("thread"));
        assertNothingHidden(page("later"));
        assertEquals(4, page("later").split(java.util.regex.Pattern.quote("(withheld"), -1).length - 1, "one a cell");
        assertTrue(page("later").contains("my own words"));
    }

    @Test
    void aPageCannotActInTheReadersBrowser() throws Exception {
        Path outside = root.resolve("secret.png");
        Files.write(outside, new byte[] {1, 2, 3});
        String html = "<table class=\\\"x\\\" onclick=\\\"a()\\\"><tr><td colspan=2>cell</td></tr></table>"
                + "<script>alert('one')</script><img src=x onerror=alert('two')><a href='javascript:alert(3)'>link</a>"
                + "<svg onload=alert('four')><circle r='3'/></svg><iframe src='https://example.org'></iframe>"
                + "<style>body { display: none }</style></main><form action='https://example.org'>";
        handIn(
                "acting",
                List.of(
                        Cell.markdown(
                                "text",
                                "hi <script>alert('five')</script> <img src=\"https://example.org/x.png\" onerror=\"alert(6)\">"
                                        + " [go](javascript:alert(7)) ![far](https://example.org/y.png) ![out]("
                                        + outside + ")"
                                        + " ![up](../../../secret.png)"),
                        Cell.code("show", "display(\"" + html + "\", \"text/html\");")),
                List.of());
        new Grader(course, "ps1", line -> {}).all(1, false);
        FeedbackPages.write(course, "ps1");
        String page = page("acting");
        String body = page.substring(page.indexOf("<body>"));
        for (String active : List.of("<script", "<iframe", "<form", "<style", "<svg", "javascript:alert", "AQID")) {
            String shown = body.replaceAll("(?s)<pre class=\"source\">.*?</pre>", "");
            assertFalse(shown.contains(active), active + " in " + shown);
        }
        assertFalse(body.matches("(?s).*<[^<>]*\\s(on\\w+|src=\"(?!data:|\")).*"), body);
        assertTrue(body.contains("<table><tr><td colspan=\"2\">cell</td></tr></table>"), body);
        assertTrue(body.contains("&lt;script&gt;alert('five')"), body);
        assertTrue(page.contains("script-src 'none'"), "and the browser is told to run nothing");
    }
}
