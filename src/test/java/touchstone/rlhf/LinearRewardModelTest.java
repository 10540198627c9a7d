package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.preference.GeneratedPreferences;
import touchstone.rlhf.preference.PreferenceDataset;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.testing.SharedData;

class LinearRewardModelTest {
    /** On made-up pairs the truth is linear in the sentences: the model comes near what the true reward reaches. */
    @Test
    void findsAKnownTruth() {
        var split = GeneratedPreferences.pairs(3000, 1).splitByContent(0.7);
        TextReward reward = LinearRewardModel.defaults().fit(split.train());
        var report = RewardReport.of(reward, split.train(), split.test());
        double best = GeneratedPreferences.bestAccuracy(split.test());
        // 900 held-out pairs: a standard error of 0.015; allow two, and the loss of fitting
        assertEquals(best, report.model().estimate(), 0.03);
        assertTrue(
                report.model().lower() > report.baselines().length().accuracy().upper());
        // 3.3 standard errors, p > 0.001: 1.7 half widths of a 95 % interval
        assertEquals(
                0.5,
                report.baselines().majority().accuracy().estimate(),
                0.85 * report.baselines().majority().accuracy().width());
        assertTrue(report.source().contains("generated"));
    }

    @Test
    void swappingTheAnswersTurnsTheRewardRound() {
        var set = GeneratedPreferences.pairs(200, 2);
        var swapped = PreferenceDataset.of(
                set.pairs().stream()
                        .map(p -> new PreferencePair(p.prompt(), p.rejected(), p.chosen()))
                        .toList(),
                "swapped",
                true);
        TextReward reward = LinearRewardModel.defaults().fit(set);
        TextReward opposite = LinearRewardModel.defaults().fit(swapped);
        for (PreferencePair p : set.pairs().subList(0, 20)) {
            assertEquals(reward.margin(p), -opposite.margin(p), 1e-6); // two fits, gradients below 1e-10 over l2 1e-3
        }
    }

    @Test
    void anEmptySetIsRefused() {
        var none = PreferenceDataset.of(List.of(), "none", true);
        assertEquals(
                "pairs must not be empty, had 0 elements",
                assertThrows(IllegalArgumentException.class, () -> LinearRewardModel.defaults()
                                .fit(none))
                        .getMessage());
    }

    @Test
    void fitsTheHumanPreferences() {
        var set = PreferenceDataset.hhRlhf(SharedData.registryWith("hh-rlhf"));
        var split = set.splitByContent(0.8);
        TextReward reward = LinearRewardModel.defaults().fit(split.train());
        double training =
                split.train().pairs().stream().filter(p -> reward.margin(p) > 0).count()
                        / (double) split.train().size();
        var report = RewardReport.of(reward, split.train(), split.test());
        assertTrue(training > 0.6, "agreement in training was " + training);
        // scikit-learn's TF-IDF and logistic regression on this file: 0.600 to 0.629 on 463 pairs, 4.5 points to either
        // side
        assertEquals((0.600 + 0.629) / 2, report.model().estimate(), (0.629 - 0.600) / 2 + 0.045);
        assertEquals(split.test().size(), report.pairs());
        // 3.3 standard errors, p > 0.001: 1.7 half widths of a 95 % interval
        assertEquals(
                0.5,
                report.baselines().majority().accuracy().estimate(),
                0.85 * report.baselines().majority().accuracy().width());
        assertTrue(report.toString().contains("human preferences"));
    }
}
