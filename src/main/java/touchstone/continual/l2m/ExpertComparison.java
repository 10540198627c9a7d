package touchstone.continual.l2m;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.continual.l2m.LifelongSettings.ExpertAverage;

/**
 * A task's learning beside that of its single-task expert, a value a run of the expert (one for the mean curve). A run whose
 * performance sums to 0 has no relative performance, one that saturates at 0 no sample efficiency; they are left out.
 *
 * @param relativePerformance sum of performance over the expert's, over the shorter length; above 1 means better
 * @param saturation highest smoothed performance of the lifetime; NaN when it never rose above its start
 * @param experiencesToSaturation experiences until then; NaN likewise
 * @param expertSaturation the same of the expert
 * @param expertExperiencesToSaturation the same of the expert
 * @param sampleEfficiency {@code (saturation / expert's) (expert's experiences / experiences)}; above 1 means faster or higher
 */
public record ExpertComparison(
        List<Double> relativePerformance,
        double saturation,
        double experiencesToSaturation,
        List<Double> expertSaturation,
        List<Double> expertExperiencesToSaturation,
        List<Double> sampleEfficiency) {
    public ExpertComparison {
        relativePerformance = List.copyOf(relativePerformance);
        expertSaturation = List.copyOf(expertSaturation);
        expertExperiencesToSaturation = List.copyOf(expertExperiencesToSaturation);
        sampleEfficiency = List.copyOf(sampleEfficiency);
    }

    static ExpertComparison of(double[] task, List<double[]> runs, ExpertAverage average) {
        if (task.length == 0 || runs.isEmpty()) {
            return new ExpertComparison(List.of(), Double.NaN, Double.NaN, List.of(), List.of(), List.of());
        }
        List<double[]> experts = average == ExpertAverage.TIME ? List.of(meanCurve(runs)) : runs;
        List<Double> relative = experts.stream()
                .map(e -> relative(task, e))
                .filter(r -> !Double.isNaN(r))
                .toList();
        var own = Curve.Saturation.of(task);
        var saturations = new ArrayList<Double>();
        var experiences = new ArrayList<Double>();
        var efficiency = new ArrayList<Double>();
        for (double[] expert : experts) {
            var of = Curve.Saturation.of(expert);
            if (own.experiences() != 0 && of.experiences() != 0 && of.value() != 0) {
                saturations.add(of.value());
                experiences.add(of.experiences());
                efficiency.add(own.value() / of.value() * (of.experiences() / own.experiences()));
            }
        }
        boolean none = efficiency.isEmpty();
        return new ExpertComparison(
                relative,
                none ? Double.NaN : own.value(),
                none ? Double.NaN : own.experiences(),
                saturations,
                experiences,
                efficiency);
    }

    private static double relative(double[] task, double[] expert) {
        int shorter = Math.min(task.length, expert.length);
        double whole = sum(expert, shorter);
        return whole == 0 ? Double.NaN : sum(task, shorter) / whole;
    }

    private static double sum(double[] x, int n) {
        return Arrays.stream(x, 0, n).sum();
    }

    private static double[] meanCurve(List<double[]> runs) {
        int shortest = runs.stream().mapToInt(r -> r.length).min().orElseThrow();
        var mean = new double[shortest];
        Arrays.setAll(mean, i -> runs.stream().mapToDouble(r -> r[i]).average().orElseThrow());
        return mean;
    }
}
