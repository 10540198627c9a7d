package touchstone.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.util.Arrays;
import java.util.Locale;
import touchstone.util.Check;

/**
 * A field of numbers over two axes as a picture: near white for the lowest, dark blue for the highest, with a scale. A cell of
 * NaN is hatched, and a note below says so.
 */
public final class HeatMap {
    private static final int LEFT = 56;
    private static final int TOP = 40;
    private static final int BOTTOM = 52;
    private static final int SCALE_WIDTH = 92;
    private static final int BAR = 14;
    private static final int NOTE = 24;

    private HeatMap() {}

    /**
     * The map; row 0 is drawn on top.
     *
     * @param title above the map; may be empty
     * @param xAxis title of the horizontal axis
     * @param yAxis title of the vertical axis
     * @param field finite numbers, or NaN where there is none, [rows][columns]
     */
    public static Picture of(String title, String xAxis, String yAxis, double[][] field) {
        double[] all = numbers(field);
        double low = Arrays.stream(all).min().orElse(Double.NaN);
        double high = Arrays.stream(all).max().orElse(Double.NaN);
        return draw(title, xAxis, yAxis, field, new Range(low, high), false);
    }

    /**
     * A map for few cells, such as an accuracy matrix: rows and columns are numbered from 1, each cell shows its number to two
     * digits after the point, and shades span a given range, so that maps can be compared.
     *
     * @param field finite numbers, or NaN where there is none, [rows][columns], at most 20 of each
     * @param low number of the lightest shade; lower ones have it too
     * @param high number of the darkest shade, above low; higher ones have it too
     */
    public static Picture numbered(
            String title, String xAxis, String yAxis, double[][] field, double low, double high) {
        numbers(field);
        Check.index(field.length, 21, "rows of the field");
        Check.index(field[0].length, 21, "columns of the field");
        if (!(Check.finite(low, "low") < Check.finite(high, "high"))) {
            throw new IllegalArgumentException("high must be above low, were " + high + " and " + low);
        }
        return draw(title, xAxis, yAxis, field, new Range(low, high), true);
    }

    /** The numbers of a field that is checked to be a rectangle of numbers and NaN. */
    private static double[] numbers(double[][] field) {
        Check.nonEmpty(field.length, "field");
        for (int i = 0; i < field.length; i++) {
            Check.nonEmpty(field[i].length, "field[" + i + "]");
            Check.sameLength(field[i].length, "field[" + i + "]", field[0].length, "field[0]");
            Check.allFinite(
                    Arrays.stream(field[i]).filter(v -> !Double.isNaN(v)).toArray(), "field[" + i + "]");
        }
        return Arrays.stream(field)
                .flatMapToDouble(Arrays::stream)
                .filter(v -> !Double.isNaN(v))
                .toArray();
    }

    private record Range(double low, double high) {
        Color colour(double v) {
            double t = high > low ? Math.max(0, Math.min(1, (v - low) / (high - low))) : 0;
            Color full = Theme.colour(0);
            return new Color(
                    mix(246, full.getRed(), t), mix(247, full.getGreen() / 2, t), mix(249, full.getBlue() / 2, t));
        }

        boolean dark(double v) {
            return v > low + 0.45 * (high - low);
        }

        private static int mix(int from, int to, double t) {
            return (int) Math.round(from + (to - from) * t);
        }
    }

    private static Picture draw(
            String title, String xAxis, String yAxis, double[][] field, Range range, boolean numbered) {
        int rows = field.length;
        int columns = field[0].length;
        int most = Math.max(rows, columns);
        int cell = numbered ? Math.max(34, Math.min(52, 420 / most)) : Math.max(3, Math.min(36, 360 / most));
        int width = columns * cell;
        int height = rows * cell;
        int empty = rows * columns - numbers(field).length;
        String words = String.format(
                Locale.ROOT,
                "heat map%s of %d x %d numbers from %.3g to %.3g; %s over %s%s",
                title.isEmpty() ? "" : " \"" + title + "\"",
                rows,
                columns,
                range.low,
                range.high,
                yAxis,
                xAxis,
                empty == 0 ? "" : "; " + empty + " cells without a number");
        int note = empty > 0 ? NOTE : 0;
        return Picture.draw(LEFT + width + SCALE_WIDTH, TOP + height + BOTTOM + note, words, g -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    cell(g, field[i][j], range, new Rectangle(LEFT + j * cell, TOP + i * cell, cell, cell), numbered);
                }
            }
            g.setColor(Theme.GRID);
            g.drawRect(LEFT, TOP, width, height);
            titles(g, title, xAxis, yAxis, width, height);
            if (numbered) {
                numbers(g, rows, columns, cell);
            }
            if (empty < rows * columns) {
                scale(g, range, LEFT + width + 18, height);
            }
            if (empty > 0) {
                note(g, TOP + height + BOTTOM - 4);
            }
        });
    }

    private static void cell(Graphics2D g, double value, Range range, Rectangle at, boolean numbered) {
        if (Double.isNaN(value)) {
            hatch(g, at);
            return;
        }
        g.setColor(range.colour(value));
        g.fillRect(at.x, at.y, at.width, at.height);
        if (numbered) {
            g.setFont(Theme.font(Font.PLAIN, at.width < 38 ? 10 : 12));
            g.setColor(range.dark(value) ? Color.WHITE : Theme.INK);
            centred(g, String.format(Locale.ROOT, "%.2f", value), at.x + at.width / 2, at.y + at.height / 2 + 4);
        }
    }

    /** Slanted lines on white. */
    private static void hatch(Graphics2D g, Rectangle at) {
        Shape before = g.getClip();
        g.clip(at);
        g.setColor(Theme.PAPER);
        g.fill(at);
        g.setColor(new Color(0xC8C8C8));
        for (int x = at.x - at.height; x < at.x + at.width; x += 6) {
            g.drawLine(x, at.y + at.height, x + at.height, at.y);
        }
        g.setClip(before);
    }

    private static void note(Graphics2D g, int y) {
        var sample = new Rectangle(LEFT, y, 22, 14);
        hatch(g, sample);
        g.setColor(Theme.FAINT);
        g.draw(sample);
        g.setFont(Theme.font(Font.PLAIN, 12));
        g.setColor(Theme.INK);
        g.drawString("not evaluated", LEFT + 30, y + 12);
    }

    private static void numbers(Graphics2D g, int rows, int columns, int cell) {
        g.setFont(Theme.font(Font.PLAIN, 12));
        g.setColor(Theme.INK);
        for (int j = 0; j < columns; j++) {
            centred(g, String.valueOf(j + 1), LEFT + j * cell + cell / 2, TOP + rows * cell + 15);
        }
        for (int i = 0; i < rows; i++) {
            centred(g, String.valueOf(i + 1), LEFT - 10, TOP + i * cell + cell / 2 + 4);
        }
    }

    private static void titles(Graphics2D g, String title, String xAxis, String yAxis, int width, int height) {
        g.setColor(Theme.INK);
        g.setFont(Theme.font(Font.BOLD, 14));
        centred(g, title, LEFT + width / 2, 24);
        g.setFont(Theme.font(Font.PLAIN, 13));
        centred(g, xAxis, LEFT + width / 2, TOP + height + 34);
        var before = g.getTransform();
        g.rotate(-Math.PI / 2, 28, TOP + height / 2.0);
        centred(g, yAxis, 28, TOP + height / 2);
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
