package touchstone.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.util.Reference;

/**
 * The look all charts share: the colours of Okabe and Ito, which people with the usual kinds of colour blindness tell apart,
 * light grid lines, no frames, fonts fit for a projector.
 */
@Reference("okabe2008color")
public final class Theme {
    /** Series colours in order: blue, vermilion, green, purple, orange, sky. */
    public static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9));

    static final Color INK = new Color(0x333333);
    static final Color FAINT = new Color(0x8A8A8A);
    static final Color GRID = new Color(0xE4E4E4);
    static final Color PAPER = Color.WHITE;
    static final BasicStroke LINE = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);

    private Theme() {}

    /** Series colour {@code i}, going round after the last. */
    public static Color colour(int i) {
        return COLOURS.get(Math.floorMod(i, COLOURS.size()));
    }

    /** Gives a chart of your own this look. */
    public static void apply(Styler styler) {
        styler.setBaseFont(font(Font.PLAIN, 12));
        styler.setChartTitleFont(font(Font.BOLD, 14));
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setChartFontColor(INK);
        styler.setChartBackgroundColor(PAPER);
        styler.setPlotBackgroundColor(PAPER);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitlePadding(10);
        styler.setChartPadding(14);
        styler.setLegendBackgroundColor(new Color(255, 255, 255, 215));
        styler.setLegendBorderColor(new Color(255, 255, 255, 0));
        styler.setLegendPadding(6);
        styler.setLegendSeriesLineLength(20);
        styler.setSeriesColors(COLOURS.toArray(Color[]::new));
        styler.setAntiAlias(true);
        styler.setTextAntiAlias(true);
        styler.setMarkerSize(7);
        if (styler instanceof AxesChartStyler axes) {
            applyAxes(axes);
        }
    }

    private static void applyAxes(AxesChartStyler axes) {
        axes.setAxisTitleFont(font(Font.PLAIN, 13));
        axes.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        axes.setAxisTickLabelsColor(INK);
        axes.setAxisTickMarksColor(FAINT);
        axes.setAxisTicksLineVisible(false);
        axes.setPlotGridLinesColor(GRID);
        axes.setPlotGridLinesStroke(new BasicStroke(1));
        axes.setPlotTicksMarksVisible(false);
        axes.setAxisTickMarkLength(0);
        axes.setAxisTickPadding(6);
        axes.setAxisTitlePadding(10);
        axes.setPlotMargin(0);
        axes.setXAxisTickMarkSpacingHint(80);
        axes.setYAxisTickMarkSpacingHint(50);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** An empty chart of lines in this look. */
    static XYChart chart(String title, String x, String y, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .width(width)
                .height(height)
                .build();
        apply(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        return chart;
    }

    /** The legend below the plot, where it hides no data. */
    static void legendBelow(XYChart chart) {
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    /** Axes from 0 to 1. */
    static void unitSquare(XYChart chart) {
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax(1.0);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0");
        chart.getStyler().setYAxisDecimalPattern("0.0");
    }

    /**
     * The diagonal of the unit square, dashed and not in the legend. Its middle point is at an odd place on purpose: XChart
     * puts ticks on the data where all x are evenly spaced, and would label 0.0966 as 0.1.
     */
    static void diagonal(XYChart chart, String name) {
        double odd = 1 / Math.PI;
        chart.addSeries(name, new double[] {0, odd, 1}, new double[] {0, odd, 1})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(FAINT)
                .setLineStyle(DASHED)
                .setShowInLegend(false);
    }

    /** A line in a series colour. */
    static void line(XYChart chart, String name, double[] x, double[] y, Color colour) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(colour)
                .setLineStyle(LINE);
    }

    static Color faint(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
