package touchstone.continual.strategy;

import java.util.ArrayDeque;
import java.util.Deque;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * When a stream of losses has settled: the last few have a small mean and a small variance, and since the last time they had, their
 * mean has risen by more than a standard deviation.
 *
 * @param window losses looked at, 1 or more
 * @param mean largest mean that counts as settled, above 0
 * @param variance largest variance (of n) that counts as settled, above 0
 */
@Reference("aljundi2019task")
public record Plateau(int window, double mean, double variance) {
    public Plateau {
        Check.atLeast(window, 1, "window");
        Check.positive(mean, "mean");
        Check.positive(variance, "variance");
    }

    /** The last 5 losses, of mean 1 and variance 0.1 at most: for cross-entropy of a batch and hard examples together. */
    public static Plateau defaults() {
        return new Plateau(5, 1, 0.1);
    }

    public Plateau withMean(double most) {
        return new Plateau(window, most, variance);
    }

    public Plateau withVariance(double most) {
        return new Plateau(window, mean, most);
    }

    /** Watches one stream from its start. */
    Watch watch() {
        return new Watch();
    }

    final class Watch {
        private final Deque<Double> last = new ArrayDeque<>();
        private boolean peak = true;
        private double settledMean;
        private double settledDeviation;

        /** Tells what has been seen. */
        void persist(Archive archive) {
            double[] seen =
                    archive.keep("losses", last.stream().mapToDouble(v -> v).toArray());
            last.clear();
            for (double loss : seen) {
                last.addLast(loss);
            }
            peak = archive.keep("peak", peak);
            settledMean = archive.keep("settled mean", settledMean);
            settledDeviation = archive.keep("settled deviation", settledDeviation);
        }

        /** Takes the next loss; whether the stream has settled anew. */
        boolean settles(double loss) {
            last.addLast(loss);
            if (last.size() > window) {
                last.removeFirst();
            }
            double average = last.stream().mapToDouble(v -> v).average().orElseThrow();
            double spread = last.stream()
                    .mapToDouble(v -> (v - average) * (v - average))
                    .average()
                    .orElseThrow();
            peak |= average > settledMean + settledDeviation;
            boolean settled = peak && last.size() == window && average < mean && spread < variance;
            if (settled) {
                peak = false;
                settledMean = average;
                settledDeviation = Math.sqrt(spread);
            }
            return settled;
        }
    }
}
