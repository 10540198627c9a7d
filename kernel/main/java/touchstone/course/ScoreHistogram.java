package touchstone.course;

import java.util.Arrays;
import java.util.Locale;
import touchstone.kernel.display.HtmlText;

/** How many students earned how many percent, as a picture in SVG: ten bins, the last with 100 percent in it, and the median. */
final class ScoreHistogram {
    private static final int BINS = 10;
    private static final double WIDTH = 640;
    private static final double HEIGHT = 300;
    private static final double LEFT = 52;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 52;

    private final StringBuilder svg = new StringBuilder();
    private final int[] counts;
    private final int step;
    private final int top;

    private ScoreHistogram(int[] counts) {
        this.counts = counts;
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        step = step(most);
        top = (most + step - 1) / step * step;
    }

    /**
     * The picture's text.
     *
     * @param sorted percents from 0 to 100, the lowest first; may be empty
     * @param title plain text
     */
    static String svg(double[] sorted, String title) {
        var histogram = new ScoreHistogram(counts(sorted));
        histogram.head(sorted, title);
        histogram.axes();
        histogram.bars();
        if (sorted.length > 0) {
            histogram.median(ClassReport.quantile(sorted, 0.5));
        }
        return histogram.svg.append("</svg>\n").toString();
    }

    /** How many are in each bin of ten percent; 100 is in the last. */
    static int[] counts(double[] percents) {
        var counts = new int[BINS];
        for (double percent : percents) {
            counts[Math.max(0, Math.min(BINS - 1, (int) Math.floor(percent * BINS / 100)))]++;
        }
        return counts;
    }

    /** A whole number between ticks, so that there are at most six. */
    static int step(int most) {
        int unit = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                if (most <= 5L * factor * unit) {
                    return factor * unit;
                }
            }
            unit *= 10;
        }
    }

    private void head(double[] sorted, String title) {
        String about = sorted.length == 0
                ? "No student is graded."
                : String.format(
                        Locale.ROOT,
                        "%d students, median %.1f percent; students in bins of ten percent from 0: %s.",
                        sorted.length,
                        ClassReport.quantile(sorted, 0.5),
                        Arrays.toString(counts).replaceAll("[\\[\\]]", ""));
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\""
                        + " aria-labelledby=\"histogram-title histogram-desc\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\""
                        + " font-size=\"13\">%n<title id=\"histogram-title\">%s</title>%n<desc id=\"histogram-desc\">%s</desc>%n"
                        + "<rect width=\"%.0f\" height=\"%.0f\" rx=\"6\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT,
                HtmlText.escape(title),
                about,
                WIDTH,
                HEIGHT));
        text(WIDTH - RIGHT, 20, "end", "#59636e", "n = " + sorted.length);
    }

    private void axes() {
        for (int tick = 0; tick <= top; tick += step) {
            line(LEFT, y(tick), WIDTH - RIGHT, y(tick), tick == 0 ? "#1f2328" : "#d8dee4", "");
            text(LEFT - 8, y(tick) + 4.5, "end", "#1f2328", Integer.toString(tick));
        }
        for (int percent = 0; percent <= 100; percent += 10) {
            text(x(percent), HEIGHT - BOTTOM + 19, "middle", "#1f2328", Integer.toString(percent));
        }
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "middle", "#59636e", "percent of the points");
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\" fill=\"#59636e\">students</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2));
    }

    private void bars() {
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                double from = bin * 100.0 / BINS;
                double to = (bin + 1) * 100.0 / BINS;
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#4078c0\"><title>%.0f to %.0f percent: %d"
                                + "</title></rect>%n",
                        x(from) + 1.5,
                        y(counts[bin]),
                        x(to) - x(from) - 3,
                        y(0) - y(counts[bin]),
                        from,
                        to,
                        counts[bin]));
            }
        }
    }

    private void median(double percent) {
        line(x(percent), TOP - 6, x(percent), y(0), "#a3370b", " stroke-width=\"2\" stroke-dasharray=\"6 4\"");
        boolean right = percent > 75;
        text(
                x(percent) + (right ? -6 : 6),
                TOP - 14,
                right ? "end" : "start",
                "#a3370b",
                "median " + String.format(Locale.ROOT, "%.1f", percent));
    }

    private void line(double x1, double y1, double x2, double y2, String colour, String more) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                more));
    }

    private void text(double x, double y, String anchor, String colour, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                HtmlText.escape(text)));
    }

    private static double x(double percent) {
        return LEFT + percent / 100 * (WIDTH - LEFT - RIGHT);
    }

    private double y(double count) {
        return HEIGHT - BOTTOM - count / top * (HEIGHT - TOP - BOTTOM);
    }
}
