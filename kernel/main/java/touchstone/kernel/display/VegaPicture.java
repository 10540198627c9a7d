package touchstone.kernel.display;

import com.google.gson.JsonObject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws a {@link VegaChart} in Vega-Lite's colours, on white, at twice the size for sharp screens. */
final class VegaPicture {
    static final int SCALE = 2;

    private static final Color[] COLOURS = {
        new Color(0x4c78a8), new Color(0xf58518), new Color(0xe45756), new Color(0x72b7b2), new Color(0x54a24b),
        new Color(0xeeca3b), new Color(0xb279a2), new Color(0xff9da6), new Color(0x9d755d), new Color(0xbab0ac)
    };
    private static final Color GRID = new Color(0xdddddd);
    private static final Color INK = new Color(0x333333);
    private static final int TOP = 30;
    private static final int BOTTOM = 50;

    private final VegaChart chart;
    private final VegaAxis x;
    private final VegaAxis y;
    private final List<String> colours;
    private final int left;
    private final BufferedImage image;
    private final Graphics2D pen;

    private VegaPicture(VegaChart chart) {
        this.chart = chart;
        x = VegaAxis.of(chart, chart.x(), 0, chart.width());
        y = VegaAxis.of(chart, chart.y(), chart.height(), 0);
        colours = chart.color().field().isEmpty() ? List.of() : chart.categories(chart.color());
        int widest = y.labels().stream().mapToInt(String::length).max().orElse(1);
        left = 40 + 6 * Math.min(20, widest);
        int right = colours.isEmpty() ? 20 : 130;
        image = new BufferedImage(
                SCALE * (left + chart.width() + right),
                SCALE * (TOP + chart.height() + BOTTOM),
                BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
    }

    static BufferedImage draw(VegaChart chart) {
        var picture = new VegaPicture(chart);
        try {
            picture.paint();
        } finally {
            picture.pen.dispose();
        }
        return picture.image;
    }

    private void paint() {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.scale(SCALE, SCALE);
        pen.translate(left, TOP);
        axes();
        switch (chart.mark()) {
            case "bar" -> bars();
            case "point" -> points();
            default -> lines();
        }
        legend();
    }

    private void axes() {
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        for (int i = 0; i < x.labels().size(); i++) {
            int at = (int) Math.round(x.places().get(i));
            grid(x.numeric(), at, 0, at, chart.height());
            String label = VegaAxis.brief(x.labels().get(i), x.room());
            pen.drawString(label, at - width(label) / 2, chart.height() + 14);
        }
        for (int i = 0; i < y.labels().size(); i++) {
            int at = (int) Math.round(y.places().get(i));
            grid(y.numeric(), 0, at, chart.width(), at);
            String label = VegaAxis.brief(y.labels().get(i), 20);
            pen.drawString(label, -6 - width(label), at + 4);
        }
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 11));
        pen.drawString(chart.x().title(), (chart.width() - width(chart.x().title())) / 2, chart.height() + 34);
        pen.rotate(-Math.PI / 2);
        pen.drawString(chart.y().title(), -(chart.height() + width(chart.y().title())) / 2, 14 - left);
        pen.rotate(Math.PI / 2);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        pen.drawString(chart.title(), (chart.width() - width(chart.title())) / 2, -12);
        pen.drawLine(0, chart.height(), chart.width(), chart.height());
        pen.drawLine(0, 0, 0, chart.height());
    }

    private void grid(boolean wanted, int x1, int y1, int x2, int y2) {
        if (wanted) {
            pen.setColor(GRID);
            pen.drawLine(x1, y1, x2, y2);
        }
        pen.setColor(INK);
    }

    private int width(String text) {
        return pen.getFontMetrics().stringWidth(text);
    }

    private void bars() {
        boolean upright = y.numeric();
        VegaAxis discrete = upright ? x : y;
        double half = 0.45 * discrete.step();
        for (JsonObject row : drawn()) {
            pen.setColor(colour(row));
            double at = discrete.place(row);
            double value = (upright ? y : x).place(row);
            double zero = (upright ? y : x).zero();
            double from = Math.min(value, zero);
            double length = Math.abs(value - zero);
            pen.fill(
                    upright
                            ? new Rectangle2D.Double(at - half, from, 2 * half, length)
                            : new Rectangle2D.Double(from, at - half, length, 2 * half));
        }
    }

    private void points() {
        pen.setStroke(new BasicStroke(1.5f));
        for (JsonObject row : drawn()) {
            pen.setColor(colour(row));
            pen.draw(new Ellipse2D.Double(x.place(row) - 3, y.place(row) - 3, 6, 6));
        }
    }

    private void lines() {
        pen.setStroke(new BasicStroke(2));
        for (String name : colours.isEmpty() ? List.of("") : colours) {
            List<JsonObject> rows = new ArrayList<>(drawn());
            rows.removeIf(row -> !colours.isEmpty()
                    && !VegaChart.category(row, chart.color()).equals(name));
            rows.sort(Comparator.comparingDouble(x::place));
            if (rows.isEmpty()) {
                continue;
            }
            var path = new Path2D.Double();
            path.moveTo(x.place(rows.get(0)), y.place(rows.get(0)));
            rows.subList(1, rows.size()).forEach(row -> path.lineTo(x.place(row), y.place(row)));
            pen.setColor(colour(rows.get(0)));
            if (chart.mark().equals("area")) {
                path.lineTo(x.place(rows.get(rows.size() - 1)), y.zero());
                path.lineTo(x.place(rows.get(0)), y.zero());
                path.closePath();
                pen.fill(path);
            } else {
                pen.draw(path);
            }
        }
    }

    private void legend() {
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        for (int i = 0; i < Math.min(colours.size(), chart.height() / 16); i++) {
            pen.setColor(COLOURS[i % COLOURS.length]);
            pen.fillRect(chart.width() + 14, 16 * i, 10, 10);
            pen.setColor(INK);
            pen.drawString(VegaAxis.brief(colours.get(i), 16), chart.width() + 30, 16 * i + 9);
        }
    }

    private List<JsonObject> drawn() {
        return chart.rows().stream()
                .filter(row -> VegaChart.has(row, chart.x()) && VegaChart.has(row, chart.y()))
                .toList();
    }

    private Color colour(JsonObject row) {
        int place = colours.isEmpty() ? 0 : colours.indexOf(VegaChart.category(row, chart.color()));
        return COLOURS[Math.max(0, place) % COLOURS.length];
    }
}
