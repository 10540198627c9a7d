package touchstone.unlearn.method;

import touchstone.unlearn.Answers;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.loss.ReferenceLogits;

/**
 * What an objective may ask about.
 *
 * @param original the trained model, not to be changed
 * @param reference a frozen model to stay near or to move away from: the original, unless another was given
 * @param split what to forget and what to retain
 * @param seed of whatever the objective draws
 */
public record Task(ForgetModel original, ForgetModel reference, ForgetSplit split, long seed) {
    public Task {
        if (reference.outputs() != original.outputs() || reference.steps() != original.steps()) {
            throw new IllegalArgumentException("the reference model must give " + original.outputs()
                    + " outputs at " + original.steps() + " steps as the model does, gave " + reference.outputs()
                    + " at " + reference.steps());
        }
    }

    public Examples forget() {
        return split.forget();
    }

    public Examples retain() {
        return split.retain();
    }

    /** What the reference says of some examples. */
    public ReferenceLogits referenceOn(Examples data) {
        return Answers.of(reference, data).reference();
    }
}
