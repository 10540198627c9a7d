package touchstone.viz;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import touchstone.util.Check;

/** A drawn image with a description in words. Drawn at twice its size, so that it is sharp on fine screens. */
public final class Picture {
    /** Pixels drawn for each pixel of the size. */
    public static final int SCALE = 2;

    private final BufferedImage image;
    private final String description;
    private final int width;
    private final int height;

    private Picture(BufferedImage image, String description, int width, int height) {
        this.image = image;
        this.description = description;
        this.width = width;
        this.height = height;
    }

    /** Draws on white paper of the given size. */
    static Picture draw(int width, int height, String description, Consumer<Graphics2D> drawing) {
        Check.atLeast(width, 1, "width");
        Check.atLeast(height, 1, "height");
        var image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.scale(SCALE, SCALE);
        g.setColor(Theme.PAPER);
        g.fillRect(0, 0, width, height);
        drawing.accept(g);
        g.dispose();
        return new Picture(image, description, width, height);
    }

    /** A copy of the image, {@link #SCALE} times the size in each direction. */
    public BufferedImage image() {
        var copy = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
        Graphics2D g = copy.createGraphics();
        g.drawImage(image, 0, 0, null);
        g.dispose();
        return copy;
    }

    /** What is to be seen, in words. */
    public String description() {
        return description;
    }

    /** Width to show it at, in pixels. */
    public int width() {
        return width;
    }

    /** Height to show it at, in pixels. */
    public int height() {
        return height;
    }

    @Override
    public String toString() {
        return description;
    }
}
