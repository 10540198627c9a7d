package touchstone.viz;

import java.util.Map;
import org.knowm.xchart.XYChart;
import touchstone.util.Check;

/** Named clouds of points in the plane, each in a colour and with a marker of its own. */
public final class Scatter {
    private Scatter() {}

    /**
     * The chart.
     *
     * @param title above the chart; may be empty
     * @param xAxis title of the horizontal axis
     * @param yAxis title of the vertical axis
     * @param clouds names in the map's order, each with points {x, y}, [n, 2], n at least 1
     */
    public static XYChart of(String title, String xAxis, String yAxis, Map<String, double[][]> clouds) {
        Check.nonEmpty(clouds.size(), "clouds");
        double[][] all = Points.all(clouds);
        XYChart chart = Points.chart(title, xAxis, yAxis, clouds.keySet());
        Points.axes(
                chart,
                Points.range(Points.column(all, 0).toArray()),
                Points.range(Points.column(all, 1).toArray()));
        Points.draw(chart, clouds);
        return chart;
    }
}
