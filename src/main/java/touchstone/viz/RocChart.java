package touchstone.viz;

import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import touchstone.metrics.RocCurve;
import touchstone.util.Check;

/** ROC curves, out-of-distribution positive, with the area of each in the legend and the line of guessing. */
public final class RocChart {
    private RocChart() {}

    /** One curve. */
    public static XYChart of(String name, RocCurve curve) {
        return of(Map.of(name, curve));
    }

    /** Several curves by name, in the map's order. */
    public static XYChart of(Map<String, RocCurve> curves) {
        Check.nonEmpty(curves.size(), "curves");
        XYChart chart = Theme.chart(
                "ROC: out-of-distribution is positive",
                "false positive rate (in-distribution flagged)",
                "true positive rate (out-of-distribution flagged)",
                520,
                480);
        Theme.unitSquare(chart);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        int i = 0;
        for (Map.Entry<String, RocCurve> e : curves.entrySet()) {
            String label = String.format(
                    Locale.ROOT, "%s (AUROC %.3f)", e.getKey(), e.getValue().area());
            Theme.line(chart, label, e.getValue().fpr(), e.getValue().tpr(), Theme.colour(i++));
        }
        Theme.diagonal(chart, "guessing");
        return chart;
    }
}
