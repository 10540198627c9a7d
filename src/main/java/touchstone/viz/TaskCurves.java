package touchstone.viz;

import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import touchstone.util.Check;

/** The score of each task through training, a line a task, with dashed lines where training on a task ends. */
public final class TaskCurves {
    private TaskCurves() {}

    /**
     * The chart; evaluations lie one apart, and those that are NaN are left out.
     *
     * @param title above the chart; may be empty
     * @param yAxis title of the vertical axis, such as "accuracy"
     * @param score [T][N], N at least 1, such as accuracies
     * @param taskEnds index of the last evaluation of each task's training, in [0, N); may be empty
     */
    public static XYChart of(String title, String yAxis, double[][] score, int[] taskEnds) {
        Check.nonEmpty(score.length, "score");
        Check.nonEmpty(score[0].length, "score[0]");
        XYChart chart = Theme.chart(title, "updates", yAxis, 720, 400);
        Theme.legendBelow(chart);
        double low = 0;
        double high = 1;
        for (int j = 0; j < score.length; j++) {
            double[] y = score[j];
            Check.sameLength(y.length, "score[" + j + "]", score[0].length, "score[0]");
            int[] there = IntStream.range(0, y.length)
                    .filter(n -> !Double.isNaN(y[n]))
                    .toArray();
            double[] values = IntStream.of(there).mapToDouble(n -> y[n]).toArray();
            Check.allFinite(values, "score[" + j + "]");
            for (double v : values) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
            if (there.length > 0) {
                double[] x = IntStream.of(there).asDoubleStream().toArray();
                Theme.line(chart, "task " + (j + 1), x, values, Theme.colour(j));
            }
        }
        for (int k = 0; k < taskEnds.length; k++) {
            end(chart, Check.index(taskEnds[k], score[0].length, "taskEnds[" + k + "]"), low, high);
        }
        looseTicks(chart, score[0].length);
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax((double) Math.max(1, score[0].length - 1));
        chart.getStyler().setYAxisMin(low);
        chart.getStyler().setYAxisMax(high);
        return chart;
    }

    /** A point that is not seen at an odd place: where all x are evenly spaced XChart puts ticks on them, close together. */
    private static void looseTicks(XYChart chart, int most) {
        double odd = most / Math.PI;
        chart.addSeries("odd place", new double[] {odd}, new double[] {0})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.faint(Theme.PAPER, 0))
                .setShowInLegend(false);
    }

    private static void end(XYChart chart, int at, double low, double high) {
        chart.addSeries("end at " + at, new double[] {at, at}, new double[] {low, high})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Theme.FAINT)
                .setLineStyle(Theme.DASHED)
                .setShowInLegend(false);
    }
}
