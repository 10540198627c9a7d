package touchstone.viz;

import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.metrics.Pareto;
import touchstone.util.Check;

/**
 * Two objectives, both better when higher: the points of several methods, the staircase of what each one's front dominates above a
 * reference, and the area under it, the hypervolume, in the legend.
 */
public final class ParetoChart {
    private ParetoChart() {}

    /**
     * The chart.
     *
     * @param title above the chart; may be empty
     * @param xAxis title of the first objective
     * @param yAxis title of the second
     * @param reference the point that everything useful exceeds, {x, y}
     * @param methods names in the map's order, each with points [n, 2], n at least 1
     */
    public static XYChart of(
            String title, String xAxis, String yAxis, double[] reference, Map<String, double[][]> methods) {
        Check.nonEmpty(methods.size(), "methods");
        Check.sameLength(reference.length, "reference", 2, "a pair");
        Check.allFinite(reference, "reference");
        Map<String, double[][]> clouds = new LinkedHashMap<>(methods);
        clouds.put("reference", new double[][] {reference});
        double[][] all = Points.all(clouds);
        Map<String, double[][]> named = new LinkedHashMap<>();
        methods.forEach((name, points) -> {
            double volume = Pareto.hypervolume(points, reference);
            named.put(String.format(Locale.ROOT, "%s (hypervolume %.3f)", name, volume), points);
        });
        XYChart chart = Points.chart(title, xAxis, yAxis, named.keySet());
        Points.axes(
                chart,
                Points.range(Points.column(all, 0).toArray()),
                Points.range(Points.column(all, 1).toArray()));
        int i = 0;
        for (Map.Entry<String, double[][]> e : methods.entrySet()) {
            stairs(chart, e.getKey(), e.getValue(), reference, Theme.colour(i++));
        }
        Points.draw(chart, named);
        return chart;
    }

    /** The outline of what the front dominates: along its steps from the left, and back along the reference. */
    private static void stairs(XYChart chart, String name, double[][] points, double[] reference, Color colour) {
        double[][] above = Arrays.stream(points)
                .filter(p -> p[0] > reference[0] && p[1] > reference[1])
                .toArray(double[][]::new);
        if (above.length == 0) {
            return;
        }
        double[][] front = Points.sorted(
                Arrays.stream(Pareto.front(above)).mapToObj(i -> above[i]).toArray(double[][]::new));
        int k = front.length;
        var x = new double[2 * k + 2];
        var y = new double[2 * k + 2];
        x[0] = reference[0];
        y[0] = front[0][1];
        for (int i = 0; i < k; i++) {
            x[2 * i + 1] = front[i][0];
            y[2 * i + 1] = front[i][1];
            x[2 * i + 2] = front[i][0];
            y[2 * i + 2] = i + 1 < k ? front[i + 1][1] : reference[1];
        }
        x[2 * k + 1] = reference[0];
        y[2 * k + 1] = reference[1];
        chart.addSeries("area of " + name, x, y)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.faint(colour, 150))
                .setShowInLegend(false)
                .setFillColor(Theme.faint(colour, 26));
    }
}
