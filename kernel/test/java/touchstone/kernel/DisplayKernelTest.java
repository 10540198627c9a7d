package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import touchstone.kernel.WireClient.Answer;
import touchstone.kernel.protocol.Message;

/** What a real kernel shows: the display functions, progress bars, and output beyond the limit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisplayKernelTest {
    @TempDir
    static Path folder;

    private WireClient kernel;

    @BeforeAll
    void start() throws Exception {
        kernel = new WireClient(
                folder,
                Map.of(
                        "TOUCHSTONE_OUTPUT_LIMIT",
                        "8",
                        "TOUCHSTONE_OUTPUT_DIR",
                        folder.resolve("out").toString()));
        kernel.execute("1"); // an interrupt reaches a cell once the engine is up
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    private static List<JsonObject> shown(Answer answer) {
        return answer.published().stream()
                .filter(each -> each.type().endsWith("display_data"))
                .map(each -> each.content().getAsJsonObject("data"))
                .toList();
    }

    private JsonObject data(String code) {
        Answer answer = kernel.execute(code);
        assertEquals("ok", answer.status(), answer.content().toString());
        assertEquals("", answer.result(), "the id is not shown");
        assertEquals(1, shown(answer).size());
        assertTrue(shown(answer).get(0).has("text/plain"));
        return shown(answer).get(0);
    }

    @Test
    void eachFunctionShowsItsFormat() throws Exception {
        assertEquals("<b>x</b>", data("html(\"<b>x</b>\")").get("text/html").getAsString());
        assertEquals("# x", data("markdown(\"# x\")").get("text/markdown").getAsString());
        assertEquals(
                "$\\displaystyle x^2$", data("latex(\"x^2\")").get("text/latex").getAsString());
        assertEquals("a $b$", data("latex(\"a $b$\")").get("text/latex").getAsString());
        assertEquals(
                "{\"a\":[1,2]}",
                data("json(Map.of(\"a\", List.of(1, 2)))")
                        .get("application/json")
                        .toString());
        assertEquals(
                "{\n  \"a\": null\n}",
                data("json(\"{\\\"a\\\":null}\")").get("text/plain").getAsString());
        assertEquals(
                "1;", data("javascript(\"1;\")").get("application/javascript").getAsString());
        String svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
        assertEquals(svg, data("svg(\"" + svg + "\")").get("image/svg+xml").getAsString());
        Path file = Files.writeString(folder.resolve("picture"), svg);
        assertEquals(
                svg,
                data("image(Path.of(\"" + file + "\"))").get("image/svg+xml").getAsString());
        String id = kernel.execute("String shownAs = html(\"1\");\nupdateDisplay(shownAs, \"2\");")
                .status();
        assertEquals("ok", id);
    }

    @Test
    void picturesArePngAndWrongDataIsNamed() throws Exception {
        Answer answer = kernel.execute("import java.awt.image.BufferedImage;\n"
                + "var picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);\npicture");
        Message result = answer.published().stream()
                .filter(each -> each.type().equals("execute_result"))
                .findFirst()
                .orElseThrow();
        JsonObject data = result.content().getAsJsonObject("data");
        assertEquals("image, 3 x 2", data.get("text/plain").getAsString());
        byte[] png = Base64.getDecoder().decode(data.get("image/png").getAsString());
        Path file = Files.write(folder.resolve("p.png"), png);
        assertEquals(
                "PNG image, 3 x 2",
                data("png(Path.of(\"" + file + "\"))").get("text/plain").getAsString());
        assertEquals(
                "PNG image, 3 x 2",
                data("image(Path.of(\"" + file + "\"))").get("text/plain").getAsString());
        assertEquals(
                "jpeg must be JPEG data, but these 2 bytes begin with 01 02",
                kernel.execute("jpeg(new byte[] {1, 2})")
                        .content()
                        .get("evalue")
                        .getAsString());
        assertEquals(
                "error", kernel.execute("json(\"{\")").content().get("status").getAsString());
    }

    @Test
    void longValuesAreElided() {
        assertEquals(
                "[[1, 2],\n [3, 4]]",
                kernel.execute("new int[][] {{1, 2}, {3, 4}}").result());
        assertTrue(kernel.execute("IntStream.range(0, 5000).boxed().toList()")
                .result()
                .endsWith("4999] (5000 items)"));
        assertTrue(kernel.execute("Path.of(\"a/b\")").result().equals("a/b"));
    }

    @Test
    void progressUpdatesOneDisplayInPlace() {
        Answer answer = kernel.execute("for (int i : Progress.range(40)) {\n"
                + "for (var s : Progress.over(List.of(1, 2, 3), \"inner\")) Thread.sleep(5);\n}");
        assertEquals("ok", answer.status(), answer.content().toString());
        assertEquals(1, answer.types().stream().filter("display_data"::equals).count());
        // 600 ms at the least, at most ten updates a second and the first and last beside them
        long updates =
                answer.types().stream().filter("update_display_data"::equals).count();
        assertTrue(updates >= 3 && updates < 40, updates + " updates");
        List<JsonObject> shown = shown(answer);
        String last = shown.get(shown.size() - 1).get("text/plain").getAsString();
        assertTrue(last.startsWith("100 % |") && last.contains(" 40/40,") && !last.contains("inner"), last);
        assertTrue(shown.get(shown.size() - 1).get("text/html").getAsString().contains("<progress value=\"1.0\""));
        assertTrue(shown.stream()
                .anyMatch(each -> each.get("text/plain").getAsString().contains("inner ")));
        var ids = answer.published().stream()
                .filter(each -> each.type().endsWith("display_data"))
                .map(each -> each.content().getAsJsonObject("transient").get("display_id"))
                .distinct()
                .toList();
        assertEquals(1, ids.size());
    }

    @Test
    void anInterruptedLoopShowsWhereItStopped() throws Exception {
        kernel.execute("for (int i : Progress.range(2)) Thread.sleep(1);"); // so that the next one is under way soon
        String id = kernel.submit("for (int i : Progress.range(1000)) Thread.sleep(50);");
        Thread.sleep(2000);
        kernel.requestOnControl("interrupt_request", new JsonObject());
        Answer answer = kernel.await(id, "execute_reply", 10_000);
        assertEquals("error", answer.status());
        List<JsonObject> shown = shown(answer);
        assertTrue(
                shown.get(shown.size() - 1).get("text/plain").getAsString().contains("| stopped at "),
                shown.get(shown.size() - 1).toString());
        assertEquals("error", answer.types().get(answer.types().size() - 2), "the bar is final before the error");
        assertEquals("2", kernel.execute("1 + 1").result());
    }

    @Test
    void aThreadThatIsInterruptedWhileItShowsSilencesNothing() {
        Answer answer = kernel.execute("for (int i = 0; i < 20; i++) {\n"
                + "Thread.currentThread().interrupt();\nhtml(\"\" + i);\nSystem.out.println(i);\n}\n"
                + "Thread.interrupted();");
        assertEquals("ok", answer.status(), answer.content().toString());
        assertEquals(20, shown(answer).size());
        assertTrue(answer.stream("stdout").endsWith("19\n"), answer.stream("stdout"));
        assertEquals("2", kernel.execute("1 + 1").result());
    }

    @Test
    void outputBeyondTheLimitGoesToAFile() throws Exception {
        Answer answer = kernel.execute("for (int i = 0; i < 10_000; i++) System.out.println(i);\n7");
        assertEquals("7", answer.result());
        String text = answer.stream("stdout");
        assertTrue(text.contains("[the output of this cell is cut here, after 8 KiB; all of it is in "), text);
        Path file = Path.of(text.substring(text.lastIndexOf(" in ") + 4, text.lastIndexOf("]")));
        assertEquals(folder.resolve("out"), file.getParent());
        assertEquals(10_000, Files.readAllLines(file).size());
        assertEquals("9999", Files.readAllLines(file).get(9_999));
        assertEquals("fine\n", kernel.execute("System.out.println(\"fine\");").stream("stdout"));
    }

    @Test
    void aStreamThatWasPrintedToIsNoResult() {
        var answer = kernel.execute("System.out.printf(\"%d%n\", 3);");
        assertEquals("", answer.result());
        assertTrue(answer.stream("stdout").contains("3"), "what it printed is there");
    }

    @Test
    void aDaemonThatPrintsForEverStaysCapped() {
        Answer answer = kernel.execute("volatile boolean goOn = true;\n"
                + "var printer = new Thread(() -> { while (goOn) System.out.println(\"on and on\"); });\n"
                + "printer.setDaemon(true); printer.start(); Thread.sleep(300);");
        assertEquals("ok", answer.status(), answer.content().toString());
        Answer next = kernel.execute("goOn = false;\nprinter.join();\nSystem.out.println(\"next\");");
        assertEquals("next\n", next.stream("stdout"));
        long characters = kernel.drain(300).stream()
                .filter(each -> each.type().equals("stream"))
                .mapToLong(each -> each.content().get("text").getAsString().length())
                .sum();
        assertTrue(answer.stream("stdout").length() + characters < 9_000, "more than the limit and the note");
        assertFalse(kernel.execute("1").types().contains("stream"));
    }
}
