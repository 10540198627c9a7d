package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.preference.GeneratedPreferences;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.testing.Golden;
import touchstone.testing.GoldenCase;

class ItemRankingTest {
    @Test
    void strengthsAgreeWithTheReference() {
        GoldenCase c = GoldenCase.of("rlhf_bt", "item_strengths.*", 1).get(0);
        c.assertClose(
                "log_strength_mean_zero",
                ItemRanking.of(Golden.matrix(c.input().get("wins"))).strengths());
    }

    /** At the maximum of the likelihood every item has won as often as expected. */
    @Test
    void winsEqualExpectedWinsAndTiesCountHalf() {
        double[][] wins = {{0, 7, 1}, {2, 0, 5}, {3, 1, 0}};
        double[][] ties = {{0, 2, 0}, {2, 0, 1}, {0, 1, 0}};
        ItemRanking got = ItemRanking.of(wins, ties);
        for (int i = 0; i < 3; i++) {
            double won = 0;
            double expected = 0;
            for (int j = 0; j < 3; j++) {
                won += wins[i][j] + ties[i][j] / 2;
                expected += (wins[i][j] + wins[j][i] + ties[i][j]) * got.probability(i, j);
            }
            assertEquals(won, expected, 1e-11);
        }
        double[] two = ItemRanking.of(new double[][] {{0, 3}, {1, 0}}).strengths();
        assertEquals(Math.log(3), two[0] - two[1], 1e-12);
        assertEquals(0, two[0] + two[1], 1e-15);
        assertArrayEquals(
                new int[] {1, 0},
                ItemRanking.of(new double[][] {{0, 1}, {2, 0}}).order());
    }

    @Test
    void itemsWithoutAFiniteStrengthAreNamed() {
        double[][] islands = new double[4][4];
        islands[0][2] = islands[2][0] = islands[1][3] = islands[3][1] = 1;
        assertMessage(
                "items fall into groups never compared with each other: [[0, 2], [1, 3]]; rank each group alone or add"
                        + " comparisons between them",
                () -> ItemRanking.of(islands));
        assertMessage(
                "items {1} never won against the others, so that their strength has no finite estimate; add comparisons or"
                        + " count half a tie for each pair",
                () -> ItemRanking.of(new double[][] {{0, 2}, {0, 0}}));
        assertMessage(
                "ties must be symmetric, ties[0][1] was 1.0 but 0.0 the other way",
                () -> ItemRanking.of(new double[2][2], new double[][] {{0, 1}, {0, 0}}));
        assertMessage(
                "wins[0][0] must be 0: an item does not meet itself, was 1.0",
                () -> ItemRanking.of(new double[][] {{1, 0}, {0, 0}}));
    }

    @Test
    void anEnsembleIsItsMeanLessDoubt() {
        var ensemble = new RewardEnsemble<Double>(List.of(x -> x, x -> 2 * x, x -> 3 * x), 0.5);
        assertEquals(4 - 0.5 * 2, ensemble.of(2.0), 1e-15);
        assertEquals(4, ensemble.withDoubt(0).of(2.0), 1e-15);
        assertMessage("members must be at least 2, was 1", () -> new RewardEnsemble<Double>(List.of(x -> x), 1));
        assertMessage("doubt must be a finite number of 0 or more, was -1.0", () -> ensemble.withDoubt(-1));
    }

    /** Models of resamples rank held-out pairs above chance, and differ a little on every answer. */
    @Test
    void bootstrappedRewardsRankWhatTheyHaveSeen() {
        var split = GeneratedPreferences.pairs(600, 3).splitByContent(0.7);
        RewardEnsemble<String> ensemble = RewardEnsemble.bootstrap(LinearRewardModel.defaults(), split.train(), 4, 1);
        long right = 0;
        long sure = 0;
        List<PreferencePair> pairs = split.test().pairs();
        for (PreferencePair p : pairs) {
            right +=
                    ensemble.withDoubt(0).of(p.chosen()) > ensemble.withDoubt(0).of(p.rejected()) ? 1 : 0;
            sure += ensemble.of(p.chosen()) < ensemble.withDoubt(0).of(p.chosen()) ? 1 : 0;
        }
        // far above chance: 0.5 plus 3.3 standard errors of 180 pairs
        assertTrue(right > pairs.size() * (0.5 + 3.3 * 0.5 / Math.sqrt(pairs.size())), right + " of " + pairs.size());
        assertEquals(pairs.size(), sure); // some disagreement everywhere
    }
}
