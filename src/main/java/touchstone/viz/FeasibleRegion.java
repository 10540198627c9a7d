package touchstone.viz;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.metrics.Pareto;
import touchstone.util.Check;

/**
 * Policies by cost and reward, with the limit of the cost: to its left lies what is allowed. The line joins the policies that no
 * other beats in both.
 */
public final class FeasibleRegion {
    private FeasibleRegion() {}

    /**
     * The chart.
     *
     * @param title above the chart; may be empty
     * @param costAxis title of the horizontal axis; higher is worse
     * @param rewardAxis title of the vertical axis; higher is better
     * @param limit the largest cost allowed
     * @param policies names in the map's order, each with points {cost, reward}, [n, 2], n at least 1
     */
    public static XYChart of(
            String title, String costAxis, String rewardAxis, double limit, Map<String, double[][]> policies) {
        Check.nonEmpty(policies.size(), "policies");
        Check.finite(limit, "limit");
        double[][] all = Points.all(policies);
        double[] costs = DoubleStream.concat(Points.column(all, 0), DoubleStream.of(limit))
                .toArray();
        double[] x = Points.range(costs);
        double[] y = Points.range(Points.column(all, 1).toArray());
        List<String> names = new ArrayList<>(List.of("cost at most " + Points.brief(limit), "front"));
        names.addAll(policies.keySet());
        XYChart chart = Points.chart(title, costAxis, rewardAxis, names);
        Points.axes(chart, x, y);
        allowed(chart, x[0], limit, y);
        double[][] front = Points.sorted(frontOf(all));
        chart.addSeries(
                        "front",
                        Points.column(front, 0).toArray(),
                        Points.column(front, 1).toArray())
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.FAINT)
                .setLineStyle(Theme.DASHED);
        Points.draw(chart, policies);
        return chart;
    }

    private static void allowed(XYChart chart, double left, double limit, double[] y) {
        Color green = Theme.colour(2);
        chart.addSeries("cost at most " + Points.brief(limit), new double[] {left, left, limit, limit}, new double[] {
                    y[0], y[1], y[1], y[0]
                })
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.faint(green, 120))
                .setFillColor(Theme.faint(green, 32));
    }

    private static double[][] frontOf(double[][] points) {
        double[][] turned =
                Arrays.stream(points).map(p -> new double[] {-p[0], p[1]}).toArray(double[][]::new);
        return Arrays.stream(Pareto.front(turned)).mapToObj(i -> points[i]).toArray(double[][]::new);
    }
}
