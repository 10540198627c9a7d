package touchstone.viz;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.metrics.CalibrationError;
import touchstone.metrics.Reliability;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Accuracy against confidence by bins, with the line of perfect calibration; below it a model is over-confident. */
@Reference("guo2017calibration")
public final class ReliabilityDiagram {
    private ReliabilityDiagram() {}

    /** The diagram of bins; empty bins are left out. */
    public static XYChart of(Reliability reliability) {
        List<Reliability.Bin> bins =
                reliability.bins().stream().filter(b -> b.count() > 0).toList();
        Check.nonEmpty(bins.size(), "bins with examples");
        XYChart chart = Theme.chart("Reliability", "confidence", "accuracy", 500, 480);
        Theme.unitSquare(chart);
        Theme.legendBelow(chart);
        String ece = String.format(Locale.ROOT, "accuracy a bin (ECE %.3f)", CalibrationError.expected(reliability));
        bars(chart, ece, bins);
        Theme.diagonal(chart, "perfect calibration");
        double[] x = bins.stream().mapToDouble(Reliability.Bin::confidence).toArray();
        double[] y = bins.stream().mapToDouble(Reliability.Bin::accuracy).toArray();
        chart.addSeries("mean confidence and accuracy", x, y)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(Theme.colour(1));
        return chart;
    }

    private static void bars(XYChart chart, String name, List<Reliability.Bin> bins) {
        var x = new double[4 * bins.size()];
        var y = new double[4 * bins.size()];
        for (int b = 0; b < bins.size(); b++) {
            Reliability.Bin bin = bins.get(b);
            double gap = 0.06 * (bin.high() - bin.low());
            x[4 * b] = bin.low() + gap;
            x[4 * b + 1] = bin.low() + gap;
            x[4 * b + 2] = bin.high() - gap;
            x[4 * b + 3] = bin.high() - gap;
            y[4 * b + 1] = bin.accuracy();
            y[4 * b + 2] = bin.accuracy();
        }
        chart.addSeries(name, x, y)
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.colour(0))
                .setFillColor(Theme.faint(Theme.colour(0), 120));
    }
}
