package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Term;

/** Goes on training on what is retained, in the hope that the rest fades. */
public record FineTune() implements Objective {
    @Override
    public List<Term> terms(Task task) {
        return List.of(Term.of(task.retain(), task.retain().crossEntropy(), 1));
    }
}
