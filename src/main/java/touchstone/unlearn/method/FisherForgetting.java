package touchstone.unlearn.method;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Unlearner;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Adds normal noise where what is retained does not care: each parameter's deviation is {@code strength F^(-1/4)}, F the diagonal Fisher
 * information of the retained set at its true labels (the mean squared gradient), and {@code most} at the largest.
 *
 * <p>Differs from the paper: the diagonal empirical Fisher in place of the Hessian, and no step of its own before the noise.
 *
 * @param strength {@code (lambda sigma^2)^(1/4)} of the paper, above 0
 * @param most largest deviation, above 0
 * @param seed of the noise
 */
@Reference("golatkar2020eternal")
public record FisherForgetting(double strength, double most, long seed) implements Unlearner {
    private static final int BLOCK = 256; // examples whose gradients are taken at once

    public FisherForgetting {
        Check.positive(strength, "strength");
        Check.positive(most, "most");
    }

    /** Strength 0.001, at most 0.03, seed 1: a trained model's information is next to nothing in most places, so the bound matters. */
    public static FisherForgetting defaults() {
        return new FisherForgetting(0.001, 0.03, 1);
    }

    public FisherForgetting withStrength(double s) {
        return new FisherForgetting(s, most, seed);
    }

    public FisherForgetting withMost(double deviation) {
        return new FisherForgetting(strength, deviation, seed);
    }

    public FisherForgetting withSeed(long s) {
        return new FisherForgetting(strength, most, s);
    }

    @Override
    public String name() {
        return "fisher forgetting";
    }

    @Override
    public ForgetModel unlearn(ForgetModel model, ForgetSplit split) {
        ForgetModel student = model.copy();
        double[] fisher = fisher(model, split.retain());
        RandomGenerator rng = Seeds.rng(seed, "fisher forgetting");
        int at = 0;
        for (Parameter p : student.parameters()) {
            if (p.trained()) {
                Tensor w = p.value();
                for (int i = 0; i < w.rows(); i++) {
                    for (int j = 0; j < w.columns(); j++, at++) {
                        double deviation = Math.min(most, strength * Math.pow(fisher[at], -0.25));
                        w.set(i, j, w.get(i, j) + deviation * rng.nextGaussian());
                    }
                }
            }
        }
        return student;
    }

    private static double[] fisher(ForgetModel model, Examples data) {
        ForgetModel frozen = model.copy();
        Loss loss = data.crossEntropy(); // a mean over the rows it is given: times their number, each row by itself
        double[] mean = new double[0];
        for (int from = 0; from < data.size(); from += BLOCK) {
            int[] numbers =
                    IntStream.range(from, Math.min(data.size(), from + BLOCK)).toArray();
            Tensor x = data.select(numbers).tensor(frozen.backend());
            double[] squares = frozen.squaredGradients(
                    x,
                    numbers,
                    (z, examples, weight, gradient) -> loss.add(z, examples, weight * examples.length, gradient));
            mean = mean.length == 0 ? new double[squares.length] : mean;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += squares[i] / data.size();
            }
        }
        return mean;
    }
}
