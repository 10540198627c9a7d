package touchstone.continual.strategy;

import touchstone.util.Reference;

/**
 * A strategy whose cross-entropy is local: in training, a task's classes compete with each other alone, so that learning them
 * does not push down the logits of classes seen before. In tests all classes compete, as ever.
 *
 * <p>For strategies without a memory: a batch mixed with kept examples keeps the softmax over all classes.
 *
 * @param inner the strategy that learns
 */
@Reference("smith2023closer")
public record LocalSoftmax(Strategy inner) implements Strategy {
    @Override
    public Learner start(Descent descent) {
        return inner.start(descent.withLocalSoftmax());
    }
}
