package touchstone.unlearn.method;

import java.util.List;
import java.util.Locale;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Term;

/** What a method of unlearning minimises, from the trained model on; its options are a record. */
public interface Objective {
    /** The terms; the first one's examples make an epoch. */
    List<Term> terms(Task task);

    /** The method's name, fit for a table. */
    default String label() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** The method itself: steps down the terms. */
    default DescentUnlearner by(Descent descent) {
        return DescentUnlearner.of(this, descent);
    }
}
