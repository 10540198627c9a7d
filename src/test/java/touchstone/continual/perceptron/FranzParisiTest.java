package touchstone.continual.perceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

class FranzParisiTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/saddle_points.json").getAsJsonObject();

    private static double number(JsonElement of, String name) {
        return of.getAsJsonObject().get(name).getAsDouble();
    }

    private static JsonArray cases(String name) {
        return GOLDEN.getAsJsonArray(name);
    }

    /** Gyorgyi (1990): 1.245 examples a weight, printed to three decimals; just below, the error is far from 0. */
    @Test
    void firstOrderTransitionLiesWhereTheLiteraturePutsIt() {
        double alpha = FranzParisi.transition();
        assertEquals(1.245, alpha, 5e-4);
        assertTrue(FranzParisi.first(alpha - 0.01).equilibriumError() > 0.25);
        assertEquals(0, FranzParisi.first(alpha + 0.01).equilibriumError(), 0);
        assertEquals(0, FranzParisi.first(1.6).gibbsError(), 0);
    }

    @Test
    void oneTaskAgreesWithAnIndependentSolution() {
        for (JsonElement each : cases("one")) {
            FranzParisi.OneTask one = FranzParisi.first(number(each, "alpha"));
            assertEquals(number(each, "overlap"), one.overlap(), 1e-9); // the iteration's own end
            assertEquals(number(each, "field"), one.field(), 1e-8);
            assertEquals(number(each, "entropy"), one.entropy(), 1e-9);
        }
    }

    /** Few examples halve the students each: the entropy starts as (1 - alpha) log 2, the overlap as 2 alpha / pi. */
    @Test
    void smallLoadsFollowTheExpansion() {
        double alpha = 1e-4;
        FranzParisi.OneTask one = FranzParisi.first(alpha);
        assertEquals((1 - alpha) * Math.log(2), one.entropy(), alpha * alpha);
        assertEquals(2 * alpha / Math.PI, one.overlap(), 2 * alpha * alpha);
    }

    @Test
    void twoTasksAgreeWithAnIndependentSolution() {
        for (JsonElement each : cases("two")) {
            FranzParisi.TwoTasks two = FranzParisi.second(
                    FranzParisi.first(number(each, "first")),
                    number(each, "second"),
                    number(each, "teachers"),
                    number(each, "coupling"));
            assertEquals(number(each, "overlap"), two.overlap(), 1e-9);
            assertEquals(number(each, "old"), two.first(), 1e-9);
            assertEquals(number(each, "new"), two.second(), 1e-9);
            assertEquals(number(each, "reference"), two.reference(), 1e-9);
        }
    }

    @Test
    void withoutCouplingTheSecondTaskIsLearnedAfresh() {
        FranzParisi.OneTask one = FranzParisi.first(0.9);
        FranzParisi.TwoTasks two = FranzParisi.second(one, 0.7, 0.5, 0);
        FranzParisi.OneTask fresh = FranzParisi.first(0.7);
        assertEquals(fresh.overlap(), two.second(), 1e-9);
        assertEquals(fresh.entropy(), two.potential(), 1e-9);
        assertEquals(0.5 * fresh.overlap(), two.first(), 1e-9);
        assertEquals(0.5, FranzParisi.second(one, 0.7, 0, 0).oldError(), 1e-9);
    }

    /** The potential's slope by the coupling is the overlap with the reference: the potential has a saddle point there. */
    @Test
    void slopeOfThePotentialIsTheOverlapWithTheReference() {
        FranzParisi.OneTask one = FranzParisi.first(0.8);
        double step = 1e-4;
        double up = FranzParisi.second(one, 0.6, 0.3, 0.5 + step).potential();
        double down = FranzParisi.second(one, 0.6, 0.3, 0.5 - step).potential();
        // error of the difference: step squared times a third derivative of order 1
        assertEquals(FranzParisi.second(one, 0.6, 0.3, 0.5).reference(), (up - down) / (2 * step), 1e-7);
    }

    @Test
    void couplingAloneIsTheReferenceAndPerfectLearningIsTheTeacher() {
        FranzParisi.OneTask one = FranzParisi.first(0.8);
        FranzParisi.TwoTasks held = FranzParisi.second(one, 1e-9, 0, 1.5); // no examples to speak of
        assertEquals(Math.tanh(1.5), held.reference(), 1e-6);
        assertEquals(Math.tanh(1.5) * one.overlap(), held.first(), 1e-6);
        FranzParisi.TwoTasks perfect = FranzParisi.second(one, 2, 0.4, 0);
        assertEquals(1, perfect.second(), 0);
        assertEquals(0.4, perfect.first(), 1e-12);
        assertEquals(0, perfect.newError(), 0);
    }

    @Test
    void badArgumentsAreNamed() {
        FranzParisi.OneTask one = FranzParisi.first(0.5);
        assertMessage("alpha must be a finite number above 0, was 0.0", () -> FranzParisi.first(0));
        assertMessage(
                "alpha must be a finite number above 0, was NaN", () -> FranzParisi.second(one, Double.NaN, 0, 1));
        assertMessage(
                "teachers must overlap by a number in [-1, 1], was NaN",
                () -> FranzParisi.second(one, 1, Double.NaN, 1));
        assertMessage(
                "coupling must be a finite number of 0 or more, was -1.0", () -> FranzParisi.second(one, 1, 0, -1));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
