package touchstone.unlearn.attack;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The robust membership attack: the share of population examples z with {@code (p(x) / p^(x)) / (p(z) / p^(z)) > gamma}, in [0, 1];
 * higher means more likely a member. Offline, {@code p^ = (1 + a) / 2 * mean of out-models + (1 - a) / 2}.
 *
 * @param offlineA a, in [0, 1]: 0 for examples that training would make certain, 1 for the out-models' mean as it is
 * @param gamma above 0
 */
@Reference("zarifzadeh2024low")
public record Rmia(double offlineA, double gamma) {
    public Rmia {
        Check.probability(offlineA, "offlineA");
        Check.positive(gamma, "gamma");
    }

    /** a 0.3 and gamma 1; tune a on reference models of the data at hand. */
    public static Rmia defaults() {
        return new Rmia(0.3, 1);
    }

    public Rmia withOfflineA(double a) {
        return new Rmia(a, gamma);
    }

    /**
     * The score of each example.
     *
     * @param x the target model's probability of the true label, [n]
     * @param outX the same under models not trained on it, [n, k]
     * @param z the target's of population examples, [m]
     * @param outZ the same under the other models, [m, k]
     */
    public double[] scores(double[] x, double[][] outX, double[] z, double[][] outZ) {
        double[] ratioX = ratios(x, outX, "x");
        double[] ratioZ = ratios(z, outZ, "z");
        return Arrays.stream(ratioX)
                .map(r -> Arrays.stream(ratioZ).filter(q -> r / q > gamma).count() / (double) ratioZ.length)
                .toArray();
    }

    private double[] ratios(double[] p, double[][] out, String name) {
        Check.nonEmpty(p.length, name);
        Check.sameLength(p.length, name, out.length, "out models of " + name);
        Check.probabilities(p, name);
        var ratios = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            Check.nonEmpty(out[i].length, "out models of " + name + "[" + i + "]");
            Check.probabilities(out[i], "out models of " + name + "[" + i + "]");
            double mean = Arrays.stream(out[i]).sum() / out[i].length;
            double prior = (1 + offlineA) / 2 * mean + (1 - offlineA) / 2;
            ratios[i] = p[i] / Check.positive(prior, "probability of " + name + "[" + i + "] under the out models");
        }
        return ratios;
    }
}
