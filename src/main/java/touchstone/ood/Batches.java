package touchstone.ood;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import touchstone.nn.Algebra;
import touchstone.nn.Backends;
import touchstone.util.Check;

/** Batches as plain rows in double, and the algebra over many of them. */
final class Batches {
    /** What the heavy sums run on. */
    static Algebra algebra() {
        return Backends.algebra();
    }

    /** Rows to hold against a whole bank at once. */
    static final int TILE = 128;

    private static final int BLOCK = 1024; // rows whose intermediate results are held at once

    private Batches() {}

    /** The rows of a finite batch, [n, d], copied. */
    static double[][] rows(INDArray batch, String name) {
        if (batch.rank() != 2) {
            throw new IllegalArgumentException(name + " must have shape [n, d], had rank " + batch.rank());
        }
        var rows = new double[(int) batch.size(0)][(int) batch.size(1)];
        for (int from = 0; from < rows.length; from += BLOCK) {
            int to = Math.min(rows.length, from + BLOCK);
            INDArray part = batch.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
            try (INDArray copy = part.castTo(DataType.DOUBLE).dup('c')) { // held open while its buffer is read
                DoubleBuffer values = copy.data().asNioDouble();
                for (int i = from; i < to; i++) {
                    values.get(rows[i]);
                    Check.allFinite(rows[i], name + "[" + i + "]");
                }
            }
        }
        return rows;
    }

    /** Scores of many rows, some at a time, so that what they go through need not fit into memory for all. */
    static double[] inBlocks(double[][] rows, Function<double[][], double[]> score) {
        return inBlocks(rows, BLOCK, score);
    }

    /** As {@link #inBlocks(double[][], Function)}, so many rows at a time. */
    static double[] inBlocks(double[][] rows, int height, Function<double[][], double[]> score) {
        var out = new double[rows.length];
        for (int from = 0; from < rows.length; from += height) {
            double[] part = score.apply(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + height)));
            System.arraycopy(part, 0, out, from, part.length);
        }
        return out;
    }

    /** The feature rows of a batch, divided by their lengths in copies where {@code normalise} says so. */
    static double[][] prepared(Batch batch, boolean normalise) {
        double[][] rows = batch.featureRows();
        return normalise ? Arrays.stream(rows).parallel().map(Vectors::unit).toArray(double[][]::new) : rows;
    }

    /** Demands a label of 0 or more for every row; returns the number of classes, the largest label + 1. */
    static int classes(double[][] rows, int[] labels) {
        Check.sameLength(rows.length, "features", labels.length, "labels");
        int most = -1;
        for (int i = 0; i < labels.length; i++) {
            most = Math.max(most, Check.atLeast(labels[i], 0, "labels[" + i + "]"));
        }
        return most + 1;
    }

    /** The rows that the model classifies rightly; demands one of each class that has a logit. */
    static int[] right(Batch train) {
        int[] labels = train.labels();
        int classes = train.logitRows()[0].length;
        int[] right = IntStream.range(0, labels.length)
                .filter(i -> Vectors.argMax(train.logitRows()[i]) == labels[i])
                .toArray();
        int[] counts =
                ScatterMatrix.counts(IntStream.of(right).map(i -> labels[i]).toArray(), classes);
        for (int k = 0; k < classes; k++) {
            Check.atLeast(counts[k], 1, "rightly classified rows of class " + k);
        }
        return right;
    }

    /** All dimensions but the first in one, [n, d]. */
    static INDArray flat(INDArray batch) {
        if (batch.rank() < 2) {
            throw new IllegalArgumentException("inputs must have shape [n, ...], had rank " + batch.rank());
        }
        return batch.rank() == 2 ? batch : batch.dup('c').reshape(batch.size(0), batch.length() / batch.size(0));
    }

    /** Activation maps [n, channels, ...] as [n][channels][positions]. */
    static double[][][] maps(INDArray layer, int size, String name) {
        if (layer.rank() < 2) {
            throw new IllegalArgumentException("activations must have shape [n, c, ...], had rank " + layer.rank());
        }
        Check.sameLength(size, name, (int) layer.size(0), "activations");
        int channels = (int) layer.size(1);
        return Arrays.stream(rows(flat(layer), "activations"))
                .map(row -> split(row, channels))
                .toArray(double[][][]::new);
    }

    private static double[][] split(double[] row, int parts) {
        int each = row.length / parts;
        var out = new double[parts][];
        for (int k = 0; k < parts; k++) {
            out[k] = Arrays.copyOfRange(row, k * each, (k + 1) * each);
        }
        return out;
    }

    /** The rows of the given indices; none where there are none. */
    static double[][] pick(double[][] from, int... rows) {
        return from.length == 0
                ? from
                : Arrays.stream(rows).mapToObj(i -> from[i]).toArray(double[][]::new);
    }

    /** A row without one element. */
    static double[] without(double[] row, int c) {
        var out = new double[row.length - 1];
        System.arraycopy(row, 0, out, 0, c);
        System.arraycopy(row, c + 1, out, c, out.length - c);
        return out;
    }
}
