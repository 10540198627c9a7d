package touchstone.unlearn.method;

import java.util.Optional;
import touchstone.unlearn.Descent;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.Unlearner;

/** Unlearning by steps down an objective, from a copy of the trained model. */
public final class DescentUnlearner implements Unlearner {
    private final Objective objective;
    private final Descent descent;
    private final Optional<ForgetModel> reference;

    private DescentUnlearner(Objective objective, Descent descent, Optional<ForgetModel> reference) {
        this.objective = objective;
        this.descent = descent;
        this.reference = reference;
    }

    static DescentUnlearner of(Objective objective, Descent descent) {
        return new DescentUnlearner(objective, descent, Optional.empty());
    }

    /** With another frozen model than the trained one; it must have as many outputs. */
    public DescentUnlearner withReference(ForgetModel frozen) {
        return new DescentUnlearner(objective, descent, Optional.of(frozen.copy()));
    }

    @Override
    public String name() {
        return objective.label();
    }

    @Override
    public ForgetModel unlearn(ForgetModel model, ForgetSplit split) {
        ForgetModel frozen = reference.orElseGet(model::copy);
        ForgetModel student = model.copy();
        descent.run(student, objective.terms(new Task(model, frozen, split, descent.seed())));
        return student;
    }
}
