package touchstone.unlearn.report;

import java.util.stream.IntStream;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetSplit;

/** The retained examples most like those to forget: where unlearning does damage first. */
public final class Twins {
    private Twins() {}

    /** For each example to forget its nearest retained one by Euclidean distance of the inputs, each taken once. */
    public static Examples nearest(ForgetSplit split) {
        Examples retain = split.retain();
        var chosen = new boolean[retain.size()];
        for (int i = 0; i < split.forget().size(); i++) {
            double[] x = split.forget().input(i);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < retain.size(); j++) {
                double distance = squared(x, retain.input(j));
                if (distance < least) {
                    least = distance;
                    best = j;
                }
            }
            chosen[best] = true;
        }
        return retain.select(
                IntStream.range(0, chosen.length).filter(j -> chosen[j]).toArray());
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }
}
