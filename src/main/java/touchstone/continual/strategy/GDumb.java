package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Greedy sampler and dumb learner: steps only fill a class-balanced memory; at the end of each task the network is trained
 * from its first weights on the memory alone. What it learned between those ends is what it knew at the last one.
 *
 * <p>Differs from the paper: a constant rate, no image augmentation.
 *
 * @param capacity examples kept, 1 or more
 * @param epochs passes over the memory at the end of a task, 1 or more
 * @param batch examples a step of that training, 1 or more
 */
@Reference("prabhu2020gdumb")
public record GDumb(int capacity, int epochs, int batch) implements Strategy {
    public GDumb {
        Check.atLeast(capacity, 1, "capacity");
        Check.atLeast(epochs, 1, "epochs");
        Check.atLeast(batch, 1, "batch");
    }

    /** 200 examples, 40 epochs of batches of 10. */
    public static GDumb defaults() {
        return new GDumb(200, 40, 10);
    }

    public GDumb withCapacity(int c) {
        return new GDumb(c, epochs, batch);
    }

    @Override
    public Learner start(Descent descent) {
        double[] first = descent.values();
        var rehearsal = new Rehearsal(descent, Memory.of(MemoryPolicy.CLASS_BALANCED, capacity, descent.seed()));
        return new Learner() {
            @Override
            public void begin(Labelled task) {
                rehearsal.begin(task);
            }

            @Override
            public double step(Labelled task, int[] rows) {
                double loss =
                        descent.network().loss(descent.rows(task.x(), rows), rows, CrossEntropy.of(task.labels()));
                rehearsal.offerOnce(task, rows, new double[0][]);
                return loss;
            }

            @Override
            public void end(Labelled task) {
                descent.setValues(first);
                descent.restart();
                train(descent, rehearsal);
            }

            @Override
            public void persist(Archive archive) {
                descent.persist(archive);
                System.arraycopy(archive.keep("first weights", first), 0, first, 0, first.length);
                rehearsal.memory().persist(archive);
            }

            @Override
            public Tensor logits(Tensor x) {
                return descent.logits(x);
            }

            @Override
            public long stored() {
                return rehearsal.memory().stored() + first.length;
            }
        };
    }

    private void train(Descent descent, Rehearsal rehearsal) {
        List<Memory.Item> kept = rehearsal.memory().all();
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = Seeds.permutation(kept.size(), Seeds.rng(descent.seed(), "gdumb", descent.steps()));
            for (int from = 0; from < order.length; from += batch) {
                List<Memory.Item> some = Arrays.stream(order, from, Math.min(order.length, from + batch))
                        .mapToObj(kept::get)
                        .toList();
                descent.clear();
                rehearsal.crossEntropy(some);
                descent.step();
            }
        }
    }
}
