package touchstone.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlExportTest {
    @TempDir
    Path folder = Path.of("");

    private static String markdown(String source) {
        return new MarkdownHtml(Path.of("nowhere")).html(source).strip();
    }

    private static String math(String source) {
        var math = new MathText(source);
        return math.marked().replaceAll("\uE000\\d+\uE001", "#");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "an $x_i$ here | an # here",
                "$$a_1 * b_2$$ | #",
                "it costs $5 and $6 | it costs $5 and $6",
                "between 5$ and 6$ | between 5$ and 6$",
                "\\$x\\$ | \\$x\\$",
                "`$x$` and ``a ` $y$`` | `$x$` and ``a ` $y$``",
                "\\(a\\) \\\\(b\\\\) \\[c\\] | # # #",
                "\\begin{align} a &= b \\\\ c \\end{align} | #",
                "$\\text{a \\$ b}$ | #",
            })
    void formulasAreToldFromMoneyAndCode(String source, String marked) {
        assertEquals(marked, math(source));
    }

    @Test
    void fencesKeepTheirDollars() {
        assertEquals("```sh\necho $A $B\n```\n#", math("```sh\necho $A $B\n```\n$x$"));
        assertEquals("a $x\n\ny$ b", math("a $x\n\ny$ b"));
    }

    @Test
    void formulasSurviveMarkdownAndStayReadable() {
        assertEquals(
                "<p><span class=\"math\" data-tex=\"a_b * c_d &lt; e\">$a_b * c_d &lt; e$</span></p>",
                markdown("$a_b * c_d < e$"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x <script>alert(1)</script> | &lt;script&gt;alert(1)&lt;/script&gt;",
                "<img src=x onerror=alert(1)> | &lt;img src=x onerror=alert(1)&gt;",
                "<b onclick=\"x()\">t</b> | &lt;b onclick=&quot;x()&quot;&gt;t&lt;/b&gt;",
                "<sub>t</sub> a</div> | <sub>t</sub> a&lt;/div&gt;",
                "<details open><summary>S</summary> | <details open><summary>S</summary>",
                "[a](javascript:alert(1)) | <a rel=\"nofollow\" href=\"\">a</a>",
                "![a](https://example.org/a.png) | <a rel=\"nofollow\" href=\"https://example.org/a.png\">a</a>",
                "a &nbsp; b<!-- hidden --> | a \u00a0 b</p>",
            })
    void rawHtmlIsSafe(String source, String html) {
        assertTrue(markdown(source).contains(html), markdown(source));
    }

    @Test
    void aFoldedSolutionFoldsAroundMarkdown() {
        assertEquals(
                "<details><summary>Solution</summary>\n<pre class=\"source\"><code><span class=\"tk\">int</span> x;\n"
                        + "</code></pre>\n</details>",
                markdown("<details><summary>Solution</summary>\n\n```java\nint x;\n```\n\n</details>"));
        assertTrue(markdown("<details><summary>never closed").endsWith("</summary></details>"));
    }

    @Test
    void imagesComeIntoThePage() throws Exception {
        Files.writeString(folder.resolve("p.png"), "ABC");
        var here = new MarkdownHtml(folder);
        assertTrue(here.html("![a](p.png)").contains("src=\"data:image/png;base64,QUJD\""), here.html("![a](p.png)"));
        JsonObject attached =
                JsonParser.parseString("{\"q.png\": {\"image/png\": \"QUJE\"}}").getAsJsonObject();
        assertTrue(here.html("![a](attachment:q.png)", attached).contains("src=\"data:image/png;base64,QUJE\""));
    }

    @Test
    void javaIsColoured() {
        assertEquals(
                "<span class=\"ta\">@Deprecated</span> <span class=\"tk\">int</span> x1 = <span class=\"tn\">0x1F</span>;"
                        + " <span class=\"tc\">// &lt;b&gt; &quot;</span>",
                JavaHighlighter.html("@Deprecated int x1 = 0x1F; // <b> \""));
        assertEquals("<span class=\"ts\">&quot;a\\&quot;//b&quot;</span>", JavaHighlighter.html("\"a\\\"//b\""));
        assertEquals(
                "<span class=\"ts\">&quot;&quot;&quot;\n a &quot;q&quot; &quot;&quot;&quot;</span>;",
                JavaHighlighter.html("\"\"\"\n a \"q\" \"\"\";"));
        assertEquals("<span class=\"tm\">%maven a:b:1</span>\na % b", JavaHighlighter.html("%maven a:b:1\na % b"));
    }

    @Test
    void aVeryLongLiteralDoesNotOverflow() {
        String text = "\"" + "x".repeat(200_000) + "\"";
        assertEquals(Html.span("ts", Html.escape(text)), JavaHighlighter.html(text));
        assertTrue(math("$" + "x".repeat(200_000) + "$").length() < 200_003);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "~[31mred~[0m plain | <span class=\"a1\">red</span> plain",
                "~[1;32mg~[22mh~[39mi | <span class=\"ab a2\">g</span><span class=\"a2\">h</span>i",
                "~[38;5;196mx~[m | <span style=\"color:#ff0000;\">x</span>",
                "~[38;2;1;2;3mx | <span style=\"color:#010203;\">x</span>",
                "a<b~[2K | a&lt;b",
            })
    void ansiColoursBecomeSpans(String text, String html) {
        assertEquals(html, AnsiHtml.html(text.replace('~', '\u001b')));
    }

    @Test
    void aCarriageReturnWritesTheLineAnew() {
        assertEquals("100 %\ndone\n", AnsiHtml.html("10 %\r50 %\r100 %\ndone\r\n"));
    }

    private static Cell cell(String source, String output, String... tags) {
        Cell cell = Cell.code("x", source);
        cell.outputs().add(JsonParser.parseString(output));
        for (String tag : tags) {
            cell.addTag(tag);
        }
        return cell;
    }

    private static String page(Cell... cells) {
        Notebook notebook = Notebook.empty();
        notebook.cells().addAll(List.of(cells));
        return HtmlExport.html(notebook, Path.of("n.ipynb"));
    }

    private static String bundle(String data) {
        return "{\"output_type\":\"display_data\",\"metadata\":{},\"data\":" + data + "}";
    }

    @Test
    void theRichestFormatIsShown() {
        assertTrue(page(cell("a", bundle("{\"text/plain\":\"t\",\"text/html\":[\"<b>h\",\"</b>\"]}")))
                .contains("<div class=\"rich\"><b>h</b></div>"));
        String svg = page(cell("a", bundle("{\"text/plain\":\"t\",\"image/svg+xml\":\"<svg/>\"}")));
        assertTrue(svg.contains("<img alt=\"output\" src=\"data:image/svg+xml;base64,PHN2Zy8+\">"), svg);
        String latex = page(cell("a", bundle("{\"text/latex\":\"\\\\frac12\"}")));
        assertTrue(latex.contains("class=\"math display\" data-tex=\"\\frac12\""));
    }

    @Test
    void tagsHideAndRemove() {
        String stream = "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"OUT\"}";
        assertFalse(page(cell("INPUT", stream, "remove-input")).contains("INPUT"));
        assertFalse(page(cell("INPUT", stream, "remove-output")).contains("OUT</pre>"));
        assertFalse(page(cell("INPUT", stream, "remove-cell")).contains("id=\"cell-x\""));
        assertTrue(page(cell("INPUT", stream, "hide-input")).contains("<summary>Code</summary>"));
        assertTrue(page(cell("INPUT", stream, "hide-output")).contains("<summary>Output</summary>"));
        assertTrue(page(cell("INPUT", stream, "hide-cell")).contains("<summary>Cell</summary>"));
    }

    @Test
    void thePageNeedsNoNetworkAndTypesetsOnlyWhereThereAreFormulas() {
        String plain = page(Cell.markdown("m", "# A title & more"));
        assertTrue(plain.contains("<title>A title &amp; more</title>"));
        assertFalse(plain.contains("<script"));
        assertTrue(plain.length() < 20_000);
        String formulas = page(Cell.markdown("m", "$x$"));
        assertTrue(formulas.contains("katex.render"));
        assertFalse(formulas.matches("(?s).*<(?:link|script|img)[^>]+(?:href|src)=\"?https?:.*"));
    }
}
