package touchstone.interpret.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.LanguageModel;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The safety head important score: how far the probabilities of the next token move when one head is left out,
 * {@code KL(p || p without the head)} in nats, 0 or more, as a mean over harmful prompts. What it measures is how much a head matters at
 * the answer's first token, whether for safety or for anything else.
 *
 * <p>Follows the paper's code, with its 1e-12 added to each probability; it adds the mean over prompts.
 *
 * @param mask how a head is left out
 */
@Reference("zhou2025role")
public record Ships(HeadMask mask) {
    private static final double EPSILON = 1e-12;

    /** Heads that attend to all tokens alike. */
    public static Ships defaults() {
        return new Ships(HeadMask.QUERIES);
    }

    public Ships withMask(HeadMask other) {
        return new Ships(other);
    }

    /** {@code sum p log(p / q)} in nats, with 1e-12 added to each probability: [n] and [n]. */
    public static double divergence(double[] p, double[] q) {
        Check.sameLength(p.length, "p", q.length, "q");
        Check.probabilities(p, "p");
        Check.probabilities(q, "q");
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (p[i] + EPSILON) * Math.log((p[i] + EPSILON) / (q[i] + EPSILON));
        }
        return sum;
    }

    /** The score of each head of {@link Head#all}, [heads], over one prompt or more. */
    public double[] scores(LanguageModel model, List<int[]> prompts) {
        Check.nonEmpty(prompts.size(), "prompts");
        double[][] plain = next(model, prompts);
        return Head.all(model.config()).stream()
                .mapToDouble(h -> mean(plain, next(mask.apply(model, List.of(h)), prompts)))
                .toArray();
    }

    private static double mean(double[][] p, double[][] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += divergence(p[i], q[i]) / p.length;
        }
        return sum;
    }

    private static double[][] next(LanguageModel model, List<int[]> prompts) {
        return prompts.stream().map(model::next).toArray(double[][]::new);
    }

    /** Heads by falling score. */
    public static List<Head> ranked(List<Head> heads, double[] scores) {
        Check.sameLength(heads.size(), "heads", scores.length, "scores");
        var order = new ArrayList<>(heads);
        order.sort((a, b) -> Double.compare(scores[heads.indexOf(b)], scores[heads.indexOf(a)]));
        return List.copyOf(order);
    }

    /** Share of heads that two sets of one size have in common, in [0, 1]. */
    public static double overlap(List<Head> a, List<Head> b) {
        Check.nonEmpty(a.size(), "a");
        Check.sameLength(a.size(), "a", b.size(), "b");
        return Arrays.stream(a.toArray()).filter(b::contains).count() / (double) a.size();
    }
}
