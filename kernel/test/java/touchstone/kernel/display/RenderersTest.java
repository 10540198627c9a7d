package touchstone.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderersTest {
    interface Shape {}

    record Circle(double r) implements Shape {}

    private final List<Class<?>> foreign = new ArrayList<>();
    private final Renderers renderers = new Renderers(foreign::add);

    @Test
    void textIsAlwaysThere() {
        renderers.register(Shape.class, (shape, bundle) -> bundle.put(MimeBundle.HTML, "<i>shape</i>"));
        MimeBundle bundle = renderers.render(new Circle(1));
        assertEquals("Circle[r=1.0]", bundle.data().get("text/plain").getAsString());
        assertEquals("<i>shape</i>", bundle.data().get("text/html").getAsString());
        assertEquals("null", renderers.render(null).toString());
    }

    @Test
    void theNearestTypeWins() {
        renderers.register(Shape.class, (shape, bundle) -> bundle.put(MimeBundle.TEXT, "shape"));
        renderers.register(Record.class, (record, bundle) -> bundle.put(MimeBundle.TEXT, "record"));
        assertEquals("shape", renderers.render(new Circle(1)).toString());
        renderers.register(Circle.class, (circle, bundle) -> bundle.put(MimeBundle.TEXT, "circle"));
        assertEquals("circle", renderers.render(new Circle(1)).toString());
    }

    @Test
    void aTextShownAsHtmlIsThatHtml() {
        MimeBundle bundle = renderers.render("<b>x</b>", "text/html");
        assertEquals("<b>x</b>", bundle.data().get("text/html").getAsString());
        assertTrue(bundle.has(MimeBundle.TEXT));
    }

    @Test
    void onlyTheFormatsAskedForAreKept() {
        renderers.register(Circle.class, (circle, bundle) -> bundle.put(MimeBundle.HTML, "h")
                .put(MimeBundle.SVG, "s"));
        MimeBundle bundle = renderers.render(new Circle(1), "image/svg+xml");
        assertTrue(bundle.has(MimeBundle.SVG));
        assertFalse(bundle.has(MimeBundle.HTML));
    }

    @Test
    void aRendererThatFailsLeavesTheTextAndSaysSo() {
        renderers.register(Circle.class, (circle, bundle) -> {
            throw new IllegalStateException("no ink");
        });
        String text = renderers.render(new Circle(1)).toString();
        assertTrue(text.startsWith("Circle[r=1.0]") && text.contains("no ink"), text);
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        };
        assertTrue(renderers.render(broken).toString().contains("no words"));
    }

    @Test
    void theJdksOwnTypesDoNotWakeExtensions() {
        renderers.render(List.of(1));
        renderers.render(new int[][] {{1}});
        assertEquals(List.of(), foreign);
        renderers.render(new Circle(1));
        assertEquals(List.of(Circle.class), foreign);
    }
}
