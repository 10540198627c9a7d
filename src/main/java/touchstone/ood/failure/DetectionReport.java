package touchstone.ood.failure;

import java.util.List;
import java.util.OptionalInt;
import touchstone.stats.Interval;
import touchstone.stats.Proportion;
import touchstone.util.Check;

/**
 * How well and how early a band alarms.
 *
 * @param falseAlarmRate share of successful rollouts that alarmed, with Clopper and Pearson's 95 % interval
 * @param detectionRate share of failed rollouts that alarmed, with the same interval
 * @param balancedAccuracy {@code (detectionRate + 1 - falseAlarmRate) / 2}, in [0, 1]
 * @param detectionTime mean step of the alarm over the length of the rollout, of the failures detected, in [0, 1); NaN if
 *     none was
 * @param timeToAlarmOrEnd the same over all failures, one missed counting 1, in [0, 1]
 * @param delay mean steps from the onset of the failure to its alarm, of the failures detected whose onset is known; negative
 *     where the alarm came before; NaN if there are none
 */
public record DetectionReport(
        Interval falseAlarmRate,
        Interval detectionRate,
        double balancedAccuracy,
        double detectionTime,
        double timeToAlarmOrEnd,
        double delay) {
    private static final double LEVEL = 0.95;

    /**
     * Reports on rollouts, some successful and some failed.
     *
     * @param band when to alarm
     * @param curves score of each step of each rollout, [n][steps]
     * @param outcomes of the same rollouts, [n]
     */
    public static DetectionReport of(ScoreBand band, double[][] curves, List<Outcome> outcomes) {
        Check.sameLength(curves.length, "curves", outcomes.size(), "outcomes");
        int failures = (int) outcomes.stream().filter(Outcome::failed).count();
        if (failures == 0 || failures == curves.length) {
            throw new IllegalArgumentException("a detection report needs successes and failures: "
                    + (curves.length - failures) + " successes, " + failures + " failures");
        }
        int falseAlarms = 0;
        int detected = 0;
        int dated = 0;
        double time = 0;
        double delay = 0;
        for (int i = 0; i < curves.length; i++) {
            OptionalInt alarm = band.alarm(curves[i]);
            Outcome outcome = outcomes.get(i);
            if (alarm.isPresent() && !outcome.failed()) {
                falseAlarms++;
            } else if (alarm.isPresent()) {
                detected++;
                time += (double) alarm.getAsInt() / curves[i].length;
                if (outcome.onset() >= 0) {
                    dated++;
                    delay += alarm.getAsInt() - outcome.onset();
                }
            }
        }
        int successes = curves.length - failures;
        Interval falseAlarmRate = Proportion.clopperPearson(falseAlarms, successes, LEVEL);
        Interval detectionRate = Proportion.clopperPearson(detected, failures, LEVEL);
        return new DetectionReport(
                falseAlarmRate,
                detectionRate,
                (detectionRate.estimate() + 1 - falseAlarmRate.estimate()) / 2,
                time / detected,
                (time + failures - detected) / failures,
                delay / dated);
    }
}
