package touchstone.continual.l2m;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import touchstone.continual.l2m.LifelongSettings.Range;

/**
 * A lifetime and its experts, smoothed, then clamped, then scaled.
 *
 * @param regimes the lifetime, in order
 * @param experts learning curves of single-task experts by task, a curve a run
 * @param order tasks in the order of their first learning, then those only evaluated
 * @param ranges performance that each task was scaled by
 */
record Prepared(
        List<Regime> regimes, Map<String, List<double[]>> experts, List<String> order, Map<String, Range> ranges) {

    static Prepared of(LearningLog log, Map<String, List<LearningLog>> experts, LifelongSettings settings) {
        List<Regime> regimes = Regime.of(log.experiences()).stream()
                .map(r -> r.with(settings.smoothing().apply(r.values(), r.learning())))
                .toList();
        List<String> order = order(regimes);
        var curves = new LinkedHashMap<String, List<double[]>>();
        for (String task : order) {
            curves.put(
                    task,
                    experts.getOrDefault(task, List.of()).stream()
                            .map(run -> curve(run, settings))
                            .toList());
        }
        var smooth = new Prepared(regimes, curves, order, Map.of());
        Prepared clamped = settings.clampOutliers() ? smooth.clamped(settings) : smooth;
        return clamped.scaled(settings);
    }

    private static double[] curve(LearningLog expert, LifelongSettings settings) {
        return Regime.concatenated(Regime.of(expert.experiences()).stream()
                .filter(Regime::learning)
                .map(r -> r.with(settings.smoothing().apply(r.values(), true)))
                .toList());
    }

    private static List<String> order(List<Regime> regimes) {
        Set<String> order = new LinkedHashSet<>();
        regimes.stream().filter(Regime::learning).map(Regime::task).forEach(order::add);
        regimes.stream().map(Regime::task).forEach(order::add);
        return List.copyOf(order);
    }

    private Prepared clamped(LifelongSettings settings) {
        var bounds = new LinkedHashMap<String, Range>();
        for (String task : order) {
            Range given = settings.ranges().get(task);
            bounds.put(task, given != null ? given : quantiles(values(task)));
        }
        return mapped((task, x) -> Math.min(
                Math.max(x, bound(bounds, task).min()), bound(bounds, task).max()));
    }

    /** The 10 % and 90 % quantiles, interpolated between order statistics as NumPy does by default. */
    private static Range quantiles(double[] values) {
        var percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(values);
        return new Range(percentile.evaluate(10), percentile.evaluate(90));
    }

    /** All performance of a task: the lifetime's and its experts'. */
    private double[] values(String task) {
        return DoubleStream.concat(
                        regimes.stream()
                                .filter(r -> r.task().equals(task))
                                .flatMapToDouble(r -> Arrays.stream(r.values())),
                        experts.getOrDefault(task, List.of()).stream().flatMapToDouble(Arrays::stream))
                .toArray();
    }

    private Prepared scaled(LifelongSettings settings) {
        Map<String, Range> found = settings.ranges();
        if (found.isEmpty()) {
            found = new LinkedHashMap<>();
            for (String task : order) {
                double[] all = values(task);
                found.put(
                        task,
                        new Range(
                                Arrays.stream(all).min().orElseThrow(),
                                Arrays.stream(all).max().orElseThrow()));
            }
        }
        Map<String, Range> used = found;
        for (String task : order) {
            if (!used.containsKey(task)) {
                throw new IllegalArgumentException("ranges must have one of every task, had none of " + task);
            }
        }
        Range run = new Range(
                used.values().stream().mapToDouble(Range::min).min().orElseThrow(),
                used.values().stream().mapToDouble(Range::max).max().orElseThrow());
        Prepared scaled =
                switch (settings.normalization()) {
                    case NONE -> this;
                    case TASK -> mapped((task, x) -> scale(x, bound(used, task)));
                    case RUN -> mapped((task, x) -> scale(x, run));
                };
        return new Prepared(scaled.regimes, scaled.experts, order, used);
    }

    private static double scale(double x, Range range) {
        double width = range.max() - range.min();
        return width == 0 ? 1 : (x - range.min()) / width * 100 + 1;
    }

    private static Range bound(Map<String, Range> ranges, String task) {
        return Objects.requireNonNull(ranges.get(task), task);
    }

    private interface TaskMap {
        double apply(String task, double x);
    }

    private Prepared mapped(TaskMap map) {
        List<Regime> mappedRegimes = regimes.stream()
                .map(r -> r.with(each(r.values(), x -> map.apply(r.task(), x))))
                .toList();
        var mappedExperts = new LinkedHashMap<String, List<double[]>>();
        experts.forEach((task, runs) -> mappedExperts.put(
                task,
                runs.stream().map(run -> each(run, x -> map.apply(task, x))).toList()));
        return new Prepared(mappedRegimes, mappedExperts, order, ranges);
    }

    private static double[] each(double[] values, DoubleUnaryOperator map) {
        return Arrays.stream(values).map(map).toArray();
    }

    /** Regimes of a task, those of learning or those of evaluation; waking evaluations give way to sleeping ones. */
    List<Regime> of(String task, boolean learning) {
        boolean sleep = regimes.stream().anyMatch(r -> r.first().subtype().equals("sleep"));
        return regimes.stream()
                .filter(r -> r.task().equals(task) && r.learning() == learning)
                .filter(r -> learning || !sleep || !r.wake())
                .toList();
    }
}
