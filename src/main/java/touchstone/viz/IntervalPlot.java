package touchstone.viz;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import touchstone.stats.Interval;
import touchstone.util.Check;

/** Named estimates with their intervals, one below the other: a dot and a line each. */
public final class IntervalPlot {
    private static final int ROW = 20;
    private static final int TOP = 42;
    private static final int BOTTOM = 52;
    private static final int RIGHT = 24;
    private static final int PLOT = 420;

    private final List<String> names;
    private final List<Interval> intervals;
    private final double low;
    private final double step;
    private final double high;
    private final int left;

    private IntervalPlot(List<String> names, List<Interval> intervals) {
        this.names = names;
        this.intervals = intervals;
        double least = intervals.stream().mapToDouble(Interval::lower).min().orElse(0);
        double most = intervals.stream().mapToDouble(Interval::upper).max().orElse(1);
        double span = most > least ? most - least : Math.max(1, Math.abs(most));
        double power = Math.pow(10, Math.floor(Math.log10(span)));
        step = span / power < 2 ? power / 5 : span / power < 5 ? power / 2 : power;
        low = Math.floor(least / step) * step;
        high = Math.max(Math.ceil(most / step) * step, low + step);
        left = 24 + 7 * names.stream().mapToInt(String::length).max().orElse(1);
    }

    /**
     * The plot, in the order given.
     *
     * @param names [n], n at least 1
     * @param intervals [n], with finite ends
     */
    public static Picture of(String title, String axis, List<String> names, List<Interval> intervals) {
        Check.nonEmpty(names.size(), "names");
        Check.sameLength(names.size(), "names", intervals.size(), "intervals");
        for (int i = 0; i < intervals.size(); i++) {
            Check.finite(intervals.get(i).lower(), "lower end of " + names.get(i));
            Check.finite(intervals.get(i).upper(), "upper end of " + names.get(i));
        }
        var plot = new IntervalPlot(List.copyOf(names), List.copyOf(intervals));
        int width = plot.left + PLOT + RIGHT;
        return Picture.draw(
                width, TOP + names.size() * ROW + BOTTOM, plot.describe(title), g -> plot.draw(g, title, axis));
    }

    private double x(double value) {
        return left + (value - low) / (high - low) * PLOT;
    }

    private void draw(Graphics2D g, String title, String axis) {
        int foot = TOP + names.size() * ROW;
        g.setFont(Theme.font(Font.PLAIN, 12));
        long ticks = Math.round((high - low) / step);
        for (long t = 0; t <= ticks; t++) {
            double value = low + t * step;
            g.setColor(Theme.GRID);
            g.draw(new Line2D.Double(x(value), TOP, x(value), foot));
            g.setColor(Theme.INK);
            text(g, label(value), x(value), foot + 14, 0.5);
        }
        for (int i = 0; i < names.size(); i++) {
            double y = TOP + (i + 0.5) * ROW;
            text(g, names.get(i), left - 10, y, 1);
            g.setColor(Theme.colour(0));
            g.setStroke(new BasicStroke(1.6f));
            g.draw(new Line2D.Double(
                    x(intervals.get(i).lower()), y, x(intervals.get(i).upper()), y));
            g.fill(new Ellipse2D.Double(x(intervals.get(i).estimate()) - 4, y - 4, 8, 8));
            g.setStroke(new BasicStroke(1));
            g.setColor(Theme.INK);
        }
        g.setFont(Theme.font(Font.PLAIN, 13));
        text(g, axis, left + PLOT / 2.0, foot + 36, 0.5);
        g.setFont(Theme.font(Font.BOLD, 14));
        text(g, title, left + PLOT / 2.0, 20, 0.5);
    }

    private String label(double value) {
        int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static void text(Graphics2D g, String text, double x, double y, double align) {
        var metrics = g.getFontMetrics();
        double from = x - align * metrics.stringWidth(text);
        g.drawString(text, (float) from, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }

    private String describe(String title) {
        var words = new StringBuilder(title + ":");
        for (int i = 0; i < names.size(); i++) {
            Interval v = intervals.get(i);
            words.append(String.format(
                    Locale.ROOT, " %s %.3f [%.3f, %.3f];", names.get(i), v.estimate(), v.lower(), v.upper()));
        }
        return words.toString();
    }
}
