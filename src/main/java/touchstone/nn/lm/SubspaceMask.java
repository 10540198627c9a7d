package touchstone.nn.lm;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Learns which numbers of task vectors may be added to a model without harm to what a loss measures: subspace-oriented model fusion.
 * All task vectors share one mask of a probability a number, drawn in training from the Concrete distribution,
 * {@code m = sigmoid((logit + log u - log(1 - u)) / T)}; the model is {@code start + mean over tasks of spread(m)}; the logits
 * alone are trained, by Adam, from 0.
 *
 * <p>Follows the papers' code, with the loss a free choice (theirs is the cross-entropy of safe answers, or DPO); whole models
 * instead of adapters.
 *
 * @param temperature T of the distribution, above 0; the paper's code has 0.5
 * @param rate of Adam on the logits, above 0
 * @param steps batches, 1 or more
 * @param seed of the draws
 */
@Reference({"yi2024safety", "tang2023concrete", "maddison2017concrete"})
public record SubspaceMask(double temperature, double rate, int steps, long seed) {
    private static final double EDGE = 1e-6; // keeps u from 0 and 1

    public SubspaceMask {
        Check.positive(temperature, "temperature");
        Check.positive(rate, "rate");
        Check.atLeast(steps, 1, "steps");
    }

    /** Temperature 0.5, rate 0.1, 100 steps, seed 1. */
    public static SubspaceMask defaults() {
        return new SubspaceMask(0.5, 0.1, 100, 1);
    }

    public SubspaceMask withRate(double r) {
        return new SubspaceMask(temperature, r, steps, seed);
    }

    public SubspaceMask withSteps(int count) {
        return new SubspaceMask(temperature, rate, count, seed);
    }

    public SubspaceMask withSeed(long s) {
        return new SubspaceMask(temperature, rate, steps, s);
    }

    /**
     * Learns a mask.
     *
     * @param start the model to which the vectors are added; not changed
     * @param tasks one or more of its shape
     * @return the probability with which each number is kept, in (0, 1), [size of a task vector]
     */
    public double[] fit(LanguageModel start, List<TaskVector> tasks, Batches batches, LanguageLoss loss) {
        TaskVector task = TaskVector.mean(tasks);
        Backend backend = start.backend();
        Tensor logits = backend.zeros(1, task.size());
        var mask = new Parameter("mask", logits, backend.zeros(1, task.size()), Parameter.Kind.PLAIN);
        Optimizer.Stepper stepper = AdamW.defaults().withDecay(0).start(backend, List.of(mask));
        for (int step = 0; step < steps; step++) {
            double[] m = draw(logits, Seeds.rng(seed, "mask", step));
            LanguageModel model = task.spread(m).applyTo(start);
            model.clearGradients();
            model.accumulate(batches.at(step), loss);
            double[] slopes = slopes(task, m, gradient(model));
            for (int i = 0; i < slopes.length; i++) {
                mask.gradient().set(0, i, slopes[i] * m[i] * (1 - m[i]) / temperature);
            }
            stepper.step(rate);
        }
        return numbers(logits).map(Logistic::sigmoid).toArray();
    }

    /** The mask of zeros and ones that keeps what is kept more often than not. */
    public static double[] binary(double... probabilities) {
        Check.probabilities(probabilities, "probabilities");
        return Arrays.stream(probabilities).map(p -> p > 0.5 ? 1 : 0).toArray();
    }

    /** A mask of zeros and ones, each 1 with the probability {@code density}; [size]. */
    public static double[] random(int size, double density, long seed) {
        Check.probability(density, "density");
        RandomGenerator rng = Seeds.rng(seed, "random mask");
        return rng.doubles(size).map(u -> u < density ? 1 : 0).toArray();
    }

    /** Mean of a mask, in [0, 1]. */
    public static double density(double... mask) {
        Check.nonEmpty(mask.length, "mask");
        return Arrays.stream(mask).average().orElse(0);
    }

    private double[] draw(Tensor logits, RandomGenerator rng) {
        return numbers(logits)
                .map(z -> {
                    double u = EDGE + (1 - 2 * EDGE) * rng.nextDouble();
                    return Logistic.sigmoid((z + Math.log(u) - Math.log1p(-u)) / temperature);
                })
                .toArray();
    }

    private static java.util.stream.DoubleStream numbers(Tensor logits) {
        var all = new double[logits.size()];
        logits.copyTo(all, 0);
        return Arrays.stream(all);
    }

    private static double[] gradient(LanguageModel model) {
        var all = new double[model.size()];
        int at = 0;
        for (Parameter p : model.parameters()) {
            p.gradient().copyTo(all, at);
            at += p.value().size();
        }
        return all;
    }

    /** The slopes by the mask of a loss with slopes g by the parameters: {@code (g d - mean(g d m) / mean(m)) / mean(m)}. */
    static double[] slopes(TaskVector task, double[] m, double... g) {
        double[] d = task.values();
        double[] means = task.means(m);
        var pull = new double[d.length];
        Arrays.setAll(pull, i -> g[i] * d[i] * m[i]);
        double[] pulls = task.means(pull);
        var out = new double[d.length];
        Arrays.setAll(out, i -> means[i] == 0 ? 0 : (g[i] * d[i] - pulls[i] / means[i]) / means[i]);
        return out;
    }
}
