package touchstone.unlearn;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.Tensor;
import touchstone.unlearn.loss.LogSoftmax;
import touchstone.unlearn.loss.ReferenceLogits;
import touchstone.util.Check;

/** What a model says of a set of examples, without dropout. Immutable. */
public final class Answers {
    private static final int BLOCK = 256; // examples a pass

    private final Examples data;
    private final double[][] logits;

    private Answers(Examples data, double[][] logits) {
        this.data = data;
        this.logits = logits;
    }

    /** Asks a model. */
    public static Answers of(ForgetModel model, Examples data) {
        Check.nonEmpty(data.size(), "data");
        Check.sameLength(model.steps(), "steps of the model", data.steps(), "steps of the data");
        Tensor x = data.tensor(model.backend());
        var logits = new double[data.size() * data.steps()][];
        for (int from = 0; from < data.size(); from += BLOCK) {
            int n = Math.min(BLOCK, data.size() - from);
            double[][] part = model.logits(x.block(from, n, 0, x.columns())).toMatrix();
            System.arraycopy(part, 0, logits, from * data.steps(), part.length);
        }
        return new Answers(data, logits);
    }

    /** The logits as a reference for losses. */
    public ReferenceLogits reference() {
        return ReferenceLogits.of(logits);
    }

    /** Probabilities, [n * steps, outputs]. */
    public double[][] probabilities() {
        return Arrays.stream(logits)
                .map(z -> Arrays.stream(LogSoftmax.of(z)).map(Math::exp).toArray())
                .toArray(double[][]::new);
    }

    /** {@code -log p} of each example's labels, the mean over its counted steps, nats, [n]; 0 where none counts. */
    public double[] losses() {
        int[] labels = data.labels();
        var losses = new double[data.size()];
        for (int i = 0; i < losses.length; i++) {
            int counted = 0;
            for (int place = i * data.steps(); place < (i + 1) * data.steps(); place++) {
                if (labels[place] >= 0) {
                    losses[i] -= LogSoftmax.of(logits[place])[labels[place]];
                    counted++;
                }
            }
            losses[i] /= Math.max(1, counted);
        }
        return losses;
    }

    /** The likeliest label of each place, [n * steps]. */
    public int[] predicted() {
        return Arrays.stream(logits).mapToInt(Answers::largest).toArray();
    }

    /** Share of the counted places whose likeliest label is the true one, in [0, 1]. */
    public double accuracy() {
        int[] labels = data.labels();
        int[] predicted = predicted();
        long counted = IntStream.of(labels).filter(l -> l >= 0).count();
        if (counted == 0) {
            throw new IllegalArgumentException("accuracy needs a label, had none of " + labels.length + " places");
        }
        return (double) IntStream.range(0, labels.length)
                        .filter(i -> labels[i] >= 0 && labels[i] == predicted[i])
                        .count()
                / counted;
    }

    private static int largest(double[] z) {
        int best = 0;
        for (int j = 1; j < z.length; j++) {
            best = z[j] > z[best] ? j : best;
        }
        return best;
    }
}
