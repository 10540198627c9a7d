package touchstone.extension;

import com.google.gson.JsonObject;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import touchstone.kernel.display.MimeBundle;
import touchstone.util.Seeds;
import touchstone.viz.Describe;
import touchstone.viz.Picture;

/** Charts as SVG with a title for those who listen, or as PNG where the drawing is large; pictures as PNG. */
final class Images {
    private static final int LARGEST_SVG = 250_000;
    private static final int MOST_POINTS = 5_000; // beyond these an SVG is slow to make and to show
    private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d\\d)\\d+");
    private static final Pattern CLIP = Pattern.compile("clip(\\d+)");
    private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");

    private Images() {}

    static void render(Chart<?, ?> chart, MimeBundle bundle) throws IOException {
        String text = Describe.chart(chart);
        bundle.put(MimeBundle.TEXT, text);
        String svg = points(chart) <= MOST_POINTS ? svg(chart, text) : "";
        if (!svg.isEmpty() && svg.length() <= LARGEST_SVG) {
            bundle.put(MimeBundle.SVG, svg);
        } else {
            png(paint(chart), chart.getWidth(), chart.getHeight(), bundle);
        }
    }

    private static long points(Chart<?, ?> chart) {
        return chart.getSeriesCollection().stream()
                .mapToLong(s -> s instanceof XYSeries xy ? xy.getXData().length : 1)
                .sum();
    }

    /** The chart drawn as SVG, coordinates to a hundredth of a pixel. */
    private static String svg(Chart<?, ?> chart, String description) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var drawing = new VectorGraphics2D();
        chart.paint(drawing, chart.getWidth(), chart.getHeight());
        var page = new PageSize(0, 0, chart.getWidth(), chart.getHeight());
        Processors.get("svg").getDocument(drawing.getCommands(), page).writeTo(bytes);
        String brief = DECIMALS.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll("$1");
        String own = "clip$1-" + Long.toHexString(Seeds.hash(brief)); // ids must differ between the charts of one page
        return svg(CLIP.matcher(brief).replaceAll(own), chart, description);
    }

    static void render(Picture picture, MimeBundle bundle) throws IOException {
        bundle.put(MimeBundle.TEXT, picture.description());
        png(picture.image(), picture.width(), picture.height(), bundle);
    }

    static void render(BufferedImage image, MimeBundle bundle) throws IOException {
        bundle.put(MimeBundle.TEXT, "image, " + image.getWidth() + " x " + image.getHeight() + " pixels");
        png(image, image.getWidth(), image.getHeight(), bundle);
    }

    /** Only the svg element, in pixels, named by the description; text in the page's sans-serif font. */
    private static String svg(String drawn, Chart<?, ?> chart, String description) {
        var root = ROOT.matcher(drawn);
        if (!root.find()) {
            throw new IllegalStateException("the SVG writer gave no svg element");
        }
        String title = Html.escape(description).replace("<span>$</span>", "$");
        String open =
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\""
                        + " width=\"" + chart.getWidth() + "\" height=\"" + chart.getHeight() + "\" viewBox=\"0 0 "
                        + chart.getWidth() + " " + chart.getHeight() + "\" style=\"max-width:100%;height:auto\"><title>"
                        + title
                        + "</title>";
        return open + drawn.substring(root.end()).strip();
    }

    /** The chart at twice its size, sharp on fine screens. */
    static BufferedImage paint(Chart<?, ?> chart) {
        int scale = Picture.SCALE;
        var image = new BufferedImage(scale * chart.getWidth(), scale * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(scale, scale);
        chart.paint(g, chart.getWidth(), chart.getHeight());
        g.dispose();
        return image;
    }

    private static void png(RenderedImage image, int width, int height, MimeBundle bundle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("no PNG writer for this kind of image");
        }
        var size = new JsonObject();
        size.addProperty("width", width);
        size.addProperty("height", height);
        bundle.put(MimeBundle.PNG, bytes.toByteArray()).putMetadata(MimeBundle.PNG, size);
    }
}
