package touchstone.unlearn.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.Term;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Shadow models for the likelihood-ratio and the robust membership attack: each example of a pool was trained on by half of them, drawn by
 * the seed. One set of shadow models serves every model that is attacked.
 */
@Reference({"carlini2022membership", "zarifzadeh2024low"})
public final class Shadows {
    private final Examples pool;
    private final boolean[][] in; // [examples][models]
    private final double[][] probability; // [examples][models]

    private Shadows(Examples pool, boolean[][] in, double[][] probability) {
        this.pool = pool;
        this.in = in;
        this.probability = probability;
    }

    /**
     * Membership attacks on one model, each an AUC and a TPR at 1 % FPR.
     *
     * @param online the likelihood ratio of in- and out-models
     * @param offline the likelihood under the out-models alone
     * @param robust against other examples of the pool, offline
     */
    public record Attacks(AttackResult online, AttackResult offline, AttackResult robust) {}

    /**
     * Trains the shadow models.
     *
     * @param form what the models are like; its weights are not used
     * @param pool all examples that a model may have been trained on, and as many others of the same kind
     * @param models 4 or more, even; 16 or more for rates of false alarm as low as 1 %
     * @param descent as the attacked model was trained; model k takes the seed plus k
     */
    public static Shadows train(ForgetModel form, Examples pool, int models, Descent descent) {
        Check.atLeast(models, 4, "models");
        if (models % 2 != 0) {
            throw new IllegalArgumentException(
                    "models must be even, so that half train on each example, was " + models);
        }
        var in = new boolean[pool.size()][models];
        for (int i = 0; i < in.length; i++) {
            int[] order = Seeds.permutation(models, Seeds.rng(descent.seed(), "shadow models", i));
            for (int k = 0; k < models / 2; k++) {
                in[i][order[k]] = true;
            }
        }
        var probability = new double[pool.size()][models];
        for (int k = 0; k < models; k++) {
            int model = k;
            int[] own = IntStream.range(0, in.length).filter(i -> in[i][model]).toArray();
            Check.nonEmpty(own.length, "examples of shadow model " + k);
            Examples data = pool.select(own);
            ForgetModel shadow = form.fresh(descent.seed() + k);
            descent.withSeed(descent.seed() + k).run(shadow, List.of(Term.of(data, data.crossEntropy(), 1)));
            double[] p = Confidence.probabilities(shadow, pool);
            for (int i = 0; i < p.length; i++) {
                probability[i][k] = p[i];
            }
        }
        return new Shadows(pool, in, probability);
    }

    /**
     * Attacks a model: do these examples of the pool still show as trained on, beside those that never were?
     *
     * @param members numbers in the pool of what the model once was trained on
     * @param others numbers in the pool of what it never saw
     */
    public Attacks attack(ForgetModel target, int[] members, int[] others) {
        Check.allIndices(members, pool.size(), "members");
        Check.allIndices(others, pool.size(), "others");
        double[] p = Confidence.probabilities(target, pool);
        double inside = spread(true);
        double outside = spread(false);
        return new Attacks(
                result(members, others, i -> Lira.online(Lira.phi(p[i]), phi(i, true), phi(i, false), inside, outside)),
                result(members, others, i -> Lira.offline(Lira.phi(p[i]), phi(i, false), outside)),
                robust(p, members, others));
    }

    private interface Score {
        double of(int example);
    }

    private static AttackResult result(int[] members, int[] others, Score score) {
        return AttackResult.ofMemberScores(
                IntStream.of(members).mapToDouble(score::of).toArray(),
                IntStream.of(others).mapToDouble(score::of).toArray());
    }

    /** Each example against all others of both sides. */
    private AttackResult robust(double[] p, int[] members, int[] others) {
        int[] asked =
                IntStream.concat(IntStream.of(members), IntStream.of(others)).toArray();
        double[] x = IntStream.of(asked).mapToDouble(i -> p[i]).toArray();
        double[][] out = IntStream.of(asked).mapToObj(i -> side(i, false)).toArray(double[][]::new);
        double[] z = IntStream.of(others).mapToDouble(i -> p[i]).toArray();
        double[][] outZ = IntStream.of(others).mapToObj(i -> side(i, false)).toArray(double[][]::new);
        double[] scores = Rmia.defaults().scores(x, out, z, outZ);
        return result(
                IntStream.range(0, members.length).toArray(),
                IntStream.range(members.length, asked.length).toArray(),
                i -> scores[i]);
    }

    /** Probabilities of an example under the models that trained on it, or did not. */
    private double[] side(int example, boolean trained) {
        return IntStream.range(0, in[example].length)
                .filter(k -> in[example][k] == trained)
                .mapToDouble(k -> probability[example][k])
                .toArray();
    }

    private double[] phi(int example, boolean trained) {
        return Lira.phi(side(example, trained));
    }

    /** One deviation for all examples, since a side has few models; never 0. */
    private double spread(boolean trained) {
        var phis = new ArrayList<double[]>();
        for (int i = 0; i < in.length; i++) {
            phis.add(phi(i, trained));
        }
        return Math.max(1e-6, Lira.pooledDeviation(phis.toArray(double[][]::new)));
    }
}
