package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.TreeSet;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Learning without forgetting: on the new task's inputs the network must still say what it said before that task,
 * {@code CE + strength KL(old || new)} over the classes seen before, at a temperature.
 *
 * @param strength of the distillation, 0 or more
 * @param temperature of both softmaxes, above 0
 * @param allClasses whether classes not seen yet are distilled too
 */
@Reference("li2017learning")
public record Lwf(double strength, double temperature, boolean allClasses) implements Strategy {
    public Lwf {
        Check.notNegative(strength, "strength");
        Check.positive(temperature, "temperature");
    }

    /** Strength 1, temperature 2, classes seen before. */
    public static Lwf defaults() {
        return new Lwf(1, 2, false);
    }

    public Lwf withStrength(double s) {
        return new Lwf(s, temperature, allClasses);
    }

    @Override
    public Learner start(Descent descent) {
        return new Pupil(descent);
    }

    private final class Pupil implements Learner {
        private final Descent descent;
        private final TreeSet<Integer> seen = new TreeSet<>();
        private Network teacher;

        Pupil(Descent descent) {
            this.descent = descent;
            this.teacher = descent.network();
        }

        @Override
        public double step(Labelled task, int[] rows) {
            descent.clear();
            Tensor x = descent.rows(task.x(), rows);
            Loss loss = descent.crossEntropy(task);
            double value;
            if (seen.isEmpty()) {
                value = descent.accumulate(x, rows, loss);
            } else {
                Tensor old = teacher.logits(x);
                int[] classes = allClasses
                        ? Distillation.all(old.columns())
                        : seen.stream().mapToInt(c -> c).toArray();
                value = descent.accumulate(x, rows, loss.plus(strength, new Distillation(old, classes, temperature)));
            }
            descent.step();
            return value;
        }

        @Override
        public void end(Labelled task) {
            teacher = descent.network().copy();
            for (int c : task.classes()) {
                seen.add(c);
            }
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            teacher = descent.persist("teacher", teacher, archive);
            int[] classes = archive.keep("seen", seen.stream().mapToInt(c -> c).toArray());
            seen.clear();
            Arrays.stream(classes).forEach(seen::add);
        }

        @Override
        public Tensor logits(Tensor x) {
            return descent.logits(x);
        }

        @Override
        public long stored() {
            return seen.isEmpty() ? 0 : descent.size();
        }
    }
}
