package touchstone.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import touchstone.util.Check;

/** Small grey images side by side, each with a caption: white for the lowest value of all of them, black for the highest. */
public final class ImageGrid {
    private static final int CELL = 64;
    private static final int GAP = 12;
    private static final int CAPTION = 18;

    private ImageGrid() {}

    /**
     * The grid, row by row.
     *
     * @param images [n] images of finite values, [h, w] each
     * @param captions one an image, [n]
     * @param columns images a row, 1 or more
     */
    public static Picture of(List<double[][]> images, List<String> captions, int columns) {
        Check.nonEmpty(images.size(), "images");
        Check.sameLength(captions.size(), "captions", images.size(), "images");
        Check.atLeast(columns, 1, "columns");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[][] image : images) {
            for (double[] row : image) {
                Check.allFinite(row, "a row of an image");
                for (double v : row) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        int across = Math.min(columns, images.size());
        int rows = (images.size() + columns - 1) / columns;
        double white = low;
        double range = high > low ? high - low : 1;
        String text = "a grid of " + images.size() + " images, " + across + " a row; captions "
                + String.join(", ", captions.subList(0, Math.min(20, captions.size())))
                + (captions.size() > 20 ? ", ..." : "");
        int width = GAP + across * (CELL + GAP);
        int height = GAP + rows * (CELL + CAPTION + GAP);
        return Picture.draw(width, height, text, g -> {
            for (int i = 0; i < images.size(); i++) {
                int x = GAP + i % columns * (CELL + GAP);
                int y = GAP + i / columns * (CELL + CAPTION + GAP);
                pixels(g, images.get(i), x, y, white, range);
                caption(g, captions.get(i), x, y + CELL);
            }
        });
    }

    private static void pixels(Graphics2D g, double[][] image, int left, int top, double white, double range) {
        for (int r = 0; r < image.length; r++) {
            int y = top + r * CELL / image.length;
            int bottom = top + (r + 1) * CELL / image.length;
            for (int c = 0; c < image[r].length; c++) {
                int x = left + c * CELL / image[r].length;
                int right = left + (c + 1) * CELL / image[r].length;
                int grey = (int) Math.round(245 - 225 * (image[r][c] - white) / range);
                g.setColor(new Color(grey, grey, grey));
                g.fillRect(x, y, right - x, bottom - y);
            }
        }
        g.setColor(Theme.GRID);
        g.drawRect(left, top, CELL, CELL);
    }

    private static void caption(Graphics2D g, String text, int left, int top) {
        g.setFont(Theme.font(Font.PLAIN, 12));
        g.setColor(Theme.INK);
        FontMetrics metrics = g.getFontMetrics();
        String shown = text;
        while (metrics.stringWidth(shown) > CELL + GAP - 2 && shown.length() > 2) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        g.drawString(shown, left + (CELL - metrics.stringWidth(shown)) / 2, top + CAPTION - 3);
    }
}
