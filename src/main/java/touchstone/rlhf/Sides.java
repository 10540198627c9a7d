package touchstone.rlhf;

import touchstone.nn.Tensor;

/** Gradients of the two sides of pairs that lie row by row, side by side. */
final class Sides {
    private Sides() {}

    /** Adds {@code weight} times each side's gradient, [n], to rows 2i and 2i + 1. */
    static void add(double weight, double[] first, double[] second, Tensor gradient) {
        gradient.demand(2 * first.length, 1, "gradient");
        for (int i = 0; i < first.length; i++) {
            gradient.set(2 * i, 0, gradient.get(2 * i, 0) + weight * first[i]);
            gradient.set(2 * i + 1, 0, gradient.get(2 * i + 1, 0) + weight * second[i]);
        }
    }
}
