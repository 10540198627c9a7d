package touchstone.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VegaLiteTest {
    private static final int BLUE = 0xff4c78a8;
    private static final String ROWS = "\"data\": {\"values\": [{\"a\": \"p\", \"b\": 1}, {\"a\": \"q\", \"b\": 3}]}";

    private static String spec(String mark, String encoding) {
        return "{" + ROWS + ", \"mark\": \"" + mark + "\", \"width\": 200, \"height\": 100, \"encoding\": " + encoding
                + "}";
    }

    private static final String XY =
            "{\"x\": {\"field\": \"a\", \"type\": \"nominal\"}, \"y\": {\"field\": \"b\", \"type\": \"quantitative\"}}";

    private static BufferedImage picture(MimeBundle bundle) throws IOException {
        byte[] png =
                Base64.getDecoder().decode(bundle.data().get(MimeBundle.PNG).getAsString());
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int count(BufferedImage image, int colour) {
        int found = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                found += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void barsHaveTheAreaOfTheirValues() throws IOException {
        MimeBundle bundle = VegaLite.bundle(spec("bar", XY));
        assertEquals("Vega-Lite chart: bar, x: a, y: b, 2 rows", bundle.toString());
        assertTrue(bundle.has(MimeBundle.VEGA_LITE));
        BufferedImage image = picture(bundle);
        assertEquals(
                image.getWidth() / 2,
                bundle.metadata().getAsJsonObject(MimeBundle.PNG).get("width").getAsInt());
        // two bands of 200 px, nine tenths filled, heights 1/3 and 3/3 of 200 px (the axis ends at 3)
        double expected = 180 * 200 * (1.0 / 3 + 1);
        // antialiased edges, and the axes over the first pixels
        assertEquals(expected, count(image, BLUE), 0.03 * expected);
    }

    @Test
    void linesPointsAndAreasAreDrawn() throws IOException {
        int line = count(picture(VegaLite.bundle(spec("line", XY))), BLUE);
        int point = count(picture(VegaLite.bundle(spec("point", XY))), BLUE);
        int area = count(picture(VegaLite.bundle(spec("area", XY))), BLUE);
        assertTrue(point > 20 && line > 4 * point && area > 4 * line, point + ", " + line + ", " + area);
        String coloured = XY.replaceFirst("}$", ", \"color\": {\"field\": \"a\", \"type\": \"nominal\"}}");
        assertTrue(count(picture(VegaLite.bundle(spec("bar", coloured))), 0xfff58518) > 10_000, "the second colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": {\"field\": \"a\", \"type\": \"nominal\"}, \"y\": {\"aggregate\": \"count\"}}",
                "{\"x\": {\"field\": \"a\", \"type\": \"temporal\"}, \"y\": {\"field\": \"b\", \"type\": \"quantitative\"}}",
                "{\"x\": {\"field\": \"a\", \"type\": \"nominal\"}, \"row\": {\"field\": \"b\", \"type\": \"nominal\"}}",
                "{\"x\": {\"field\": \"a\", \"type\": \"quantitative\"},"
                        + " \"y\": {\"field\": \"b\", \"type\": \"quantitative\", \"scale\": {\"type\": \"log\"}}}",
                "{}",
                "3"
            })
    void whatCannotBeDrawnWhollyIsNotDrawn(String encoding) {
        MimeBundle bundle = VegaLite.bundle(spec("point", encoding));
        assertFalse(bundle.has(MimeBundle.PNG));
        assertTrue(bundle.has(MimeBundle.VEGA_LITE));
        assertTrue(bundle.toString().contains("only a front end with Vega-Lite"), bundle.toString());
    }

    @Test
    void whatIsNoSpecificationIsNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> VegaLite.bundle("{\"mark\":"))
                .getMessage()
                .startsWith("spec must be JSON, was {\"mark\":"));
        assertEquals(
                "spec must be a JSON object, was [1]",
                assertThrows(IllegalArgumentException.class, () -> VegaLite.bundle("[1]"))
                        .getMessage());
    }
}
