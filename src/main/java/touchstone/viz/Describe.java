package touchstone.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/** Charts in words, for plain text and for those who listen to a page. */
public final class Describe {
    private Describe() {}

    /** Title, axes and series of any XChart chart; of an XY chart the ranges too. */
    public static String chart(Chart<?, ?> chart) {
        String title = chart.getTitle() == null || chart.getTitle().isBlank() ? "" : " \"" + chart.getTitle() + "\"";
        String kind = chart.getClass().getSimpleName().replaceFirst("Chart$", "");
        String head = (kind.isEmpty() ? "Chart" : kind + " chart") + title;
        if (chart instanceof XYChart xy) {
            head += "; " + xy.getYAxisTitle() + " over " + xy.getXAxisTitle();
        }
        String series = chart.getSeriesCollection().stream()
                .filter(s -> s.isShowInLegend())
                .map(Describe::series)
                .collect(Collectors.joining("; "));
        return series.isEmpty() ? head : head + "; " + series;
    }

    private static String series(Series series) {
        if (!(series instanceof XYSeries xy)) {
            return series.getName();
        }
        return xy.getName() + ": " + xy.getXData().length + " points, x " + range(xy.getXData()) + ", y "
                + range(xy.getYData());
    }

    private static String range(double[] values) {
        double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(Double.NaN);
        double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NaN);
        return brief(low) + " to " + brief(high);
    }

    private static String brief(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : String.valueOf(x);
        }
        boolean plain = Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6;
        return plain
                ? new BigDecimal(x)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.format(Locale.ROOT, "%.2e", x);
    }
}
