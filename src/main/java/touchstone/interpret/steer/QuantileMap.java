package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Optimal transport of each unit between two samples: a value at a quantile of the source goes to that quantile of the target. Sorted
 * value i of n has the quantile {@code (i + 1/2) / n}; between the values the map is a line, beyond them it shifts as at the end.
 * Equal values of the source go to the mean of their places. Immutable.
 */
@Reference("rodriguez2025controlling")
public final class QuantileMap implements UnitMap {
    private final List<Curve> curves;

    private QuantileMap(List<Curve> curves) {
        this.curves = List.copyOf(curves);
    }

    /** The map of rows [n, width] to rows [m, width]. */
    public static QuantileMap of(double[][] source, double[][] target) {
        Units.demandRows(source, "source");
        Units.demandRows(target, "target");
        Check.sameLength(source[0].length, "rows of source", target[0].length, "rows of target");
        var curves = new ArrayList<Curve>();
        for (int j = 0; j < source[0].length; j++) {
            curves.add(Curve.of(Units.column(source, j), Units.column(target, j)));
        }
        return new QuantileMap(curves);
    }

    @Override
    public int width() {
        return curves.size();
    }

    @Override
    public boolean changes(int unit) {
        Curve c = curves.get(unit);
        return !Arrays.equals(c.x, c.y);
    }

    @Override
    public void apply(double[] row) {
        Check.sameLength(row.length, "a row of activations", curves.size(), "units");
        for (int j = 0; j < row.length; j++) {
            row[j] = curves.get(j).at(row[j]);
        }
    }

    /** A rising broken line through (x, y). */
    private static final class Curve {
        private final double[] x;
        private final double[] y;

        private Curve(double[] x, double[] y) {
            this.x = x;
            this.y = y;
        }

        static Curve of(double[] source, double[] target) {
            double[] from = source.clone();
            double[] to = target.clone();
            Arrays.sort(from);
            Arrays.sort(to);
            var xs = new double[from.length];
            var ys = new double[from.length];
            int knots = 0;
            for (int i = 0; i < from.length; ) {
                int end = i;
                double sum = 0;
                while (end < from.length && from[end] == from[i]) {
                    sum += quantile(to, (end + 0.5) / from.length);
                    end++;
                }
                xs[knots] = from[i];
                ys[knots++] = sum / (end - i);
                i = end;
            }
            return new Curve(Arrays.copyOf(xs, knots), Arrays.copyOf(ys, knots));
        }

        private static double quantile(double[] sorted, double u) {
            double at = Math.max(0, Math.min(sorted.length - 1.0, u * sorted.length - 0.5));
            int low = (int) at;
            int high = Math.min(sorted.length - 1, low + 1);
            return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
        }

        double at(double v) {
            int last = x.length - 1;
            if (v <= x[0]) {
                return v + y[0] - x[0];
            }
            if (v >= x[last]) {
                return v + y[last] - x[last];
            }
            int found = Arrays.binarySearch(x, v);
            int right = found >= 0 ? found : -found - 1;
            int left = Math.max(0, right - 1);
            double share = (v - x[left]) / (x[right] - x[left]);
            return y[left] + share * (y[right] - y[left]);
        }
    }
}
