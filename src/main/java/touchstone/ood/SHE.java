package touchstone.ood;

import java.util.Set;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Simplified Hopfield energy: minus the inner product with the stored pattern of the predicted class,
 * {@code -f . S_yhat}, in squared feature units; any real value. S_c is the mean feature of the training rows of class c
 * that the model classifies rightly.
 *
 * <p>Follows the paper. Every class needs such a row.
 */
@Reference("zhang2023she")
public record SHE() implements StreamingDetector {
    /** There is nothing to choose. */
    public static SHE defaults() {
        return new SHE();
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.FEATURES, Input.LOGITS, Input.LABELS);
    }

    @Override
    public Scorer learn(Batch train) {
        int[] right = Batches.right(train);
        int[] labels = train.labels();
        double[][] x = IntStream.of(right).mapToObj(i -> train.featureRows()[i]).toArray(double[][]::new);
        int[] y = IntStream.of(right).map(i -> labels[i]).toArray();
        double[][] patterns = ScatterMatrix.means(x, y, train.logitRows()[0].length);
        return scorer(patterns);
    }

    private static Scorer scorer(double[]... patterns) {
        return batch -> Vectors.each(
                batch.size(),
                i -> -Vectors.dot(batch.featureRows()[i], patterns[Vectors.argMax(batch.logitRows()[i])]));
    }

    @Override
    public StreamingFit stream() {
        return ExactFit.of(
                this,
                shape -> new ClassSums(
                        shape.features(),
                        Batch::featureRows,
                        (rows, i) -> Vectors.argMax(rows.logitRows()[i]) == rows.labelAt(i)
                                ? rows.labelAt(i)
                                : ClassSums.NONE,
                        moments -> {
                            for (int k = 0; k < shape.logits(); k++) {
                                Check.atLeast(moments.count(k), 1, "rightly classified rows of class " + k);
                            }
                            return scorer(moments.means(
                                    IntStream.range(0, shape.logits()).toArray()));
                        }));
    }
}
