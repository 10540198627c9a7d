package touchstone.nn.lm;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import touchstone.nn.Parameter;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The difference of the parameters of two models of one shape, {@code tuned - base}, as one long vector in the order of
 * {@link LanguageModel#parameters}. Added to a model it gives the task, subtracted it takes it away. Immutable.
 *
 * <p>Follows the papers; {@link #ties} leaves the common factor to {@link #scale}.
 */
@Reference({"ilharco2023editing", "yadav2023ties"})
public final class TaskVector {
    private final List<Range> ranges;
    private final double[] values;

    private TaskVector(List<Range> ranges, double[] values) {
        this.ranges = ranges;
        this.values = values;
    }

    private record Range(String name, int rows, int columns) {
        int size() {
            return rows * columns;
        }
    }

    /** {@code tuned - base}; adapters must be merged first. */
    public static TaskVector between(LanguageModel base, LanguageModel tuned) {
        List<Range> ranges = ranges(base);
        demandSame(ranges, ranges(tuned), "tuned");
        return new TaskVector(ranges, combine(flat(tuned), flat(base), (t, b) -> t - b));
    }

    private static List<Range> ranges(LanguageModel model) {
        return model.parameters().stream()
                .map(p -> new Range(p.name(), p.value().rows(), p.value().columns()))
                .toList();
    }

    private static void demandSame(List<Range> expected, List<Range> found, String name) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String want = i < expected.size() ? expected.get(i).toString() : "nothing more";
            String had = i < found.size() ? found.get(i).toString() : "nothing more";
            if (!want.equals(had)) {
                throw new IllegalArgumentException(
                        name + " must be of the same shape, with " + want + " as parameter " + i + ", had " + had);
            }
        }
    }

    private static double[] flat(LanguageModel model) {
        var all = new double[model.size()];
        int at = 0;
        for (Parameter p : model.parameters()) {
            p.value().copyTo(all, at);
            at += p.value().size();
        }
        return all;
    }

    private static double[] combine(double[] a, double[] b, DoubleBinaryOperator f) {
        var out = new double[a.length];
        Arrays.setAll(out, i -> f.applyAsDouble(a[i], b[i]));
        return out;
    }

    private TaskVector with(double[] other) {
        return new TaskVector(ranges, other);
    }

    /** Number of numbers. */
    public int size() {
        return values.length;
    }

    /** The numbers, [size]. */
    public double[] values() {
        return values.clone();
    }

    /** This plus another of the same shape. */
    public TaskVector plus(TaskVector other) {
        demandSame(ranges, other.ranges, "other");
        return with(combine(values, other.values, Double::sum));
    }

    /** Each number times the factor. */
    public TaskVector scale(double factor) {
        Check.finite(factor, "factor");
        return with(Arrays.stream(values).map(v -> factor * v).toArray());
    }

    /** The opposite, which takes a task away. */
    public TaskVector negate() {
        return scale(-1);
    }

    /** Each number times that of the mask, [size]. */
    public TaskVector mask(double... mask) {
        Check.sameLength(mask.length, "mask", values.length, "task vector");
        return with(combine(values, mask, (v, m) -> v * m));
    }

    /**
     * As {@link #mask}, then in each parameter divided by the mean of its part of the mask, so that the parameter changes as much as
     * before on average; a part whose mean is 0 stays 0. With a random mask of zeros and ones this is dropping and rescaling.
     *
     * @param mask each 0 or more, [size]
     */
    @Reference({"tang2023concrete", "yu2024language"})
    public TaskVector spread(double... mask) {
        double[] out = mask(mask).values;
        double[] means = means(mask);
        for (int i = 0; i < out.length; i++) {
            out[i] = means[i] == 0 ? 0 : out[i] / means[i];
        }
        return with(out);
    }

    /** For each number the mean of the given numbers over its parameter, [size]. */
    double[] means(double... numbers) {
        Check.sameLength(numbers.length, "mask", values.length, "task vector");
        var out = new double[values.length];
        int at = 0;
        for (Range range : ranges) {
            double mean =
                    Arrays.stream(numbers, at, at + range.size()).average().orElse(0);
            Arrays.fill(out, at, at + range.size(), mean);
            at += range.size();
        }
        return out;
    }

    /** Zero but for the parameters whose names fit, such as {@code block0.attention.project.weight}. */
    public TaskVector only(Predicate<String> names) {
        double[] out = values.clone();
        int at = 0;
        for (Range range : ranges) {
            if (!names.test(range.name)) {
                Arrays.fill(out, at, at + range.size(), 0);
            }
            at += range.size();
        }
        return with(out);
    }

    /** Zero but for the share of numbers that are largest in size, ties to the earlier; density in [0, 1]. */
    public TaskVector largest(double density) {
        Check.probability(density, "density");
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(Math.abs(values[b]), Math.abs(values[a])))
                .mapToInt(Integer::intValue)
                .toArray();
        var out = new double[values.length];
        for (int k = 0; k < Math.round(density * values.length); k++) {
            out[order[k]] = values[order[k]];
        }
        return with(out);
    }

    /** The mean of task vectors of one shape, at least one. */
    public static TaskVector mean(List<TaskVector> vectors) {
        Check.nonEmpty(vectors.size(), "vectors");
        return vectors.stream().reduce(TaskVector::plus).orElseThrow().scale(1.0 / vectors.size());
    }

    /**
     * Merges task vectors with less interference: each keeps its largest numbers; each coordinate takes the sign of the sum of what
     * is left, and the mean of those numbers that are not zero and have that sign.
     *
     * @param density share that each keeps, in [0, 1]; the paper keeps 0.2
     */
    public static TaskVector ties(List<TaskVector> vectors, double density) {
        Check.nonEmpty(vectors.size(), "vectors");
        var trimmed = vectors.stream().map(v -> v.largest(density)).toList();
        TaskVector sum = trimmed.stream().reduce(TaskVector::plus).orElseThrow();
        var out = new double[sum.size()];
        for (int i = 0; i < out.length; i++) {
            double total = 0;
            int count = 0;
            for (TaskVector v : trimmed) {
                if (v.values[i] * sum.values[i] > 0) {
                    total += v.values[i];
                    count++;
                }
            }
            out[i] = count == 0 ? 0 : total / count;
        }
        return sum.with(out);
    }

    /** Euclidean length, 0 or more. */
    public double norm() {
        return Math.sqrt(dot(this));
    }

    /** Cosine with another of the same shape, in [-1, 1]; throws when either is zero. */
    public double cosine(TaskVector other) {
        demandSame(ranges, other.ranges, "other");
        return dot(other) / Check.positive(norm() * other.norm(), "product of the two lengths");
    }

    private double dot(TaskVector other) {
        return Arrays.stream(combine(values, other.values, (a, b) -> a * b)).sum();
    }

    /** A copy of a model of the same shape with this added to its parameters. */
    public LanguageModel applyTo(LanguageModel model) {
        demandSame(ranges, ranges(model), "model");
        LanguageModel copy = model.copy();
        double[] sum = combine(flat(copy), values, Double::sum);
        int at = 0;
        for (Parameter p : copy.parameters()) {
            p.value().copyFrom(sum, at);
            at += p.value().size();
        }
        return copy;
    }
}
