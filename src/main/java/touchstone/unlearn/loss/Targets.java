package touchstone.unlearn.loss;

import java.util.stream.IntStream;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** Labels of all examples of a set, {@code steps} an example, side by side; -1 leaves its place out. Immutable. */
public final class Targets {
    private final int[] labels;
    private final int steps;

    private Targets(int[] labels, int steps) {
        this.labels = labels;
        this.steps = steps;
    }

    /** One label an example, [n]. */
    public static Targets of(int... labels) {
        return sequences(labels, 1);
    }

    /** So many labels an example, [n * steps], each -1 or more. */
    public static Targets sequences(int[] labels, int steps) {
        Check.atLeast(steps, 1, "steps");
        if (labels.length % steps != 0) {
            throw new IllegalArgumentException(
                    "labels must be a multiple of the " + steps + " steps long, had " + labels.length);
        }
        Check.allAtLeast(labels, -1, "labels");
        return new Targets(labels.clone(), steps);
    }

    /** Places an example. */
    public int steps() {
        return steps;
    }

    /** Number of examples. */
    public int size() {
        return labels.length / steps;
    }

    /** The place in the set of a row of the batch. */
    int place(int[] examples, int row) {
        return Check.index(examples[row / steps], size(), "example") * steps + row % steps;
    }

    /** The label at a row of the batch; -1 where none counts. */
    int label(int[] examples, int row, int classes) {
        int label = labels[place(examples, row)];
        return label < 0 ? label : Check.index(label, classes, "label");
    }

    /** How many places of an example count. */
    int counted(int example) {
        int from = Check.index(example, size(), "example") * steps;
        return (int)
                IntStream.range(from, from + steps).filter(i -> labels[i] >= 0).count();
    }

    /** How many places of a batch count. */
    int counted(int[] examples) {
        return IntStream.of(examples).map(this::counted).sum();
    }

    /** The loss of one row of the outputs. */
    interface Row {
        /**
         * Adds the gradient of a row's share of the loss.
         *
         * @param i row of the batch
         * @param place of the row in the set
         * @param label at that place
         * @param share weight of the loss over the places that count
         * @return the loss times the share
         */
        double add(int i, int place, int label, double share);
    }

    /** Sum over the places of a batch that count of a mean loss; labels lie below {@code classes}. */
    double mean(Tensor outputs, int[] examples, double weight, Tensor gradient, int classes, Row row) {
        check(outputs, examples, gradient);
        int counted = counted(examples);
        double loss = 0;
        for (int i = 0; i < outputs.rows(); i++) {
            int label = label(examples, i, classes);
            if (label >= 0) {
                loss += row.add(i, place(examples, i), label, weight / counted);
            }
        }
        return loss;
    }

    /** Demands that a batch's outputs have a row for each place. */
    void check(Tensor outputs, int[] examples, Tensor gradient) {
        outputs.demand(examples.length * steps, outputs.columns(), "outputs");
        gradient.demand(outputs.rows(), outputs.columns(), "gradient");
    }
}
