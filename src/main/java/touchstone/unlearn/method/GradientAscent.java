package touchstone.unlearn.method;

import java.util.List;
import touchstone.unlearn.Term;
import touchstone.util.Reference;

/** Raises the loss on the forget set, and nothing else: {@code -CE(forget)}. It has no lower end, so few steps are many. */
@Reference("jang2023knowledge")
public record GradientAscent() implements Objective {
    @Override
    public List<Term> terms(Task task) {
        return List.of(Term.of(task.forget(), task.forget().crossEntropy(), -1));
    }
}
