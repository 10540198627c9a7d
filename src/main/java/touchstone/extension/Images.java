package touchstone.extension;

import com.google.gson.JsonObject;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import touchstone.kernel.display.MimeBundle;
import touchstone.viz.Describe;
import touchstone.viz.Picture;

/**
 * Charts and pictures as PNG at twice their size, sharp on fine screens, with a description in words. Not as SVG: nbconvert
 * strips the drawing out of it, and half of a chart's SVG is the outlines of its letters.
 */
final class Images {
    private Images() {}

    static void render(Chart<?, ?> chart, MimeBundle bundle) throws IOException {
        bundle.put(MimeBundle.TEXT, Describe.chart(chart));
        png(paint(chart), chart.getWidth(), chart.getHeight(), bundle);
    }

    static void render(Picture picture, MimeBundle bundle) throws IOException {
        bundle.put(MimeBundle.TEXT, picture.description());
        png(picture.image(), picture.width(), picture.height(), bundle);
    }

    static void render(BufferedImage image, MimeBundle bundle) throws IOException {
        bundle.put(MimeBundle.TEXT, "image, " + image.getWidth() + " x " + image.getHeight() + " pixels");
        png(image, image.getWidth(), image.getHeight(), bundle);
    }

    private static BufferedImage paint(Chart<?, ?> chart) {
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
