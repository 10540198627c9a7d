package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;

/**
 * Starts each task from the first weights with nothing remembered. On {@link touchstone.continual.scenario.Scenario#joint} it is the
 * joint training that others are compared with.
 *
 * @param inner the strategy that learns
 */
public record FromScratch(Strategy inner) implements Strategy {
    /** Plain training. */
    public static FromScratch defaults() {
        return new FromScratch(new Naive());
    }

    @Override
    public Learner start(Descent descent) {
        return new Restarting(descent);
    }

    private final class Restarting implements Learner {
        private final Descent descent;
        private final double[] first;
        private Learner learner;

        Restarting(Descent descent) {
            this.descent = descent;
            this.first = descent.values();
            this.learner = inner.start(descent);
        }

        @Override
        public void begin(Labelled task) {
            descent.setValues(first);
            descent.restart();
            learner = inner.start(descent);
            learner.begin(task);
        }

        @Override
        public double step(Labelled task, int[] rows) {
            return learner.step(task, rows);
        }

        @Override
        public void end(Labelled task) {
            learner.end(task);
        }

        @Override
        public void persist(Archive archive) {
            System.arraycopy(archive.keep("first weights", first), 0, first, 0, first.length);
            learner.persist(archive);
        }

        @Override
        public Tensor logits(Tensor x) {
            return learner.logits(x);
        }

        @Override
        public long stored() {
            return first.length + learner.stored();
        }
    }
}
