package touchstone.unlearn;

import touchstone.nn.loss.Loss;
import touchstone.util.Check;

/**
 * One part of what a method minimises.
 *
 * @param data the examples it is about
 * @param loss of them, by their numbers in the data
 * @param weight factor, any finite number; below 0 the loss is raised
 * @param hidden whether the loss is of the hidden vectors, else of the logits
 */
public record Term(Examples data, Loss loss, double weight, boolean hidden) {
    public Term {
        Check.nonEmpty(data.size(), "data");
        Check.finite(weight, "weight");
    }

    /** A loss of the logits. */
    public static Term of(Examples data, Loss loss, double weight) {
        return new Term(data, loss, weight, false);
    }

    /** A loss of the hidden vectors. */
    public static Term hidden(Examples data, Loss loss, double weight) {
        return new Term(data, loss, weight, true);
    }
}
