package touchstone.guard.finetune;

import touchstone.nn.lm.Batches;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.optim.Optimizer;

/** What the owner of a model does to a user's fine-tuning so that refusals last: changes its data, its loss or its steps. */
public interface Restraint {
    /** The batches that are trained on, from the user's. */
    default Batches data(Batches user) {
        return user;
    }

    /** The loss that is trained on, from the user's; {@code start} is frozen. */
    default LanguageLoss loss(LanguageLoss user, LanguageModel start) {
        return user;
    }

    /** How steps are taken, from the user's way; {@code start} is frozen. */
    default Optimizer steps(Optimizer user, LanguageModel start) {
        return user;
    }

    /** Lets the user do as they please. */
    static Restraint none() {
        return new Restraint() {};
    }
}
