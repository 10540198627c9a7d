package touchstone.kernel.javadoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocsTest {
    @TempDir
    Path folder;

    private final Javadocs javadocs = new Javadocs();
    private URLClassLoader loader;

    @BeforeEach
    void load() throws Exception {
        Path jar = SampleJar.write(folder, folder.resolve("lib"));
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("sample." + name, false, loader);
    }

    private Javadoc member(String type, String signature) throws ClassNotFoundException {
        return javadocs.of(type(type), Signature.parse(signature));
    }

    private static String text(Javadoc javadoc) {
        return PlainWriter.TEXT.whole(javadoc);
    }

    @Test
    void aClassIsReadWithItsTagsAndEntities() throws Exception {
        Javadoc shape = javadocs.of(type("Shape"));
        assertEquals(
                "<div>A shape in the plane.<p>Sizes are in <b>metres</b>; see <code>List.of(Object)</code> &amp; others.</p>"
                        + "</div>\n",
                HtmlWriter.whole(shape));
        assertEquals(
                "A shape in the plane.\n\nSizes are in **metres**; see `List.of(Object)` & others.",
                PlainWriter.MARKDOWN.whole(shape));
        assertEquals(
                "    A shape in the plane.\n\n    Sizes are in metres; see List.of(Object) & others.", text(shape));
    }

    @Test
    void blockTagsAreSectionsInAllFormats() throws Exception {
        Javadoc scaled = member("Shape", "Shape<T> Shape<T>.scaled(double by)");
        assertEquals(
                "    Scales the shape.\n\n    Parameters:\n        by – a factor, > 0\n\n    Returns:\n        a new shape"
                        + "\n\n    Throws:\n        IllegalArgumentException – if by <= 0",
                text(scaled));
        assertEquals(
                "Scales the shape.\n\n**Parameters**\n\n- `by` – a factor, \\> 0\n\n**Returns**\n\n- a new shape\n\n"
                        + "**Throws**\n\n- `IllegalArgumentException` – if `by <= 0`",
                PlainWriter.MARKDOWN.whole(scaled));
        assertTrue(
                HtmlWriter.whole(scaled)
                        .contains("<dt><b>Parameters</b></dt>\n<dd><code>by</code> – a factor, &gt; 0</dd>\n"),
                HtmlWriter.whole(scaled));
    }

    @Test
    void whatAnOverrideDoesNotSayItsInterfaceSays() throws Exception {
        Javadoc scaled = member("Box", "Box Box.scaled(double by)");
        assertEquals(
                "    Scales the box. Scales the shape.",
                text(scaled).lines().findFirst().orElse(""));
        assertEquals(List.of("a factor, > 0, at most 10"), List.of(Node.textOf(scaled.item(Javadoc.PARAMETERS, "by"))));
        assertEquals("a new shape", Node.textOf(scaled.item(Javadoc.RETURNS, "")));
        assertEquals("    Puts something inside; see scaling.", text(member("Box", "void Box.put(String item)")));
    }

    @Test
    void overloadsAndConstructorsAreToldApart() throws Exception {
        assertEquals("    Counts texts.", text(member("Box", "void Box.count(String... many)")));
        assertEquals("    Makes an empty box.", text(member("Box", "Box()")));
        assertTrue(text(member("Box", "Box(int side)")).startsWith("    Makes a box."));
        assertEquals(List.of("by"), javadocs.parameterNames(type("Box"), Signature.parse("Box Box.scaled(double)")));
    }

    @Test
    void preformattedTextAndListsKeepTheirForm() throws Exception {
        Javadoc count = member("Box", "void Box.count(int many)");
        assertEquals(
                "    Counts. Example:\n\n        for (int i = 0; i < n; i++) {}\n        done\n\n"
                        + "    1. first\n    2. second, last",
                text(count).substring(0, text(count).indexOf("\n\n    Parameters")));
        assertTrue(
                PlainWriter.MARKDOWN
                        .whole(count)
                        .contains("```java\nfor (int i = 0; i < n; i++) {}\ndone\n```\n\n1. first\n2. second, *last*"),
                PlainWriter.MARKDOWN.whole(count));
        assertTrue(
                HtmlWriter.whole(count).contains("<pre>for (int i = 0; i &lt; n; i++) {}\ndone</pre>"),
                HtmlWriter.whole(count));
    }

    @Test
    void fieldsConstantsAndRecordComponentsHaveTheirComments() throws Exception {
        assertEquals(
                "    The unit, \"m\"; braces { in comments do not count.",
                text(member("Shape", "Shape.UNIT:java.lang.String")));
        assertEquals("    Four equal sides.", text(member("Shape$Kind", "Kind.SQUARE:sample.Shape.Kind")));
        assertEquals("    All round.", text(member("Shape$Kind", "Kind.CIRCLE:sample.Shape.Kind")));
        assertEquals("    the right part", text(member("Box$Pair", "String Pair.right()")));
        assertEquals(
                "    A pair.\n\n    Parameters:\n        left – the left part\n        right – the right part",
                text(member("Box$Pair", "Pair(int left, String right)")));
    }

    @Test
    void sourcesMayLieWhereTheDistributionHasThem() throws Exception {
        Path jar = SampleJar.write(folder.resolve("dist"), folder.resolve("dist/sources/lib"));
        try (var other = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            assertEquals("    A kind of shape.", text(javadocs.of(Class.forName("sample.Shape$Kind", false, other))));
        }
    }

    @Test
    void withoutSourcesOrWithBrokenOnesThereIsNoComment() throws Exception {
        Path sources = folder.resolve("lib/sample-sources.jar");
        Files.writeString(sources, "not a jar");
        assertEquals(Javadoc.NONE, javadocs.of(type("Shape")));
        Files.delete(sources);
        assertEquals(Javadoc.NONE, javadocs.of(type("Shape")));
        assertEquals(Javadoc.NONE, member("Box", "void Box.count(int many)"));
        assertEquals(List.of(), javadocs.parameterNames(type("Box"), Signature.parse("void Box.count(int)")));
    }

    @Test
    void markupThatCouldDoHarmIsTextOrGone() throws Exception {
        String source = "/** <script>alert(1)</script> <b onclick=\"x()\">b</b> <a href=\"javascript:x()\">a</a>"
                + " <a href=\"https://example.org/?a=1\">ok</a> a < b <img src=x> */ class C {}";
        var type = SourceFile.parse(source).type(List.of("C")).orElseThrow();
        String html = HtmlWriter.whole(type.read(() -> Javadoc.NONE));
        assertEquals("<div>alert(1) <b>b</b> a <a href=\"https://example.org/?a=1\">ok</a> a &lt; b</div>\n", html);
    }
}
