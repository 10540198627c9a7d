package touchstone.guard.finetune;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.Tensor;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Sample;
import touchstone.nn.lm.TokenLogs;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;

/**
 * Direct preference optimisation over batches in which a better and a worse answer to the same prompt take turns: the mean over pairs
 * of {@code -log sigmoid(beta (log p(better) - log p(worse) - the same of the reference))}, nats, 0 or more.
 *
 * <p>Follows the paper; sequences are sums over the tokens that count.
 */
@Reference("rafailov2023direct")
public final class PairedAnswers {
    private PairedAnswers() {}

    /** The samples of both, taking turns. */
    public static List<Sample> pairs(List<Sample> better, List<Sample> worse) {
        Check.sameLength(better.size(), "better", worse.size(), "worse");
        var all = new ArrayList<Sample>();
        for (int i = 0; i < better.size(); i++) {
            all.add(better.get(i));
            all.add(worse.get(i));
        }
        return List.copyOf(all);
    }

    /** The loss against a reference of the same vocabulary; a batch of an odd size throws. */
    public static LanguageLoss loss(LanguageModel reference, double beta) {
        Check.positive(beta, "beta");
        return (batch, logits, weight, gradient) -> add(batch, logits, weight, gradient, reference, beta);
    }

    private static double add(
            Batch batch, Tensor logits, double weight, Tensor gradient, LanguageModel reference, double beta) {
        if (batch.size() % 2 != 0) {
            throw new IllegalArgumentException("a batch of pairs must be of an even size, was " + batch.size());
        }
        double[] own = sums(batch, logits);
        double[] held = sums(batch, reference.logits(batch));
        var factors = new double[batch.size()][];
        double sum = 0;
        int pairs = batch.size() / 2;
        for (int k = 0; k < pairs; k++) {
            int i = 2 * k;
            double margin = beta * (own[i] - own[i + 1] - held[i] + held[i + 1]);
            sum -= Logistic.logSigmoid(margin);
            double slope = -weight * beta * Logistic.sigmoid(-margin) / pairs;
            factors[i] = weights(batch, i, slope);
            factors[i + 1] = weights(batch, i + 1, -slope);
        }
        TokenLogs.addGradient(logits, batch, factors, gradient);
        return weight * sum / pairs;
    }

    private static double[] sums(Batch batch, Tensor logits) {
        double[][] logs = TokenLogs.of(logits, batch);
        var out = new double[logs.length];
        for (int i = 0; i < out.length; i++) {
            for (int t = 0; t < logs[i].length; t++) {
                out[i] += batch.weight(i, t) * logs[i][t];
            }
        }
        return out;
    }

    private static double[] weights(Batch batch, int i, double factor) {
        var out = new double[batch.targets(i)];
        for (int t = 0; t < out.length; t++) {
            out[t] = factor * batch.weight(i, t);
        }
        return out;
    }
}
