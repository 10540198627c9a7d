package touchstone.continual.perceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import touchstone.stats.Moments;
import touchstone.testing.Golden;

class VariationalTheoryTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/saddle_points.json").getAsJsonObject();

    private static double number(JsonElement of, String name) {
        return of.getAsJsonObject().get(name).getAsDouble();
    }

    @Test
    void agreesWithAnIndependentSolution() {
        for (JsonElement each : GOLDEN.getAsJsonArray("variational")) {
            VariationalTheory one = VariationalTheory.first(number(each, "first"));
            assertEquals(number(each, "overlapOne"), one.overlap(), 1e-8);
            assertEquals(number(each, "teacherOne"), one.lastTeacher(), 1e-8);
            VariationalTheory two = one.then(number(each, "second"), number(each, "teachers"));
            assertEquals(number(each, "overlap"), two.overlap(), 1e-7); // priors on different grids
            assertEquals(number(each, "old"), two.firstTeacher(), 1e-7);
            assertEquals(number(each, "new"), two.lastTeacher(), 1e-7);
        }
    }

    /** Twelve students of 201 weights; the bound is four standard errors and 1 / 201 for the finite size. */
    @Test
    void predictsWhatDescentFinds() {
        int d = 201;
        double overlap = 0.5;
        VariationalTheory theory = VariationalTheory.first(1).then(1, overlap);
        int students = 12;
        var old = new double[students];
        var last = new double[students];
        var options = VariationalPerceptron.Options.defaults()
                .withEpochs(300)
                .withBatch(d)
                .withRate(0.5 * d);
        for (int s = 0; s < students; s++) {
            Teachers teachers = Teachers.draw(d, overlap, 40 + s);
            double[][] x = teachers.inputs(0, d);
            double[][] z = teachers.inputs(1, d);
            VariationalPerceptron one = VariationalPerceptron.flat(d).learn(x, teachers.labels(0, x), options);
            VariationalPerceptron two = one.learn(z, teachers.labels(1, z), options);
            // a slope of 0.01 is left to move errors by less than 1e-4
            double[] slope = one.gradient(two, z, teachers.labels(1, z), 1);
            assertTrue(IntStream.range(0, d).allMatch(i -> Math.abs(slope[i]) < 1e-2), "not at the minimum");
            old[s] = teachers.error(0, two.magnetisations());
            last[s] = teachers.error(1, two.magnetisations());
        }
        double error = Math.sqrt(Moments.variance(old) / students);
        assertEquals(theory.oldError(), Moments.mean(old), 4 * error + 1.0 / d);
        double lastError = Math.sqrt(Moments.variance(last) / students);
        assertEquals(theory.newError(), Moments.mean(last), 4 * lastError + 1.0 / d);
    }

    @Test
    void theExactStudentIsNeverWorseThanTheVariationalOne() {
        for (double alpha : new double[] {0.2, 0.5, 1, 1.2}) {
            double exact = FranzParisi.first(alpha).bayesError(); // the best that any rule can do
            assertTrue(VariationalTheory.first(alpha).newError() >= exact, () -> "alpha " + alpha);
        }
    }

    @Test
    void oppositeTeachersMirrorEachOther() {
        VariationalTheory one = VariationalTheory.first(0.8);
        VariationalTheory same = one.then(0.8, 1);
        assertEquals(same.oldError(), same.newError(), 1e-9); // the iteration's own end
        VariationalTheory opposed = one.then(0.8, -1);
        assertEquals(1, opposed.oldError() + opposed.newError(), 1e-9);
        assertTrue(same.newError() < one.newError());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "alpha must be a finite number above 0, was Infinity",
                assertThrows(IllegalArgumentException.class, () -> VariationalTheory.first(Double.POSITIVE_INFINITY))
                        .getMessage());
        VariationalTheory one = VariationalTheory.first(0.5);
        assertEquals(
                "teachers must overlap by a number in [-1, 1], was 1.5",
                assertThrows(IllegalArgumentException.class, () -> one.then(1, 1.5))
                        .getMessage());
    }
}
