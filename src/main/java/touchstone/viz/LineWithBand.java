package touchstone.viz;

import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.util.Check;

/** Lines over a common axis, each with a band, such as a learning curve over seeds. */
public final class LineWithBand {
    private LineWithBand() {}

    /**
     * The chart.
     *
     * @param title above the chart; may be empty
     * @param xAxis title of the horizontal axis
     * @param yAxis title of the vertical axis
     * @param x places of the points, [k], rising
     * @param bands the lines, [k] each
     */
    public static XYChart of(String title, String xAxis, String yAxis, double[] x, Band... bands) {
        Check.nonEmpty(bands.length, "bands");
        Check.allFinite(x, "x");
        XYChart chart = Theme.chart(title, xAxis, yAxis, 640, 400);
        Theme.legendBelow(chart);
        for (int i = 0; i < bands.length; i++) {
            Check.sameLength(bands[i].mean().length, "band " + bands[i].name(), x.length, "x");
            area(chart, bands[i], x, Theme.colour(i));
        }
        for (int i = 0; i < bands.length; i++) {
            Theme.line(chart, bands[i].name(), x, bands[i].mean(), Theme.colour(i));
        }
        return chart;
    }

    /** The band as a polygon: along its upper edge and back along its lower one. */
    private static void area(XYChart chart, Band band, double[] x, Color colour) {
        int k = x.length;
        var px = new double[2 * k];
        var py = new double[2 * k];
        double[] lower = band.lower();
        double[] upper = band.upper();
        for (int j = 0; j < k; j++) {
            px[j] = x[j];
            py[j] = upper[j];
            px[2 * k - 1 - j] = x[j];
            py[2 * k - 1 - j] = lower[j];
        }
        chart.addSeries("band of " + band.name(), px, py)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.faint(colour, 0))
                .setShowInLegend(false)
                .setFillColor(Theme.faint(colour, 55));
    }
}
