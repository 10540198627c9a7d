package touchstone.continual;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/**
 * Labelled examples.
 *
 * @param x inputs, [n, d]; n may be 0
 * @param labels class of each row, 0 or more, [n]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Labelled(Tensor x, int[] labels) {
    public Labelled {
        Check.sameLength(x.rows(), "x", labels.length, "labels");
        Check.allAtLeast(labels, 0, "labels");
        labels = labels.clone();
    }

    /** Number of examples. */
    public int size() {
        return labels.length;
    }

    /** Label of an example. */
    public int label(int i) {
        return labels[i];
    }

    /** The classes that occur, rising. */
    public int[] classes() {
        return Arrays.stream(labels).distinct().sorted().toArray();
    }

    /** Numbers of all rows, [n]. */
    public int[] rows() {
        return IntStream.range(0, size()).toArray();
    }

    @Override
    public int[] labels() {
        return labels.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labelled that && x.equals(that.x) && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * x.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "Labelled[" + x.shape() + ", classes " + Arrays.toString(classes()) + "]";
    }
}
