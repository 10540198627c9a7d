package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;

/** Fine-tuning: each task is learned as if there were no other. The lower bound that strategies are held against. */
public record Naive() implements Strategy {
    @Override
    public Learner start(Descent descent) {
        return new Learner() {
            @Override
            public double step(Labelled task, int[] rows) {
                descent.clear();
                double loss = descent.crossEntropy(task, rows);
                descent.step();
                return loss;
            }

            @Override
            public void persist(Archive archive) {
                descent.persist(archive);
            }

            @Override
            public Tensor logits(Tensor x) {
                return descent.logits(x);
            }
        };
    }
}
