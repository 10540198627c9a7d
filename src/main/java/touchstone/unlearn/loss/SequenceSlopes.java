package touchstone.unlearn.loss;

import touchstone.nn.Tensor;

/** Losses that are a function of each sequence's summed {@code -log p}, averaged over sequences. */
final class SequenceSlopes {
    private SequenceSlopes() {}

    /** A function's value and slope. */
    record Value(double value, double slope) {}

    /** What becomes of the loss of an example. */
    @FunctionalInterface
    interface Shape {
        Value at(int example, double loss);
    }

    static double add(Tensor z, int[] examples, double weight, Tensor gradient, Targets targets, Shape shape) {
        targets.check(z, examples, gradient);
        double total = 0;
        for (int i = 0; i < examples.length; i++) {
            var logP = new double[targets.steps()][];
            double loss = 0;
            for (int t = 0; t < logP.length; t++) {
                int row = i * logP.length + t;
                int label = targets.label(examples, row, z.columns());
                logP[t] = LogSoftmax.of(z, row, 1);
                loss -= label < 0 ? 0 : logP[t][label];
            }
            if (targets.counted(examples[i]) == 0) {
                continue;
            }
            Value value = shape.at(examples[i], loss);
            total += weight / examples.length * value.value();
            for (int t = 0; t < logP.length; t++) {
                int row = i * logP.length + t;
                int label = targets.label(examples, row, z.columns());
                if (label >= 0) {
                    LogSoftmax.addSlope(gradient, row, logP[t], label, weight / examples.length * value.slope());
                }
            }
        }
        return total;
    }
}
