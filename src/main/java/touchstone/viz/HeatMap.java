package touchstone.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import touchstone.util.Check;

/** A field of numbers over two axes as a picture: near white for the lowest, dark blue for the highest, with a scale. */
public final class HeatMap {
    private static final int LEFT = 56;
    private static final int TOP = 40;
    private static final int BOTTOM = 52;
    private static final int SCALE_WIDTH = 92;
    private static final int BAR = 14;

    private HeatMap() {}

    /**
     * The map; row 0 is drawn on top.
     *
     * @param title above the map; may be empty
     * @param xAxis title of the horizontal axis
     * @param yAxis title of the vertical axis
     * @param field finite numbers, [rows][columns]
     */
    public static Picture of(String title, String xAxis, String yAxis, double[][] field) {
        Check.nonEmpty(field.length, "field");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < field.length; i++) {
            Check.nonEmpty(field[i].length, "field[" + i + "]");
            Check.sameLength(field[i].length, "field[" + i + "]", field[0].length, "field[0]");
            Check.allFinite(field[i], "field[" + i + "]");
            for (double v : field[i]) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        return draw(title, xAxis, yAxis, field, new Range(low, high));
    }

    private record Range(double low, double high) {
        Color colour(double v) {
            double t = high > low ? (v - low) / (high - low) : 0;
            Color full = Theme.colour(0);
            return new Color(
                    mix(246, full.getRed(), t), mix(247, full.getGreen() / 2, t), mix(249, full.getBlue() / 2, t));
        }

        private static int mix(int from, int to, double t) {
            return (int) Math.round(from + (to - from) * t);
        }
    }

    private static Picture draw(String title, String xAxis, String yAxis, double[][] field, Range range) {
        int rows = field.length;
        int columns = field[0].length;
        int cell = Math.max(3, Math.min(36, 360 / Math.max(rows, columns)));
        int width = columns * cell;
        int height = rows * cell;
        String words = String.format(
                Locale.ROOT,
                "heat map%s of %d x %d numbers from %.3g to %.3g; %s over %s",
                title.isEmpty() ? "" : " \"" + title + "\"",
                rows,
                columns,
                range.low,
                range.high,
                yAxis,
                xAxis);
        return Picture.draw(LEFT + width + SCALE_WIDTH, TOP + height + BOTTOM, words, g -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    g.setColor(range.colour(field[i][j]));
                    g.fillRect(LEFT + j * cell, TOP + i * cell, cell, cell);
                }
            }
            g.setColor(Theme.GRID);
            g.drawRect(LEFT, TOP, width, height);
            titles(g, title, xAxis, yAxis, width, height);
            scale(g, range, LEFT + width + 18, height);
        });
    }

    private static void titles(Graphics2D g, String title, String xAxis, String yAxis, int width, int height) {
        g.setColor(Theme.INK);
        g.setFont(Theme.font(Font.BOLD, 14));
        centred(g, title, LEFT + width / 2, 24);
        g.setFont(Theme.font(Font.PLAIN, 13));
        centred(g, xAxis, LEFT + width / 2, TOP + height + 30);
        var before = g.getTransform();
        g.rotate(-Math.PI / 2, 30, TOP + height / 2.0);
        centred(g, yAxis, 30, TOP + height / 2);
        g.setTransform(before);
    }

    private static void scale(Graphics2D g, Range range, int left, int height) {
        for (int y = 0; y < height; y++) {
            g.setColor(range.colour(range.high - (range.high - range.low) * y / Math.max(1, height - 1)));
            g.fillRect(left, TOP + y, BAR, 1);
        }
        g.setFont(Theme.font(Font.PLAIN, 12));
        g.setColor(Theme.INK);
        g.drawString(number(range.high), left + BAR + 6, TOP + 10);
        g.drawString(number(range.low), left + BAR + 6, TOP + height);
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.3g", v);
    }

    private static void centred(Graphics2D g, String text, int x, int y) {
        g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
    }
}
