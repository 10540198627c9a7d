package touchstone.nn.lm;

import java.util.function.Predicate;
import touchstone.nn.Tensor;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Learning from a teacher's probabilities, token by token: {@code T^2 KL(softmax(teacher / T) || softmax(student / T))}, in nats, the
 * mean over the tokens that count by their weights; 0 or more, 0 where student and teacher agree. Samples that the teacher is not asked
 * about are learnt from by their own tokens, {@code -log p}.
 *
 * <p>Follows the paper, without its weighted sum with the loss of true labels, for which there is {@link LanguageLoss#plus}.
 */
@Reference("hinton2015distilling")
public final class Distillation implements LanguageLoss {
    private final LanguageModel teacher;
    private final double temperature;
    private final Predicate<Sample> asked;

    private Distillation(LanguageModel teacher, double temperature, Predicate<Sample> asked) {
        this.teacher = teacher;
        this.temperature = Check.positive(temperature, "temperature");
        this.asked = asked;
    }

    /**
     * From a teacher that is asked about all samples.
     *
     * @param teacher of the student's vocabulary; not a view of the student
     * @param temperature above 0; higher ones show more of what the teacher holds unlikely
     */
    public static Distillation of(LanguageModel teacher, double temperature) {
        return new Distillation(teacher, temperature, sample -> true);
    }

    /** The teacher is asked about such samples only. */
    public Distillation where(Predicate<Sample> which) {
        return new Distillation(teacher, temperature, which);
    }

    @Override
    public double add(Batch batch, Tensor logits, double weight, Tensor gradient) {
        Tensor wanted = teacher.logits(batch);
        if (wanted.columns() != logits.columns()) {
            throw new IllegalArgumentException("teacher must have the student's vocabulary of " + logits.columns()
                    + " tokens, had " + wanted.columns());
        }
        double total = batch.totalWeight();
        var hard = new double[logits.rows()]; // shares of the targets that the student learns without the teacher
        double loss = 0;
        for (int i = 0; i < batch.size(); i++) {
            boolean soft = asked.test(batch.samples().get(i));
            for (int t = 0; t < batch.targets(i); t++) {
                double share = batch.weight(i, t) == 0 ? 0 : weight * batch.weight(i, t) / total;
                int row = batch.row(i, t);
                if (!soft) {
                    hard[row] = share;
                } else if (share != 0) {
                    loss += divergence(logits, wanted, row, share, gradient);
                }
            }
        }
        return loss + TokenLogs.addCrossEntropy(logits, batch, hard, gradient);
    }

    /** {@code share T^2 KL} of one row; its gradient is {@code share T (p - q)}. */
    private double divergence(Tensor logits, Tensor wanted, int row, double share, Tensor gradient) {
        double[] p = KeyValues.softmax(scaled(logits, row));
        double[] q = KeyValues.softmax(scaled(wanted, row));
        double kl = 0;
        for (int j = 0; j < p.length; j++) {
            kl += q[j] == 0 ? 0 : q[j] * Math.log(q[j] / Math.max(p[j], Double.MIN_NORMAL));
            gradient.set(row, j, gradient.get(row, j) + share * temperature * (p[j] - q[j]));
        }
        return share * temperature * temperature * kl;
    }

    private double[] scaled(Tensor z, int row) {
        var values = new double[z.columns()];
        for (int j = 0; j < values.length; j++) {
            values[j] = z.get(row, j) / temperature;
        }
        return values;
    }
}
