package touchstone.ood.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

class EnsembleUncertaintyTest {
    private static final JsonObject GOLDEN =
            Golden.json("ood/ensembles/ensemble.json").getAsJsonObject();

    private static double[][][] logits() {
        JsonArray members = GOLDEN.getAsJsonArray("logits_S_N_C");
        return members.asList().stream().map(Golden::matrix).toArray(double[][][]::new);
    }

    private static double[] negated(double[] x) {
        return Arrays.stream(x).map(v -> -v).toArray();
    }

    /** 1e-12: double closed forms on the same logits. */
    @Test
    void golden() {
        var u = EnsembleUncertainty.ofLogits(logits());
        double[][] mean = Golden.matrix(GOLDEN.get("mean_prob"));
        for (int i = 0; i < mean.length; i++) {
            assertArrayEquals(mean[i], u.meanProbability()[i], 1e-12);
        }
        same("neg_max_mean_prob", negated(u.confidence()));
        same("predictive_entropy", u.predictiveEntropy());
        same("expected_entropy", u.expectedEntropy());
        same("mutual_information_BALD", u.mutualInformation());
        same("variation_ratio", u.variationRatio());
        same("mean_over_classes_of_unbiased_variance", u.meanVariance());
        double[] ofMeanLogits = Arrays.stream(EnsembleUncertainty.softmaxOfMeanLogits(logits()))
                .mapToDouble(p -> Arrays.stream(p).max().orElseThrow())
                .toArray();
        same("neg_max_softmax_of_MEAN_LOGITS", negated(ofMeanLogits));
        assertEquals(8, u.size());
    }

    private static void same(String name, double[] found) {
        assertArrayEquals(Golden.numbers(GOLDEN.get(name)), found, 1e-12, name);
    }

    /** Two members sure of different classes: all uncertainty is disagreement, log 2 of it. */
    @Test
    void disagreementByHand() {
        var u = EnsembleUncertainty.of(new double[][][] {{{1, 0}, {0.5, 0.5}}, {{0, 1}, {0.5, 0.5}}});
        assertArrayEquals(new double[] {Math.log(2), Math.log(2)}, u.predictiveEntropy(), 1e-15);
        assertArrayEquals(new double[] {0, Math.log(2)}, u.expectedEntropy(), 1e-15);
        assertArrayEquals(new double[] {Math.log(2), 0}, u.mutualInformation(), 1e-15);
        assertArrayEquals(new double[] {0.5, 0}, u.variationRatio());
        assertArrayEquals(new double[] {0.5, 0}, u.meanVariance(), 1e-15);
    }

    @Test
    void predictionsByHand() {
        var p = Predictions.ofLogits(new double[][] {{0, Math.log(3)}, {1, 1}});
        assertArrayEquals(new double[] {0.25, 0.75}, p.probabilities()[0], 1e-15);
        assertArrayEquals(new int[] {1, 0}, p.classes());
        assertArrayEquals(new double[] {0.75, 0.5}, p.confidence(), 1e-15);
        assertEquals(Math.log(2), p.entropy()[1], 1e-15);
        assertArrayEquals(new boolean[] {true, false}, p.correct(new int[] {1, 1}));
        assertArrayEquals(new int[] {0, 1}, p.mistakes(new int[] {1, 1}));
        assertArrayEquals(new double[] {0.25, 0.5}, p.doubt(), 1e-15);
        assertEquals(0.5, Predictions.of(p.probabilities()).accuracy(new int[] {1, 1}));
        assertEquals(
                "labels and predictions must be of equal length, were 1 and 2",
                assertThrows(IllegalArgumentException.class, () -> p.accuracy(new int[1]))
                        .getMessage());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "probabilities[1][0] must sum to 1, summed to 1.5", refused(new double[][][] {{{1, 0}}, {{0.5, 1}}}));
        assertEquals(
                "probabilities[1] and probabilities[0] must be of equal length, were 2 and 1",
                refused(new double[][][] {{{1, 0}}, {{1, 0}, {1, 0}}}));
        assertEquals("probabilities must not be empty, had 0 elements", refused(new double[0][][]));
        assertEquals(
                "probabilities[0][0][1] must be a finite number, was NaN",
                refused(new double[][][] {{{1, Double.NaN}}}));
        assertEquals(
                "members for a variance must be at least 2, was 1",
                assertThrows(IllegalArgumentException.class, () -> EnsembleUncertainty.of(new double[][][] {{{1, 0}}})
                                .meanVariance())
                        .getMessage());
    }

    private static String refused(double[][][] p) {
        return assertThrows(IllegalArgumentException.class, () -> EnsembleUncertainty.of(p))
                .getMessage();
    }
}
