package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Feature distillation: on the new task's inputs the features, which are the inputs of the last layer, must stay what they were
 * before that task, {@code CE + strength mean (h - h_old)^2} over examples and features.
 *
 * @param strength of the distillation, 0 or more
 */
@Reference("smith2023closer")
public record FeatureDistillation(double strength) implements Strategy {
    public FeatureDistillation {
        Check.notNegative(strength, "strength");
    }

    /** Strength 1. */
    public static FeatureDistillation defaults() {
        return new FeatureDistillation(1);
    }

    public FeatureDistillation withStrength(double s) {
        return new FeatureDistillation(s);
    }

    @Override
    public Learner start(Descent descent) {
        return new Pupil(descent);
    }

    private final class Pupil implements Learner {
        private final Descent descent;
        private boolean taught;
        private Network teacher;

        Pupil(Descent descent) {
            this.descent = descent;
            this.teacher = descent.network();
        }

        @Override
        public double step(Labelled task, int[] rows) {
            descent.clear();
            double value = descent.crossEntropy(task, rows);
            if (taught) {
                Tensor x = descent.rows(task.x(), rows);
                Loss gap = MeanSquaredError.of(teacher.features(x).toMatrix());
                value += descent.accumulateFeatures(
                        x, (outputs, examples, weight, dy) -> gap.add(outputs, examples, weight * strength, dy));
            }
            descent.step();
            return value;
        }

        @Override
        public void end(Labelled task) {
            teacher = descent.network().copy();
            taught = true;
        }

        @Override
        public void persist(Archive archive) {
            descent.persist(archive);
            teacher = descent.persist("teacher", teacher, archive);
            taught = archive.keep("taught", taught);
        }

        @Override
        public Tensor logits(Tensor x) {
            return descent.logits(x);
        }

        @Override
        public long stored() {
            return taught ? descent.size() : 0;
        }
    }
}
