package touchstone.rlhf.game;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class GameTest {
    private static final MatrixGame PENNIES = new MatrixGame(new double[][] {{1, 0}, {0, 1}});
    private static final MatrixGame SCISSORS = new MatrixGame(new double[][] {{0, -1, 1}, {1, 0, -1}, {-1, 1, 0}});

    private static MatrixGame random(long seed, int rows, int columns) {
        RandomGenerator rng = Seeds.rng(seed, "game");
        var a = new double[rows][columns];
        for (double[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = rng.nextDouble();
            }
        }
        return new MatrixGame(a);
    }

    /** Without a saddle point a game of two by two has value (ad - bc) / (a + d - b - c). */
    @Test
    void smallGamesHaveTheirClosedForm() {
        MatrixGame.Equilibrium e = new MatrixGame(new double[][] {{3, -1}, {-2, 5}}).equilibrium();
        assertEquals(13.0 / 11, e.value(), 1e-9); // the simplex's tolerance
        assertArrayEquals(new double[] {7.0 / 11, 4.0 / 11}, e.attacker(), 1e-9);
        assertArrayEquals(new double[] {6.0 / 11, 5.0 / 11}, e.defender(), 1e-9);
        assertEquals(0, SCISSORS.equilibrium().value(), 1e-9);
        assertArrayEquals(
                new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, SCISSORS.equilibrium().attacker(), 1e-9);
        assertEquals(4, new MatrixGame(new double[][] {{4}}).equilibrium().value(), 0);
    }

    /** Weak duality: a pair of strategies that no one can improve on is an equilibrium, whoever found it. */
    @Test
    void equilibriaCannotBeExploited() {
        for (long seed = 0; seed < 30; seed++) {
            MatrixGame game = random(seed, 2 + (int) seed, 3 + (int) (seed * 7 % 20));
            MatrixGame.Equilibrium e = game.equilibrium();
            double gap = game.exploitability(e.attacker(), e.defender());
            assertTrue(gap >= -1e-12 && gap < 1e-8, "gap " + gap + " in game " + seed);
        }
    }

    /** The value scales and shifts with the payoffs. */
    @Test
    void theValueFollowsTheUnits() {
        MatrixGame game = random(7, 6, 5);
        double[][] other = game.payoff();
        for (double[] row : other) {
            for (int j = 0; j < row.length; j++) {
                row[j] = 1000 * row[j] - 3;
            }
        }
        double want = 1000 * game.equilibrium().value() - 3;
        assertEquals(want, new MatrixGame(other).equilibrium().value(), 1e-6); // 1e-9 times the range
    }

    /** The theorem, on random games of several sizes, and its consequence for the value. */
    @Test
    void averagePlayStaysWithinTheBound() {
        for (long seed = 0; seed < 10; seed++) {
            MatrixGame game = random(seed, 5 + (int) seed, 12);
            for (int rounds : new int[] {1, 10, 300}) {
                var play = SelfPlay.of(rounds);
                SelfPlay.Trace trace = play.play(game);
                double gap = game.exploitability(trace.attacker(), trace.defender());
                assertTrue(gap <= play.bound(game) + 1e-12, gap + " above " + play.bound(game));
                assertEquals(gap, trace.average()[trace.average().length - 1], 1e-12);
                assertTrue(Math.abs(game.value(trace.attacker(), trace.defender())
                                - game.equilibrium().value())
                        <= gap + 1e-9);
            }
        }
        assertArrayEquals(new int[] {1, 2, 4, 6}, SelfPlay.of(6).play(PENNIES).checkpoints());
    }

    /** Bandits learn more slowly, and learn: after 20,000 rounds far below the 1 of a pure pair. */
    @Test
    void banditsLearn() {
        SelfPlay.Trace t = SelfPlay.of(20_000).withBandit(3).play(PENNIES);
        // Exp3's expected regret is at most sqrt(2 T N ln N) a player: 2 sqrt(2 * 2 * 0.69 / 20000) = 0.024; allow
        // three times that
        assertTrue(PENNIES.exploitability(t.attacker(), t.defender()) < 0.07);
    }

    @Test
    void playersAgainstAStatueFindTheBestAnswer() {
        MatrixGame game = random(5, 8, 6);
        double[] q = BestResponsePlay.pure(2, 6);
        double[] p = SelfPlay.of(20_000).attackAgainst(game, q);
        double regret = game.worstCase(q) - game.value(p, q);
        assertTrue(regret >= 0 && regret <= game.range() * Math.sqrt(Math.log(8) / 40_000));
        double[] r = SelfPlay.of(20_000).defendAgainst(game, BestResponsePlay.pure(1, 8));
        double least = java.util.Arrays.stream(game.payoff()[1]).min().orElseThrow();
        assertEquals(least, game.value(BestResponsePlay.pure(1, 8), r), Math.sqrt(Math.log(6) / 40_000));
    }

    @Test
    void bestResponsesGoRound() {
        BestResponsePlay pennies = BestResponsePlay.from(PENNIES, 0);
        assertEquals(List.of(0, 1), pennies.attacks());
        assertEquals(List.of(1, 0), pennies.defences());
        assertEquals(2, pennies.cycle());
        assertEquals(1, pennies.exploited(), 0);
        assertEquals(3, BestResponsePlay.from(SCISSORS, 1).cycle());
        MatrixGame saddle = new MatrixGame(new double[][] {{2, 3}, {1, 0}});
        BestResponsePlay still = BestResponsePlay.from(saddle, 1);
        assertEquals(1, still.cycle());
        assertEquals(0, still.exploited(), 0);
    }

    @Test
    void diversityIsTheMeanDistanceOfTwoDraws() {
        double[][] axes = {{1, 0}, {0, 1}, {-1, 0}};
        assertEquals(0, RedTeamWorld.diversity(new double[] {1, 0, 0}, axes), 1e-15);
        assertEquals(0.5, RedTeamWorld.diversity(new double[] {0.5, 0.5, 0}, axes), 1e-15);
        assertEquals(1, RedTeamWorld.diversity(new double[] {0.5, 0, 0.5}, axes), 1e-15);
    }

    @Test
    void guardsHelpWhereTheyLook() {
        RedTeamWorld world = RedTeamWorld.of(4);
        double[][] a = world.game().payoff();
        for (int j = 0; j < 30; j++) {
            for (int i = 0; i < 40; i++) {
                assertTrue(a[i][j] >= 0.05 * a[j][j] && a[i][j] <= 1);
            }
            assertTrue(a[j][j] <= 0.05 + 1e-12); // its own attack: potency at most 1, 95 % off
        }
        for (double[] m : world.meanings()) {
            assertEquals(1, m[0] * m[0] + m[1] * m[1] + m[2] * m[2], 1e-12);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage(
                "payoff[1] and payoff[0] must be of equal length, were 1 and 2",
                () -> new MatrixGame(new double[][] {{1, 2}, {3}}));
        assertMessage("rounds must be at least 1, was 0", () -> SelfPlay.of(0));
        assertMessage("firstAttack must lie in [0, 2), was 2", () -> BestResponsePlay.from(PENNIES, 2));
    }
}
