package touchstone.unlearn.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class ExactGoldenTest {
    @Test
    void zeroRetrainForgetting() {
        GoldenCase c = GoldenCase.of("unlearn_exact", "zrf", 1).get(0);
        double[][] p = Golden.matrix(c.input().get("p_unlearned"));
        double[][] q = Golden.matrix(c.input().get("p_random_teacher"));
        c.assertClose("js_nat", ZeroRetrainForgetting.divergences(p, q));
        c.assertClose("zrf_nat", ZeroRetrainForgetting.nats(p, q));
        c.assertClose("zrf_bits", ZeroRetrainForgetting.bits(p, q));
        c.assertClose("zrf_repo_convention", ZeroRetrainForgetting.asPrinted(p, q));
        assertEquals(1, ZeroRetrainForgetting.bits(p, p), 1e-12);
        assertEquals(0, ZeroRetrainForgetting.bits(new double[][] {{1, 0}}, new double[][] {{0, 1}}), 1e-12);
    }

    private static Accuracies accuracies(JsonObject o) {
        return new Accuracies(
                o.get("forget").getAsDouble(),
                o.get("retain").getAsDouble(),
                o.get("test").getAsDouble());
    }

    @Test
    void tugOfWar() {
        GoldenCase c = GoldenCase.of("unlearn_exact", "tow_gap", 1).get(0);
        Accuracies unlearned = accuracies(c.input().getAsJsonObject("unlearned"));
        Accuracies retrained = accuracies(c.input().getAsJsonObject("retrained"));
        c.assertClose("tow", unlearned.tugOfWar(retrained));
        c.assertClose("avg_gap", unlearned.gap(retrained));
        assertEquals(1, retrained.tugOfWar(retrained), 0);
    }

    @Test
    void epsilonOfAnExample() {
        GoldenCase c = GoldenCase.of("unlearn_exact", "eps_per_example", 1).get(0);
        double[] u = c.in("unlearned_outputs");
        double[] r = c.in("retrained_outputs");
        c.assertClose("eps_discard_one_sided_zero", ExampleEpsilon.of(u, r, c.number("delta")));
        assertEquals(ExampleEpsilon.of(u, r, 1e-5), ExampleEpsilon.of(r, u, 1e-5), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, ExampleEpsilon.unbounded(u, r, c.number("delta")), 0);
        double[] far = Arrays.stream(u).map(x -> x + 100).toArray();
        assertEquals(ExampleEpsilon.CAP, ExampleEpsilon.of(far, r, 1e-5), 0);
        assertEquals(ExampleEpsilon.CAP, ExampleEpsilon.of(new double[] {0, 0.001}, r, 1e-5), 0);
    }

    @Test
    void competitionScore() {
        GoldenCase c =
                GoldenCase.of("unlearn_exact", "neurips2023_forget_score", 1).get(0);
        double[] epsilon = c.in("epsilon");
        int models = (int) c.number("num_models");
        c.assertClose("max_epsilon", ForgettingScore.largest(models));
        c.assertClose(
                "per_example",
                Arrays.stream(epsilon)
                        .map(e -> ForgettingScore.points(e, models))
                        .toArray());
        double f = ForgettingScore.of(epsilon, models);
        c.assertClose("forget_score", f);
        double[] retain = c.in("retain_acc");
        double[] test = c.in("test_acc");
        c.assertClose(
                "final_score",
                ForgettingScore.finalScore(
                        f, new Accuracies(0, retain[0], test[0]), new Accuracies(0, retain[1], test[1])));
    }

    @Test
    void relearning() {
        RelearningCurve hidden = RelearningCurve.of(0, 0.95, 1, 1);
        RelearningCurve gone = RelearningCurve.of(0, 0.1, 0.5, 0.92);
        assertEquals(1, hidden.stepsTo(0.9).orElseThrow());
        assertEquals(1.0 / 3, hidden.speedAgainst(gone, 0.9), 1e-12);
        assertEquals(4.0 / 3, RelearningCurve.of(0, 0, 0, 0).speedAgainst(gone, 0.9), 1e-12);
        var e = assertThrows(IllegalArgumentException.class, () -> gone.speedAgainst(hidden, 0));
        assertEquals("level must lie above what the retrained model has at first, 0.0, was 0.0", e.getMessage());
    }
}
