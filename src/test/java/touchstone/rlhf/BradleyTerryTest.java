package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static touchstone.testing.Golden.number;
import static touchstone.testing.Golden.numbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

/** golden/alignment/rlhf_bt.json: |a - b| <= rtol max(1, |b|). */
class BradleyTerryTest {
    private static List<JsonObject> cases(String start) {
        return Golden.json("alignment/rlhf_bt.json").getAsJsonObject().getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(c -> c.get("name").getAsString().matches(start))
                .toList();
    }

    private static void close(JsonObject expected, String key, double tolerance, double... actual) {
        JsonElement e = expected.get(key);
        double[] numbers = e.isJsonArray() ? numbers(e) : new double[] {number(e)};
        assertEquals(numbers.length, actual.length, key);
        for (int i = 0; i < actual.length; i++) {
            assertEquals(numbers[i], actual[i], tolerance * Math.max(1, Math.abs(numbers[i])), key + "[" + i + "]");
        }
    }

    @Test
    void lossAndGradientAgreeWithTheReference() {
        List<JsonObject> all = cases("(plain|margin|edge).*");
        assertEquals(10, all.size());
        for (JsonObject c : all) {
            JsonObject in = c.getAsJsonObject("input");
            JsonObject expected = c.getAsJsonObject("expected");
            double rtol = number(c.get("rtol"));
            double[] chosen = numbers(in.get("chosen"));
            double[] rejected = numbers(in.get("rejected"));
            JsonElement given = in.get("margin");
            double[] margin = given == null || given.isJsonNull() ? new double[chosen.length] : numbers(given);
            JsonElement coefficient = in.get("center_coefficient");
            double centring = coefficient == null || coefficient.isJsonNull() ? 0 : number(coefficient);
            PairLoss loss = BradleyTerry.defaults().withCentring(centring).of(chosen, rejected, margin);
            close(expected, "loss", rtol, loss.loss());
            close(expected, "per_pair", rtol, loss.perPair());
            close(expected, "grad_chosen", rtol, loss.gradChosen());
            close(expected, "grad_rejected", rtol, loss.gradRejected());
            close(expected, "accuracy", rtol, BradleyTerry.accuracy(chosen, rejected));
            close(expected, "accuracy_half_ties", rtol, BradleyTerry.accuracyHalfTies(chosen, rejected));
            var probability = new double[chosen.length];
            Arrays.setAll(probability, i -> BradleyTerry.probability(chosen[i], rejected[i]));
            close(expected, "prob_chosen", rtol, probability);
        }
    }

    @Test
    void linearFitAgreesWithTheReference() {
        List<JsonObject> all = cases("linear.*");
        assertEquals(2, all.size());
        for (JsonObject c : all) {
            JsonObject in = c.getAsJsonObject("input");
            JsonObject expected = c.getAsJsonObject("expected");
            double rtol = number(c.get("rtol"));
            double[][] d = Golden.matrix(in.get("feature_difference"));
            double[] w = numbers(in.get("w"));
            double l2 = number(in.get("l2"));
            var fit = new LogisticFit(Arrays.stream(d).map(SparseRow::of).toList(), w.length, l2);
            close(expected, "loss", rtol, fit.loss(w));
            close(expected, "gradient", rtol, fit.gradient(w));
            double[][] hessian = Golden.matrix(expected.get("hessian"));
            for (int j = 0; j < w.length; j++) {
                var unit = new double[w.length];
                unit[j] = 1;
                double[] column = fit.hessianTimes(fit.curvature(w), unit);
                for (int i = 0; i < w.length; i++) {
                    assertEquals(hessian[i][j], column[i], rtol);
                }
            }
            double[] optimum = LinearRewardModel.weights(d, l2);
            close(expected, "w_optimum", rtol, optimum);
            close(expected, "loss_optimum", rtol, fit.loss(optimum));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "chosen[0] must be a finite number, was NaN",
                assertThrows(IllegalArgumentException.class, () -> BradleyTerry.defaults()
                                .of(new double[] {Double.NaN}, new double[1]))
                        .getMessage());
        assertEquals(
                "chosen and margin must be of equal length, were 1 and 2",
                assertThrows(IllegalArgumentException.class, () -> BradleyTerry.defaults()
                                .of(new double[1], new double[1], new double[2]))
                        .getMessage());
        assertEquals(
                "l2 must be a finite number above 0, was 0.0",
                assertThrows(IllegalArgumentException.class, () -> LinearRewardModel.weights(new double[1][1], 0))
                        .getMessage());
    }
}
