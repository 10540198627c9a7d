package touchstone.ood.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import touchstone.util.Seeds;

class ThresholdTest {
    private static final double[] NINETEEN =
            IntStream.rangeClosed(1, 19).mapToDouble(i -> i).toArray();

    @Test
    void ranksByHand() {
        Threshold t =
                ThresholdCalibrator.atFalseAlarmRate(0.1).withUndecided(0.2).fit(NINETEEN);
        assertEquals(18, t.value()); // k = ceil(20 * 0.9) = 18
        assertArrayEquals(
                new double[] {1 / 20.0, 2 / 20.0, 3 / 20.0, 1}, t.pValues(new double[] {20, 19, 18, 0}), 1e-15);
        assertArrayEquals(
                new Decision[] {Decision.OOD, Decision.OOD, Decision.UNDECIDED, Decision.UNDECIDED, Decision.ID},
                t.decide(new double[] {Double.POSITIVE_INFINITY, 19, 18, 17, 16}));
        assertEquals(
                Decision.ID,
                ThresholdCalibrator.atFalseAlarmRate(0.1).fit(NINETEEN).decide(18));
        assertEquals(19, ThresholdCalibrator.defaults().fit(NINETEEN).value()); // 20 * 0.05 = 1 rank alarms
    }

    /** The rate is Beta(1, 19) for one rank of twenty: 1 - (1 - r)^19 = 0.95. */
    @Test
    void boundByHand() {
        Threshold t = ThresholdCalibrator.defaults().fit(NINETEEN);
        assertEquals(1 - Math.pow(0.05, 1 / 19.0), t.falseAlarmBound(0.95), 1e-10);
    }

    /** 4,000 draws of 30 scores and one more: alarms are binomial at most at the rate, and the bound holds as often as said. */
    @Test
    void ratesHold() {
        int draws = 4000;
        int alarms = 0;
        int held = 0;
        for (int r = 0; r < draws; r++) {
            RandomGenerator rng = Seeds.rng(1, "threshold", r);
            double[] scores = rng.doubles(30).toArray();
            Threshold t = ThresholdCalibrator.atFalseAlarmRate(0.1).fit(scores);
            alarms += t.decide(rng.nextDouble()) == Decision.OOD ? 1 : 0;
            held += 1 - t.value() <= t.falseAlarmBound(0.9) ? 1 : 0;
        }
        double rate = 3 / 31.0; // of 31 ranks 3 alarm
        var alarmLaw = new BinomialDistribution(null, draws, rate);
        assertTrue(alarmLaw.cumulativeProbability(alarms) > 0.0005, "alarms " + alarms);
        assertTrue(1 - alarmLaw.cumulativeProbability(alarms - 1) > 0.0005, "alarms " + alarms);
        var heldLaw = new BinomialDistribution(null, draws, 0.9);
        assertTrue(heldLaw.cumulativeProbability(held) > 0.0005, "held " + held);
        assertTrue(1 - heldLaw.cumulativeProbability(held - 1) > 0.0005, "held " + held);
    }

    @Test
    void tiesAlarmLess() {
        Threshold t = ThresholdCalibrator.atFalseAlarmRate(0.2).fit(new double[20]);
        assertEquals(Decision.ID, t.decide(0));
        assertEquals(1, t.pValue(0));
        assertEquals(Decision.OOD, t.decide(1e-300));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "idScores must hold at least 19 scores for a rate of 0.05, had 18",
                refused(() -> ThresholdCalibrator.defaults().fit(new double[18])));
        assertEquals("rate must lie in (0, 1), was NaN", refused(() -> new ThresholdCalibrator(Double.NaN, 0.5)));
        assertEquals(
                "undecided must lie in [rate, 1) = [0.1, 1), was 0.05",
                refused(() -> new ThresholdCalibrator(0.1, 0.05)));
        assertEquals(
                "idScores must hold no NaN, had 1 of 2, the first at index 1",
                refused(() -> ThresholdCalibrator.defaults().fit(new double[] {1, Double.NaN})));
        assertEquals(
                "score must be a number, was NaN",
                refused(() -> ThresholdCalibrator.defaults().fit(NINETEEN).pValue(Double.NaN)));
    }
}
