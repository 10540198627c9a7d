package touchstone.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/** Trade-offs between several objectives, all of which are better when higher. */
public final class Pareto {
    private Pareto() {}

    /**
     * Places of the points that no other point dominates, in rising order. A point dominates another when it is at least as good in
     * every objective and better in one; equal points do not dominate each other.
     *
     * @param points finite, [n, objectives]
     */
    public static int[] front(double[][] points) {
        check(points);
        return IntStream.range(0, points.length)
                .filter(i -> Arrays.stream(points).noneMatch(other -> dominates(other, points[i])))
                .toArray();
    }

    /**
     * Volume of the space that the points dominate above a reference: the sum over slices of the last objective, each times the
     * volume of the points above it in the others.
     *
     * @param points finite, [n, objectives]; those not above the reference in every objective add nothing
     * @param reference the point that everything useful exceeds, [objectives]
     */
    @Reference("zitzler1999multiobjective")
    public static double hypervolume(double[][] points, double... reference) {
        check(points);
        Check.allFinite(reference, "reference");
        Check.sameLength(points[0].length, "points[0]", reference.length, "reference");
        List<double[]> above = Arrays.stream(points)
                .filter(p -> IntStream.range(0, p.length).allMatch(k -> p[k] > reference[k]))
                .toList();
        return volume(above, reference, reference.length);
    }

    private static double volume(List<double[]> points, double[] reference, int objectives) {
        int last = objectives - 1;
        if (last == 0) {
            return points.stream().mapToDouble(p -> p[0]).max().orElse(reference[0]) - reference[0];
        }
        List<double[]> falling = points.stream()
                .sorted(Comparator.comparingDouble(p -> -p[last]))
                .toList();
        double sum = 0;
        for (int i = 0; i < falling.size(); i++) {
            double floor = i + 1 < falling.size() ? falling.get(i + 1)[last] : reference[last];
            double depth = falling.get(i)[last] - floor;
            sum += depth == 0 ? 0 : depth * volume(falling.subList(0, i + 1), reference, last);
        }
        return sum;
    }

    private static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int k = 0; k < a.length; k++) {
            if (a[k] < b[k]) {
                return false;
            }
            better |= a[k] > b[k];
        }
        return better;
    }

    private static void check(double[][] points) {
        Check.nonEmpty(points.length, "points");
        Check.nonEmpty(points[0].length, "points[0]");
        for (int i = 0; i < points.length; i++) {
            Check.sameLength(points[i].length, "points[" + i + "]", points[0].length, "points[0]");
            Check.allFinite(points[i], "points[" + i + "]");
        }
    }
}
