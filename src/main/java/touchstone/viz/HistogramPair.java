package touchstone.viz;

import java.awt.Color;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.util.Check;

/** Two samples of scores over the same bins, each as a density with area 1: how far apart they lie. */
public final class HistogramPair {
    private static final int BINS = 40;

    private HistogramPair() {}

    /** In-distribution against out-of-distribution scores. */
    public static XYChart of(double[] id, double[] ood) {
        return of("in-distribution", id, "out-of-distribution", ood, "score (higher is further out)");
    }

    /** Two named samples of finite values, [n] and [m], with a title for the axis. */
    public static XYChart of(String nameA, double[] a, String nameB, double[] b, String axis) {
        Check.nonEmpty(a.length, nameA);
        Check.nonEmpty(b.length, nameB);
        Check.allFinite(a, nameA);
        Check.allFinite(b, nameB);
        double low =
                DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).min().orElse(0);
        double high =
                DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).max().orElse(1);
        double width = high > low ? (high - low) / BINS : 1.0 / BINS;
        XYChart chart = Theme.chart("", axis, "density", 640, 380);
        Theme.legendBelow(chart);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        add(chart, nameA + " (" + a.length + ")", a, low, width, Theme.colour(0));
        add(chart, nameB + " (" + b.length + ")", b, low, width, Theme.colour(1));
        return chart;
    }

    /** The outline of a histogram as an area: two points a bin. */
    private static void add(XYChart chart, String name, double[] values, double low, double width, Color colour) {
        var density = new double[BINS];
        for (double v : values) {
            density[Math.min(BINS - 1, (int) ((v - low) / width))] += 1 / (values.length * width);
        }
        var x = new double[2 * BINS + 3];
        var y = new double[2 * BINS + 3];
        x[0] = low;
        x[1] = low;
        y[1] = density[0];
        for (int b = 0; b < BINS; b++) {
            // the odd start of the first bin makes XChart choose round ticks: it puts them on evenly spaced data
            x[2 * b + 2] = low + (b == 0 ? 1 / Math.PI : b) * width;
            x[2 * b + 3] = low + (b + 1) * width;
            y[2 * b + 2] = density[b];
            y[2 * b + 3] = density[b];
        }
        x[2 * BINS + 2] = low + BINS * width;
        chart.addSeries(name, x, y)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(colour)
                .setFillColor(Theme.faint(colour, 95));
    }
}
