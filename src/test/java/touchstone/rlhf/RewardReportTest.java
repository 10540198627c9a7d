package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.preference.GeneratedPreferences;
import touchstone.rlhf.preference.HashedText;
import touchstone.rlhf.preference.PreferenceDataset;
import touchstone.rlhf.preference.PreferencePair;

class RewardReportTest {
    /** Eight pairs by hand: preferred answers of 9 characters against 5, or the other way round. */
    private static PreferenceDataset set() {
        var pairs = new ArrayList<PreferencePair>();
        for (int i = 0; i < 8; i++) {
            boolean longer = i < 5;
            pairs.add(new PreferencePair("p" + i, longer ? "long text" : "short", longer ? "short" : "long text"));
        }
        return PreferenceDataset.of(pairs, "by hand", true);
    }

    @Test
    void everyNumberByHand() {
        double[] margins = {1, 2, 0.5, -1, 0, 1, -2, 1};
        RewardReport r = RewardReport.of(margins, set(), set(), p -> p.prompt().compareTo("p4") < 0 ? "a" : "b");
        assertEquals(5 / 8.0, r.model().estimate(), 0);
        assertEquals(1, r.agreement().ties());
        assertEquals(5.5 / 8, r.agreement().halfTies(), 1e-15);
        assertEquals(5 / 8.0, r.baselines().length().accuracy().estimate(), 0); // longer won in training
        // model right and rule wrong: 5 and 7; rule right and model wrong: 3 and 4; so p = 1
        assertEquals(1, r.baselines().modelAgainstLength().pValue(), 1e-15);
        assertEquals(
                "exact McNemar test, 2 only by the first, 2 only by the second",
                r.baselines().modelAgainstLength().method());
        double loss = 0;
        double brier = 0;
        for (double m : margins) {
            loss += Math.log(1 + Math.exp(-m)) / 8;
            brier += Math.pow(1 / (1 + Math.exp(m)), 2) / 8;
        }
        assertEquals(loss, r.calibration().negativeLogLikelihood(), 1e-15);
        assertEquals(brier, r.calibration().brier(), 1e-15);
        assertTrue(r.calibration().temperature().negativeLogLikelihood() < loss);
        assertEquals(3 / 5.0, r.lengthProbe().longer().accuracy().estimate(), 0);
        assertEquals(2 / 3.0, r.lengthProbe().shorter().accuracy().estimate(), 1e-15);
        assertEquals(3 / 5.0 - 2 / 3.0, r.lengthProbe().gap(), 1e-15);
        assertEquals(Set.of("a", "b"), r.sections().keySet());
        assertEquals((3 / 4.0 + 2 / 4.0) / 2, r.meanOfSections(), 1e-15);
        assertTrue(r.toString().contains("section b: 0.5"), r.toString());
    }

    /** Confidences 0.75 of 4 pairs, 3 right, and 0.9 of 10, 7 right: gaps of 0 and 0.2. */
    @Test
    void calibrationByHand() {
        var margins = new double[14];
        for (int i = 0; i < 14; i++) {
            double size = i < 4 ? Math.log(3) : Math.log(9);
            margins[i] = i == 0 || i >= 11 ? -size : size;
        }
        MarginCalibration c = MarginCalibration.of(margins);
        assertEquals(10 / 14.0 * 0.2, c.expected(), 1e-12);
        assertEquals(0.2, c.maximum(), 1e-12);
        assertTrue(c.temperature().value() > 1);
    }

    /** A rule that is always right, or never tells, has no best temperature: the limits are given. */
    @Test
    void temperaturesAtTheEnds() {
        assertEquals(0, MarginCalibration.of(1, 2).temperature().value(), 0);
        assertEquals(0, MarginCalibration.of(1, 2).temperature().negativeLogLikelihood(), 0);
        assertEquals(Math.log(2) / 2, MarginCalibration.of(0, 2).temperature().negativeLogLikelihood(), 1e-16);
        assertEquals(
                Double.POSITIVE_INFINITY,
                MarginCalibration.of(1, -2).temperature().value(),
                0);
        assertEquals(Math.log(2), MarginCalibration.of(0, 0).temperature().negativeLogLikelihood(), 0);
        // two right and one wrong of size 1: sigma(1 / T) = 2 / 3
        assertEquals(
                1 / Math.log(2), MarginCalibration.of(1, 1, -1).temperature().value(), 1e-12);
    }

    @Test
    void modelsAreComparedOnTheSamePairs() {
        // 6 only by the first, 1 only by the second: p = 2 (1 + 7) / 2^7
        double[] first = {1, 1, 1, 1, 1, 1, -1, 1, -1};
        double[] second = {-1, -1, -1, -1, -1, 0, 1, 1, -1};
        assertEquals(0.125, RewardReport.against(first, second).pValue(), 1e-15);
        assertEquals(5 / 9.0, RewardReport.against(first, second).estimate(), 1e-15);
    }

    @Test
    void aSinglePairIsNotFitted() {
        var one = PreferenceDataset.of(List.of(new PreferencePair("", "yes no", "no no")), "one", true);
        assertEquals(
                "pairs must be at least 2, was 1: any direction that puts a single pair in order fits it",
                assertThrows(IllegalArgumentException.class, () -> LinearRewardModel.defaults()
                                .fit(one))
                        .getMessage());
        RewardReport r = RewardReport.of(new double[] {1}, one, one, p -> "");
        assertTrue(r.model().lower() < 0.25 && r.model().upper() == 1, r.toString());
        assertTrue(r.sections().isEmpty());
        assertEquals(r.model().estimate(), r.meanOfSections(), 0);
    }

    /** More features than pairs: always separable, so without a penalty the fit refuses; hashed features fit as well. */
    @Test
    void textsWithoutPenaltyAreSeparable() {
        var set = GeneratedPreferences.pairs(60, 3);
        var model = LinearRewardModel.defaults().withFeatures(HashedText.defaults());
        assertTrue(model.fit(set).of("Wear gloves and keep the room well aired.") > 0);
        var few = PreferenceDataset.of(set.pairs().subList(0, 5), "few", true);
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> model.withL2(0)
                                .fit(few))
                        .getMessage())
                .endsWith("without a penalty the optimum is at infinity; give l2 above 0"));
    }

    @Test
    void theStrongestTermsAreNamed() {
        TextReward reward = LinearRewardModel.defaults().fit(GeneratedPreferences.pairs(800, 4));
        assertTrue(
                reward.strongest(12).stream().anyMatch(t -> t.startsWith("gloves +")),
                reward.strongest(12).toString());
        assertTrue(reward.weakest(12).stream().anyMatch(t -> t.startsWith("warnings -") || t.startsWith("force -")));
    }
}
