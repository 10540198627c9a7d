package touchstone.continual.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Memory-aware synapses on a stream without task boundaries. A few of the hardest examples are kept and learned with every batch; each
 * time the loss settles on a plateau, importances are taken from them, {@code O = O_new / k + (1 - 1 / k) O} at the k-th plateau,
 * and the parameters of that moment become the anchor of {@code strength / 2 sum_i O_i (theta_i - theta*_i)^2}. Ends of tasks are not
 * listened to.
 *
 * <p>Differs from the paper: one step a batch instead of several; importances are of the outputs' squared norm, as in
 * {@link Mas}, and means over examples; a plateau needs a full window; the penalty is a proximal step by default.
 *
 * @param strength of the penalty, 0 or more; 0 keeps the hard examples alone
 * @param anchor how the penalty is applied
 * @param hard examples kept, 0 or more; with 0 importances are taken from the batch at hand
 * @param plateau when to take importances
 */
@Reference("aljundi2019task")
public record TaskFreeMas(double strength, Anchor anchor, int hard, Plateau plateau) implements Strategy {
    public TaskFreeMas {
        Check.notNegative(strength, "strength");
        Check.atLeast(hard, 0, "hard");
    }

    /** Strength 0.01, proximal, 30 hard examples, the default plateau. */
    public static TaskFreeMas defaults() {
        return new TaskFreeMas(0.01, Anchor.PROXIMAL, 30, Plateau.defaults());
    }

    public TaskFreeMas withStrength(double s) {
        return new TaskFreeMas(s, anchor, hard, plateau);
    }

    public TaskFreeMas withHard(int examples) {
        return new TaskFreeMas(strength, anchor, examples, plateau);
    }

    public TaskFreeMas withPlateau(Plateau p) {
        return new TaskFreeMas(strength, anchor, hard, p);
    }

    @Override
    public Streaming start(Descent descent) {
        return new Streaming(descent);
    }

    /** A learner that finds its own moments to consolidate. */
    public final class Streaming implements Learner {
        private final Descent descent;
        private final Rehearsal rehearsal;
        private final Plateau.Watch watch = plateau.watch();
        private List<Memory.Item> kept = List.of();
        private double[] importance = new double[0];
        private double[] reference = new double[0];
        private int plateaus;

        private Streaming(Descent descent) {
            this.descent = descent;
            this.rehearsal = new Rehearsal(descent, Memory.of(MemoryPolicy.RESERVOIR, 0, descent.seed()));
        }

        @Override
        public double step(Labelled task, int[] rows) {
            List<Memory.Item> items = new ArrayList<>(kept);
            for (int row : rows) {
                double[] x = task.x().block(row, 1, 0, task.x().columns()).toMatrix()[0];
                items.add(new Memory.Item(x, task.label(row), new double[0]));
            }
            double[] losses = losses(items);
            double loss = move(items);
            if (watch.settles(Arrays.stream(losses).average().orElseThrow())) {
                consolidate(kept.isEmpty() ? items : kept);
            }
            keepHardest(items, losses);
            return loss;
        }

        private double move(List<Memory.Item> items) {
            double[] before = plateaus > 0 ? descent.values() : reference;
            descent.clear();
            double loss = rehearsal.crossEntropy(items);
            if (plateaus > 0) {
                loss += Anchor.penalty(strength, importance, reference, before);
            }
            if (plateaus > 0 && anchor == Anchor.EXPLICIT) {
                descent.setGradients(Anchor.gradient(strength, importance, reference, before, descent.gradients()));
            }
            descent.step();
            if (plateaus > 0 && anchor == Anchor.PROXIMAL) {
                descent.setValues(Anchor.pulled(descent.rate() * strength, importance, reference, descent.values()));
            }
            return loss;
        }

        /** Cross-entropy of each example. */
        private double[] losses(List<Memory.Item> items) {
            Tensor z = descent.logits(rehearsal.inputs(items));
            var losses = new double[items.size()];
            for (int i = 0; i < losses.length; i++) {
                double p = Probabilities.of(z, i)[Check.index(items.get(i).label(), z.columns(), "a label")];
                losses[i] = -Math.log(Math.max(p, Double.MIN_NORMAL));
            }
            return losses;
        }

        private void consolidate(List<Memory.Item> items) {
            var data = new Labelled(rehearsal.inputs(items), Rehearsal.labels(items));
            double[] now = Importance.memoryAware(descent.network(), data);
            plateaus++;
            for (int i = 0; i < now.length && importance.length > 0; i++) {
                now[i] = now[i] / plateaus + (1 - 1.0 / plateaus) * importance[i];
            }
            importance = now;
            reference = descent.values();
        }

        private void keepHardest(List<Memory.Item> items, double[] losses) {
            kept = IntStream.range(0, losses.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -losses[i]))
                    .limit(hard)
                    .map(items::get)
                    .toList();
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            watch.persist(archive);
            plateaus = archive.keep("plateaus", plateaus);
            importance = archive.keep("importance", importance);
            reference = archive.keep("reference", reference);
            int[] labels = archive.keep("hard labels", Rehearsal.labels(kept));
            double[][] inputs = archive.keep(
                    "hard inputs", kept.stream().map(Memory.Item::x).toArray(double[][]::new));
            kept = IntStream.range(0, labels.length)
                    .mapToObj(i -> new Memory.Item(inputs[i], labels[i], new double[0]))
                    .toList();
        }

        /** Plateaus so far, at each of which importances were taken. */
        public int plateaus() {
            return plateaus;
        }

        /** The importances in use, [parameters]; empty before the first plateau. */
        double[] importance() {
            return importance.clone();
        }

        /** The hard examples kept. */
        List<Memory.Item> kept() {
            return kept;
        }

        @Override
        public Tensor logits(Tensor x) {
            return descent.logits(x);
        }

        @Override
        public long stored() {
            long inputs = kept.stream().mapToLong(item -> item.x().length).sum();
            return inputs + importance.length + reference.length;
        }
    }
}
