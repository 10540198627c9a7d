package touchstone.continual.l2m;

import java.util.Map;
import touchstone.util.Check;

/**
 * How logs are prepared and figures put together; the defaults are those of the published program.
 *
 * @param normalization scale of the performance
 * @param smoothing how learning curves are smoothed
 * @param clampOutliers whether values are clamped to the 10 % and 90 % quantiles of their task, or to its given range
 * @param expertAverage how several runs of a single-task expert are put together
 * @param aggregation how figures of tasks become one of the lifetime
 * @param ranges performance that each task is scaled by; empty to take it from the data
 */
public record LifelongSettings(
        Normalization normalization,
        Smoothing smoothing,
        boolean clampOutliers,
        ExpertAverage expertAverage,
        Aggregation aggregation,
        Map<String, Range> ranges) {

    public LifelongSettings {
        ranges = Map.copyOf(ranges);
    }

    /** Scale of the performance. */
    public enum Normalization {
        /** As logged. */
        NONE,
        /** 1 to 101 over each task's own range. */
        TASK,
        /** 1 to 101 over the range of all tasks. */
        RUN
    }

    /** How figures of tasks become one of the lifetime. */
    public enum Aggregation {
        MEAN,
        MEDIAN
    }

    /** How several runs of an expert are put together. */
    public enum ExpertAverage {
        /** Figures against each run, averaged. */
        METRICS,
        /** Figures against the mean curve of the runs, cut to the shortest. */
        TIME
    }

    /** Lowest and highest performance of a task. */
    public record Range(double min, double max) {
        public Range {
            Check.finite(min, "min");
            Check.finite(max, "max");
            if (min > max) {
                throw new IllegalArgumentException("min must be at most max, were " + min + " and " + max);
            }
        }
    }

    /**
     * How learning curves are smoothed.
     *
     * @param on whether they are
     * @param window shape of the window
     * @param length length of the window; 0 for a fifth of the curve, at most 100
     * @param evaluations whether evaluation curves are smoothed as well
     */
    public record Smoothing(boolean on, Window window, int length, boolean evaluations) {
        public Smoothing {
            Check.atLeast(length, 0, "length");
        }

        /** A flat window of a fifth of the curve, over learning only. */
        public static Smoothing defaults() {
            return new Smoothing(true, Window.FLAT, 0, false);
        }

        /** No smoothing. */
        public static Smoothing none() {
            return new Smoothing(false, Window.FLAT, 0, false);
        }

        double[] apply(double[] x, boolean learning) {
            return on && (learning || evaluations) ? window.smooth(x, length) : x.clone();
        }
    }

    /** The published program's defaults. */
    public static LifelongSettings defaults() {
        return new LifelongSettings(
                Normalization.TASK, Smoothing.defaults(), false, ExpertAverage.METRICS, Aggregation.MEAN, Map.of());
    }

    public LifelongSettings withNormalization(Normalization n) {
        return new LifelongSettings(n, smoothing, clampOutliers, expertAverage, aggregation, ranges);
    }

    public LifelongSettings withSmoothing(Smoothing s) {
        return new LifelongSettings(normalization, s, clampOutliers, expertAverage, aggregation, ranges);
    }

    public LifelongSettings withClampOutliers(boolean clamp) {
        return new LifelongSettings(normalization, smoothing, clamp, expertAverage, aggregation, ranges);
    }

    public LifelongSettings withExpertAverage(ExpertAverage e) {
        return new LifelongSettings(normalization, smoothing, clampOutliers, e, aggregation, ranges);
    }

    public LifelongSettings withAggregation(Aggregation a) {
        return new LifelongSettings(normalization, smoothing, clampOutliers, expertAverage, a, ranges);
    }

    public LifelongSettings withRanges(Map<String, Range> r) {
        return new LifelongSettings(normalization, smoothing, clampOutliers, expertAverage, aggregation, r);
    }
}
