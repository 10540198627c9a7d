package touchstone.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.util.Check;

/** Named clouds of points in the plane. */
final class Points {
    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS);

    private Points() {}

    /** All points of all clouds, [n, 2]; demands finite pairs and none empty. */
    static double[][] all(Map<String, double[][]> clouds) {
        clouds.forEach((name, cloud) -> {
            Check.nonEmpty(cloud.length, name);
            for (int i = 0; i < cloud.length; i++) {
                Check.sameLength(cloud[i].length, name + "[" + i + "]", 2, "a pair");
                Check.allFinite(cloud[i], name + "[" + i + "]");
            }
        });
        return clouds.values().stream().flatMap(Arrays::stream).toArray(double[][]::new);
    }

    static DoubleStream column(double[][] points, int k) {
        return Arrays.stream(points).mapToDouble(p -> p[k]);
    }

    /** Least and largest with a margin of 6 % of the range on both sides. */
    static double[] range(double[] values) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double margin = high > low ? 0.06 * (high - low) : Math.max(1, Math.abs(high)) * 0.1;
        return new double[] {low - margin, high + margin};
    }

    static double[][] sorted(double[][] points) {
        return Arrays.stream(points)
                .sorted(Comparator.comparingDouble((double[] p) -> p[0]))
                .toArray(double[][]::new);
    }

    static void axes(XYChart chart, double[] x, double[] y) {
        chart.getStyler().setXAxisMin(x[0]);
        chart.getStyler().setXAxisMax(x[1]);
        chart.getStyler().setYAxisMin(y[0]);
        chart.getStyler().setYAxisMax(y[1]);
    }

    /** The legend below the plot: names side by side where they fit, else one below the other on a taller chart. */
    static XYChart chart(String title, String xAxis, String yAxis, Collection<String> names) {
        int width = 640;
        int needed = names.stream().mapToInt(n -> 7 * n.length() + 36).sum();
        boolean stacked = needed > width - 60;
        XYChart chart = Theme.chart(title, xAxis, yAxis, width, 460 + (stacked ? 20 * names.size() : 0));
        Theme.legendBelow(chart);
        if (stacked) {
            chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        }
        return chart;
    }

    /** Draws each cloud in a colour and with a marker of its own. */
    static void draw(XYChart chart, Map<String, double[][]> clouds) {
        int i = 0;
        for (Map.Entry<String, double[][]> e : clouds.entrySet()) {
            chart.addSeries(
                            e.getKey(),
                            column(e.getValue(), 0).toArray(),
                            column(e.getValue(), 1).toArray())
                    .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                    .setMarker(MARKERS.get(
                            (i + i / MARKERS.size()) % MARKERS.size())) // with a colour again: another marker
                    .setMarkerColor(Theme.colour(i));
            i++;
        }
    }

    /** A number in at most 3 digits. */
    static String brief(double x) {
        return x == 0
                ? "0"
                : new BigDecimal(x)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
