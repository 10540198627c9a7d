package touchstone.testing;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import touchstone.viz.Picture;

/** Keeps what tests draw below target/drawings, for people to look at. */
public final class Drawings {
    private static final Path FOLDER = Path.of("target", "drawings");

    private Drawings() {}

    public static void keep(String name, XYChart chart) {
        var image = new BufferedImage(2 * chart.getWidth(), 2 * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(2, 2);
        chart.paint(g, chart.getWidth(), chart.getHeight());
        g.dispose();
        write(name, image);
    }

    public static void keep(String name, Picture picture) {
        write(name, picture.image());
    }

    public static void keep(String name, String text) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, BufferedImage image) {
        try {
            Files.createDirectories(FOLDER);
            ImageIO.write(image, "png", FOLDER.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
