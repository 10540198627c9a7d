package touchstone.continual.perceptron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import touchstone.testing.Golden;

class MetaplasticPerceptronTest {
    private static final MetaplasticPerceptron.Options OPTIONS = MetaplasticPerceptron.Options.defaults();

    @Test
    void stepsAgreeWithAnIndependentProgram() {
        JsonObject golden =
                Golden.json("continual/saddle_points.json").getAsJsonObject().getAsJsonObject("metaplastic");
        var gson = new Gson();
        double[][] rows = gson.fromJson(golden.get("rows"), double[][].class);
        int[] labels = gson.fromJson(golden.get("labels"), int[].class);
        double[] hidden = gson.fromJson(golden.get("hidden"), double[].class);
        var options = new MetaplasticPerceptron.Options(
                golden.get("strength").getAsDouble(),
                golden.get("rate").getAsDouble(),
                golden.get("steps").getAsInt(),
                rows.length,
                1);
        double[] found =
                MetaplasticPerceptron.of(hidden).learn(rows, labels, options).hidden();
        assertArrayEquals(gson.fromJson(golden.get("after"), double[].class), found, 1e-12);
    }

    @Test
    void learnsATeacherAndStrengthKeepsTheFirstTask() {
        int d = 101;
        double kept = 0;
        double lost = 0;
        for (long seed = 1; seed <= 5; seed++) {
            Teachers teachers = Teachers.draw(d, 0, seed);
            double[][] x = teachers.inputs(0, 2 * d);
            double[][] z = teachers.inputs(1, 2 * d);
            MetaplasticPerceptron start = MetaplasticPerceptron.draw(d, seed);
            for (double strength : new double[] {0, 5}) {
                var options = OPTIONS.withStrength(strength);
                MetaplasticPerceptron one = start.learn(x, teachers.labels(0, x), options);
                double error = teachers.error(0, one.weights());
                assertTrue(error < 0.35, () -> "error " + error); // chance is 0.5
                double after = teachers.error(
                        0, one.learn(z, teachers.labels(1, z), options).weights());
                kept += strength > 0 ? after : 0;
                lost += strength > 0 ? 0 : after;
            }
        }
        double keptError = kept / 5;
        double lostError = lost / 5;
        assertTrue(keptError < lostError, () -> keptError + " with, " + lostError + " without metaplasticity");
    }

    @Test
    void equalSeedsLearnAlikeAndTheArgumentStays() {
        MetaplasticPerceptron start = MetaplasticPerceptron.draw(9, 3);
        double[] before = start.hidden();
        Teachers teachers = Teachers.draw(9, 0.2, 4);
        double[][] x = teachers.inputs(0, 30);
        int[] y = teachers.labels(0, x);
        assertArrayEquals(
                start.learn(x, y, OPTIONS).hidden(), start.learn(x, y, OPTIONS).hidden(), 0);
        assertArrayEquals(before, start.hidden(), 0);
        assertTrue(Arrays.stream(start.weights()).allMatch(w -> Math.abs(w) == 1));
        assertEquals(1, MetaplasticPerceptron.of(new double[] {0.3, -0.1}).label(new double[] {1, -1}));
    }

    @Test
    void teachersOverlapAsAsked() {
        int[] one = Teachers.draw(200, 0.4, 1).weights(0);
        int[] other = Teachers.draw(200, 0.4, 1).weights(1);
        double dot = 0;
        for (int i = 0; i < 200; i++) {
            dot += one[i] * other[i];
        }
        assertEquals(0.4, dot / 200, 1e-12);
        double[] asStudent = Arrays.stream(other).asDoubleStream().toArray();
        assertEquals(Math.acos(0.4) / Math.PI, Teachers.draw(200, 0.4, 1).error(0, asStudent), 1e-12);
    }

    @Test
    void badArgumentsAreNamed() {
        MetaplasticPerceptron start = MetaplasticPerceptron.draw(2, 1);
        assertMessage(
                "rows must not be empty, had 0 elements", () -> start.learn(new double[0][], new int[0], OPTIONS));
        assertMessage(
                "rows[0][1] must be a finite number, was NaN",
                () -> start.learn(new double[][] {{1, Double.NaN}}, new int[] {1}, OPTIONS));
        assertMessage(
                "labels[0] must be -1 or 1, was 2", () -> start.learn(new double[][] {{1, 1}}, new int[] {2}, OPTIONS));
        assertMessage("strength must be a finite number of 0 or more, was NaN", () -> OPTIONS.withStrength(Double.NaN));
        assertMessage("student must have a weight other than 0, had none of 3", () -> Teachers.draw(3, 0, 1)
                .error(0, new double[3]));
    }

    private static void assertMessage(String expected, Runnable act) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }
}
