package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Descent;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Term;
import touchstone.unlearn.Unlearner;

/**
 * Trains an untrained model on what is retained: what all other methods are measured against.
 *
 * @param descent as the model was trained
 */
public record Retrain(Descent descent) implements Unlearner {
    @Override
    public String name() {
        return "retrain";
    }

    @Override
    public ForgetModel unlearn(ForgetModel model, ForgetSplit split) {
        ForgetModel fresh = model.fresh(descent.seed());
        descent.run(fresh, List.of(Term.of(split.retain(), split.retain().crossEntropy(), 1)));
        return fresh;
    }
}
