package touchstone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static touchstone.testing.Golden.number;
import static touchstone.testing.Golden.numbers;
import static touchstone.testing.Golden.truths;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.testing.Golden;

class CalibrationTest {
    private static final JsonObject GOLDEN =
            Golden.json("ood/calibration/calibration.json").getAsJsonObject();
    private final double[][] logits = Golden.csv("ood/calibration/logits.csv");
    private final int[] labels = Golden.labels("ood/calibration/labels.csv");
    private final double[][] probabilities = softmax(logits);
    private final int[] predicted =
            IntStream.range(0, labels.length).map(i -> argMax(probabilities[i])).toArray();

    private static double[][] softmax(double[][] z) {
        var p = new double[z.length][];
        for (int i = 0; i < z.length; i++) {
            double max = java.util.Arrays.stream(z[i]).max().orElseThrow();
            double[] e =
                    java.util.Arrays.stream(z[i]).map(x -> Math.exp(x - max)).toArray();
            double sum = java.util.Arrays.stream(e).sum();
            p[i] = java.util.Arrays.stream(e).map(x -> x / sum).toArray();
        }
        return p;
    }

    private static int argMax(double[] p) {
        return IntStream.range(0, p.length)
                .reduce((a, b) -> p[b] > p[a] ? b : a)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 20})
    void errorsAgreeWithTheReference(int bins) {
        JsonObject expected = GOLDEN.getAsJsonObject("ece").getAsJsonObject(String.valueOf(bins));
        var confidence = new double[labels.length];
        var correct = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            confidence[i] = probabilities[i][predicted[i]];
            correct[i] = predicted[i] == labels[i];
        }
        double tolerance = 1e-12; // sums of 200 doubles of at most 1
        assertEquals(
                number(expected.get("right_closed")), CalibrationError.expected(confidence, correct, bins), tolerance);
        assertEquals(
                number(expected.get("rms_right")),
                CalibrationError.rootMeanSquare(confidence, correct, bins),
                tolerance);
        assertEquals(
                number(expected.get("left_closed")),
                CalibrationError.expected(confidence, correct, bins, Binning.LEFT_CLOSED),
                tolerance);
        assertEquals(number(expected.get("mce_right")), CalibrationError.maximum(confidence, correct, bins), tolerance);
        assertEquals(
                number(expected.get("equal_mass")), CalibrationError.equalMass(confidence, correct, bins), tolerance);
        assertEquals(
                number(expected.get("classwise_right")),
                CalibrationError.classwise(probabilities, labels, bins),
                tolerance);
    }

    @Test
    void edgesOfBinsAgreeWithTheReference() {
        for (JsonElement e : GOLDEN.getAsJsonArray("edge_cases")) {
            JsonObject c = e.getAsJsonObject();
            String name = c.get("name").getAsString();
            double[] confidence = numbers(c.get("confidence"));
            boolean[] correct = truths(numbers(c.get("correct")));
            assertEquals(
                    number(c.get("ece10_left")),
                    CalibrationError.expected(confidence, correct, 10, Binning.LEFT_CLOSED),
                    1e-12,
                    name);
            assertEquals(number(c.get("ece10_right")), CalibrationError.expected(confidence, correct, 10), 1e-12, name);
            assertEquals(
                    number(c.get("equal_mass_2")), CalibrationError.equalMass(confidence, correct, 2), 1e-12, name);
        }
    }

    @Test
    void scoresOfProbabilitiesAgreeWithTheReference() {
        assertEquals(number(GOLDEN.get("brier_sum_over_classes")), Brier.sumOverClasses(probabilities, labels), 1e-12);
        assertEquals(
                number(GOLDEN.get("brier_mean_over_classes")), Brier.meanOverClasses(probabilities, labels), 1e-12);
        assertEquals(number(GOLDEN.get("nll")), NegativeLogLikelihood.ofLogits(logits, labels), 1e-11);
        assertEquals(number(GOLDEN.get("nll")), NegativeLogLikelihood.of(probabilities, labels), 1e-11);
        assertEquals(number(GOLDEN.get("accuracy")), Accuracy.of(labels, predicted), 0);
        assertEquals(
                number(GOLDEN.get("accuracy")),
                ConfusionMatrix.of(labels, predicted, probabilities[0].length).accuracy(),
                0);
    }

    /** The optimum itself is another's; the likelihood there and at 1 is ours to reproduce. */
    @Test
    void likelihoodAtTheOptimalTemperature() {
        double t = number(GOLDEN.get("temperature_optimal"));
        double[][] tempered = java.util.Arrays.stream(logits)
                .map(row -> java.util.Arrays.stream(row).map(z -> z / t).toArray())
                .toArray(double[][]::new);
        assertEquals(number(GOLDEN.get("nll_at_1")), NegativeLogLikelihood.ofLogits(logits, labels), 1e-11);
        assertEquals(number(GOLDEN.get("nll_at_optimum")), NegativeLogLikelihood.ofLogits(tempered, labels), 1e-11);
    }

    /** Where every bin is named as the method without a name has it, the two agree. */
    @Test
    void namedBinningsAreTheUnnamedOnes() {
        double[] p = {0.1, 0.3, 0.3, 0.6, 0.95, 1, 0};
        boolean[] y = {false, true, false, true, true, true, false};
        assertEquals(Reliability.equalWidth(p, y, 4), Reliability.of(p, y, 4, Binning.RIGHT_CLOSED));
        assertEquals(Reliability.leftClosed(p, y, 4), Reliability.of(p, y, 4, Binning.LEFT_CLOSED));
        assertEquals(Reliability.equalMass(p, y, 4), Reliability.of(p, y, 4, Binning.EQUAL_MASS));
        double[][] rows = {{0.5, 0.5}, {0.25, 0.75}};
        // four bins, class 0: 0.5 and 0.25 begin bins of their own, gaps 0.5 and 0.25, each half the rows; class 1
        // alike
        assertEquals(0.375, CalibrationError.classwise(rows, new int[] {0, 1}, 4, Binning.LEFT_CLOSED), 1e-15);
    }

    @Test
    void binaryProbabilitiesAgreeWithTheAlignmentReference() {
        for (JsonElement e :
                Golden.json("alignment/rlhf_metrics.json").getAsJsonObject().getAsJsonArray("cases")) {
            JsonObject c = e.getAsJsonObject();
            JsonObject in = c.getAsJsonObject("input");
            JsonObject expected = c.getAsJsonObject("expected");
            String name = c.get("name").getAsString();
            if (name.startsWith("ece_")) {
                double[] p = numbers(in.get("p"));
                boolean[] y = truths(numbers(in.get("y")));
                int bins = in.get("bins").getAsInt();
                Reliability r = name.startsWith("ece_mass")
                        ? Reliability.equalMass(p, y, bins)
                        : Reliability.equalWidth(p, y, bins);
                assertEquals(number(expected.get("ece")), CalibrationError.expected(r), 1e-10, name);
                assertEquals(number(expected.get("mce")), CalibrationError.maximum(r), 1e-10, name);
            } else if (name.equals("brier_nll")) {
                double[] p = numbers(in.get("p"));
                boolean[] y = truths(numbers(in.get("y")));
                assertEquals(number(expected.get("brier")), Brier.binary(p, y), 1e-10);
                assertEquals(number(expected.get("nll")), NegativeLogLikelihood.binary(p, y), 1e-10);
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "confidence[1] must lie in [0, 1], was 1.5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CalibrationError.expected(new double[] {0, 1.5}, new boolean[2]))
                        .getMessage());
        assertEquals(
                "bins must be at least 1, was 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CalibrationError.expected(new double[1], new boolean[1], 0))
                        .getMessage());
        assertEquals(
                "labels[0] must lie in [0, 2), was 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NegativeLogLikelihood.of(new double[][] {{1, 0}}, new int[] {2}))
                        .getMessage());
    }

    @Test
    void confusionCountsAndShares() {
        var matrix = ConfusionMatrix.of(new int[] {0, 0, 1, 1, 1, 2}, new int[] {0, 1, 1, 1, 0, 1}, 3);
        assertEquals(new ConfusionMatrix(new int[][] {{1, 1, 0}, {1, 2, 0}, {0, 1, 0}}), matrix);
        assertEquals(0.5, matrix.accuracy(), 0);
        assertEquals(2.0 / 3, matrix.recall(1), 0);
        assertEquals(0.5, matrix.precision(1), 0);
        assertEquals(
                "precision of class 2 needs a prediction of it, there were 0",
                assertThrows(IllegalArgumentException.class, () -> matrix.precision(2))
                        .getMessage());
    }
}
