package touchstone.ood.uncertainty;

import java.util.Arrays;
import touchstone.util.Check;

/** What one classifier says of n rows: probabilities, the most likely classes, and how sure it is of them. Immutable. */
public final class Predictions {
    private final double[][] probabilities;

    private Predictions(double[][] probabilities) {
        this.probabilities = probabilities;
    }

    /** By softmax of logits, [n, c]. */
    public static Predictions ofLogits(double[][] logits) {
        LogitRows.classes(logits, "logits");
        return new Predictions(LogitRows.softmax(logits));
    }

    /** Of probabilities, [n, c], each row summing to 1 within 1e-4. */
    public static Predictions of(double[][] probabilities) {
        return new Predictions(
                EnsembleUncertainty.of(new double[][][] {probabilities}).meanProbability());
    }

    /** Number of rows, n. */
    public int size() {
        return probabilities.length;
    }

    /** The probabilities, [n, c]. */
    public double[][] probabilities() {
        return Arrays.stream(probabilities).map(double[]::clone).toArray(double[][]::new);
    }

    /** The most likely class of each row, [n]; the first of equals. */
    public int[] classes() {
        return Arrays.stream(probabilities).mapToInt(LogitRows::argMax).toArray();
    }

    /** The probability of that class, [n], in [1 / c, 1]. */
    public double[] confidence() {
        return Arrays.stream(probabilities)
                .mapToDouble(p -> p[LogitRows.argMax(p)])
                .toArray();
    }

    /** One less the confidence, [n], in [0, 1 - 1 / c]: higher is less sure, as an AUROC of failures takes it. */
    public double[] doubt() {
        return Arrays.stream(confidence()).map(c -> 1 - c).toArray();
    }

    /** Entropy of the probabilities, [n], in [0, log c], in nats. */
    public double[] entropy() {
        return Arrays.stream(probabilities).mapToDouble(LogitRows::entropy).toArray();
    }

    /** Which most likely classes are the true ones, [n]. */
    public boolean[] correct(int[] labels) {
        Check.sameLength(labels.length, "labels", size(), "predictions");
        int[] classes = classes();
        var correct = new boolean[labels.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = classes[i] == labels[i];
        }
        return correct;
    }

    /** The mistakes, [n]: 1 where the most likely class is not the true one, else 0. */
    public int[] mistakes(int[] labels) {
        boolean[] correct = correct(labels);
        var mistakes = new int[correct.length];
        Arrays.setAll(mistakes, i -> correct[i] ? 0 : 1);
        return mistakes;
    }

    /** The share of rows whose most likely class is the true one, in [0, 1]. */
    public double accuracy(int[] labels) {
        int hits = 0;
        for (boolean hit : correct(labels)) {
            hits += hit ? 1 : 0;
        }
        return (double) hits / size();
    }

    @Override
    public String toString() {
        return "Predictions[" + size() + " rows, " + probabilities[0].length + " classes]";
    }
}
