package touchstone.ood;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * The loss of PALM over a data set, likelihood plus weighted contrast, in nats. It holds the prototypes, which each call moves: a
 * call is a step of training. The network's outputs are divided by their lengths here.
 */
final class PalmLoss implements Loss {
    private final Palm options;
    private final int[] labels;
    private final int classes;
    private double[][] prototypes;

    /** First prototypes are drawn evenly from the sphere in d dimensions. */
    PalmLoss(Palm options, int d, long seed, int... labels) {
        this.options = options;
        this.labels = labels.clone();
        int most = 0;
        for (int i = 0; i < labels.length; i++) {
            most = Math.max(most, Check.atLeast(labels[i], 0, "labels[" + i + "]"));
        }
        classes = most + 1;
        prototypes = new double[classes * options.prototypes()][];
        for (int j = 0; j < prototypes.length; j++) {
            RandomGenerator rng = Seeds.rng(seed, "prototype", j);
            prototypes[j] = Vectors.unit(Stream.generate(rng::nextGaussian)
                    .limit(d)
                    .mapToDouble(v -> v)
                    .toArray());
        }
    }

    PrototypeMixture prototypes() {
        return new PrototypeMixture(prototypes, classes);
    }

    @Override
    public double add(Tensor outputs, int[] examples, double weight, Tensor gradient) {
        double[][] y = outputs.toMatrix();
        var f = new double[y.length][];
        var picked = new int[y.length];
        for (int i = 0; i < y.length; i++) {
            f[i] = Vectors.unit(y[i]);
            picked[i] = labels[examples[i]];
        }
        var step = new PalmStep(options, classes, prototypes, f, picked);
        var slopes = new double[f.length][f[0].length];
        double loss = step.likelihood(slopes);
        if (options.contrast() > 0 && prototypes.length > 1) {
            var between = new double[f.length][f[0].length];
            loss += options.contrast() * step.contrast(classes, between);
            for (int i = 0; i < f.length; i++) {
                for (int a = 0; a < f[i].length; a++) {
                    slopes[i][a] += options.contrast() * between[i][a];
                }
            }
        }
        prototypes = step.prototypes();
        for (int i = 0; i < f.length; i++) {
            double[] slope = PalmStep.throughLength(slopes[i], f[i], Vectors.norm(y[i]));
            for (int a = 0; a < slope.length; a++) {
                gradient.set(i, a, gradient.get(i, a) + weight * slope[a]);
            }
        }
        return weight * loss;
    }
}
