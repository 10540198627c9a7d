package touchstone.unlearn.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.metrics.Rouge;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class TofuGoldenTest {
    private static double[] ratios(JsonObject side) {
        return TruthRatio.of(Golden.numbers(side.get("paraphrased_loss")), Golden.matrix(side.get("perturbed_loss")));
    }

    @Test
    void truthRatioAndItsSummaries() {
        for (GoldenCase c : GoldenCase.of("unlearn_tofu", "truth_n.*", 2)) {
            double[] right = c.in("paraphrased_loss");
            double[][] wrong = Golden.matrix(c.input().get("perturbed_loss"));
            double[] ratio = TruthRatio.of(right, wrong);
            c.assertClose("truth_ratio", ratio);
            c.assertClose(
                    "ratio_para_over_pert", Arrays.stream(ratio).map(r -> 1 / r).toArray());
            c.assertClose("truth_ratio_arith", TruthRatio.arithmetic(right, wrong));
            c.assertClose("forget_agg", TruthRatio.forgotten(ratio));
            c.assertClose("retain_agg", TruthRatio.kept(ratio));
            c.assertClose("prob_mean", TruthRatio.preference(ratio));
        }
    }

    @Test
    void forgetQualityIsTheExactTestAndDoesNotCareForInversion() {
        for (GoldenCase c : GoldenCase.of("unlearn_tofu", "forget_quality_.*", 2)) {
            double[] unlearned = ratios(c.input().getAsJsonObject("unlearned"));
            double[] retain = ratios(c.input().getAsJsonObject("retain"));
            ForgetQuality q = ForgetQuality.of(unlearned, retain);
            c.assertClose("statistic", q.distance());
            c.assertClose("p_exact", q.pValue());
            assertEquals(Math.log10(q.pValue()), q.log10P(), 1e-9);
            ForgetQuality inverse = ForgetQuality.of(
                    Arrays.stream(unlearned).map(r -> 1 / r).toArray(),
                    Arrays.stream(retain).map(r -> 1 / r).toArray());
            assertEquals(q.pValue(), inverse.pValue(), 1e-12);
        }
    }

    @Test
    void logarithmOfPIsFiniteWhereADoubleUnderflows() {
        int n = 1200; // two samples without overlap: p = 2 / C(2n, n) = 2 n!^2 / (2n)!
        double[] low = new double[n];
        double[] high = new double[n];
        Arrays.setAll(low, i -> i);
        Arrays.setAll(high, i -> n + i);
        double expected = Math.log(2);
        for (int i = 1; i <= n; i++) {
            expected -= Math.log((double) (n + i) / i);
        }
        ForgetQuality q = ForgetQuality.of(low, high);
        assertEquals(0, q.pValue(), 0);
        assertEquals(expected, q.logP(), 1e-9 * Math.abs(expected));
    }

    @Test
    void utilityIsHarmonicAndZeroStaysZero() {
        for (GoldenCase c : GoldenCase.of("unlearn_tofu", "model_utility.*", 2)) {
            c.assertClose("harmonic_mean", ModelUtility.of(c.in("values")));
        }
        GoldenCase p = GoldenCase.of("unlearn_tofu", "probability", 1).get(0);
        p.assertClose("prob_mean", AnswerProbability.of(p.in("avg_gt_loss")));
        p.assertClose(
                "prob_normalised_mean",
                AnswerProbability.amongOptions(
                        p.in("avg_gt_loss"), Golden.matrix(p.input().get("avg_wrong_loss"))));
    }

    private static List<String> words(JsonElement list) {
        return list.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @Test
    void rouge() {
        for (GoldenCase c : GoldenCase.of("unlearn_tofu", "rouge_.*", 5)) {
            List<String> reference = words(c.input().get("reference"));
            List<String> hypothesis = words(c.input().get("hypothesis"));
            JsonObject l = c.expected().getAsJsonObject("rougeL");
            Rouge longest = Rouge.longest(reference, hypothesis);
            assertEquals(l.get("lcs").getAsInt(), longest.matches(), c.name());
            same(l, longest, c.name());
            same(c.expected().getAsJsonObject("rouge1"), Rouge.single(reference, hypothesis), c.name());
        }
        assertEquals(List.of("the", "author", "s", "2nd", "book"), Rouge.tokens("The author's 2nd book!"));
    }

    private static void same(JsonObject expected, Rouge actual, String name) {
        assertEquals(expected.get("recall").getAsDouble(), actual.recall(), 1e-10, name);
        assertEquals(expected.get("precision").getAsDouble(), actual.precision(), 1e-10, name);
        assertEquals(expected.get("f1").getAsDouble(), actual.f1(), 1e-10, name);
    }

    @Test
    void extraction() {
        for (GoldenCase c : GoldenCase.of("unlearn_tofu", "extraction_.*", 4)) {
            int[] predicted = Golden.integers(c.input().get("pred"));
            int[] labels = Golden.integers(c.input().get("label"));
            c.assertClose("k", Memorisation.prefix(predicted, labels));
            c.assertClose("strict", Memorisation.extractionStrength(predicted, labels));
            c.assertClose("open_unlearning", Memorisation.extractionStrengthAsPrinted(predicted, labels));
            c.assertClose("exact_memorization", Memorisation.exact(predicted, labels));
        }
    }

    @Test
    void messagesNameTheArgument() {
        var e = assertThrows(IllegalArgumentException.class, () -> TruthRatio.of(new double[] {1}, new double[2][1]));
        assertEquals("right and wrong must be of equal length, were 1 and 2", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> ModelUtility.of());
        assertTrue(e.getMessage().contains("parts"), e.getMessage());
    }
}
