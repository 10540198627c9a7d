package touchstone.ood.guardian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class MdpTest {
    /** State 0: stay for 1 a step, or go to state 1, which gives 3 a step for ever; discount 1/2. */
    private static Mdp two() {
        double[][][] p = {{{1, 0}, {0, 1}}, {{0, 1}, {0, 1}}};
        return Mdp.of(p, new double[][] {{1, 0}, {3, 3}}, 0.5, 0);
    }

    /** Staying is worth 2, going 0 + 3; by hand. */
    @Test
    void byHand() {
        Mdp mdp = two();
        double[][] stay = {{1, 0}, {1, 0}};
        assertArrayEquals(new double[] {2, 6}, mdp.values(stay), 1e-12);
        boolean[][] all = {{true, true}, {true, true}};
        assertArrayEquals(new double[][] {{0, 1}, {1, 0}}, mdp.best(all));
        assertEquals(3, mdp.value(mdp.best(all)), 1e-12);
        boolean[][] kept = {{true, false}, {true, true}};
        assertEquals(2, mdp.value(mdp.best(kept)), 1e-12);
        // half stays, half goes: v = 1/2 (1 + v/2) + 1/2 (0 + 6/2), so v = 8/3
        double[][] half = {{0.5, 0.5}, {1, 0}};
        assertEquals(8 / 3.0, mdp.value(half), 1e-12);
        // visits: x0 = 1 + x0 / 4, and all sum to 2
        assertArrayEquals(new double[] {4 / 3.0, 2 / 3.0}, mdp.visits(half), 1e-12);
    }

    /** Policy iteration against value iteration, and returns as visits times rewards, on random processes. */
    @Test
    void laws() {
        for (int seed = 0; seed < 5; seed++) {
            RandomGenerator rng = Seeds.rng(seed, "mdp");
            var p = new double[7][3][7];
            var r = new double[7][3];
            var all = new boolean[7][3];
            for (int s = 0; s < 7; s++) {
                for (int a = 0; a < 3; a++) {
                    double sum = 0;
                    for (int t = 0; t < 7; t++) {
                        p[s][a][t] = rng.nextDouble();
                        sum += p[s][a][t];
                    }
                    for (int t = 0; t < 7; t++) {
                        p[s][a][t] /= sum;
                    }
                    r[s][a] = rng.nextGaussian();
                    all[s][a] = true;
                }
            }
            Mdp mdp = Mdp.of(p, r, 0.9, 2);
            double[][] policy = mdp.best(all);
            assertArrayEquals(iterated(p, r, 0.9), mdp.values(policy), 1e-8); // 0.9^300 is 2e-14
            double[] visits = mdp.visits(policy);
            double sum = 0;
            for (int s = 0; s < 7; s++) {
                for (int a = 0; a < 3; a++) {
                    sum += visits[s] * policy[s][a] * r[s][a];
                }
            }
            assertEquals(mdp.value(policy), sum, 1e-9);
        }
    }

    private static double[] iterated(double[][][] p, double[][] r, double discount) {
        var v = new double[r.length];
        for (int sweep = 0; sweep < 300; sweep++) {
            var next = new double[v.length];
            for (int s = 0; s < v.length; s++) {
                next[s] = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < r[s].length; a++) {
                    double q = r[s][a];
                    for (int t = 0; t < v.length; t++) {
                        q += discount * p[s][a][t] * v[t];
                    }
                    next[s] = Math.max(next[s], q);
                }
            }
            v = next;
        }
        return v;
    }

    @Test
    void badArgumentsAreNamed() {
        double[][][] p = {{{0.5, 0.4}}, {{0, 1}}};
        assertEquals(
                "transitions[0][0] must sum to 1, summed to 0.9",
                assertThrows(IllegalArgumentException.class, () -> Mdp.of(p, new double[][] {{0}, {0}}, 0.5, 0))
                        .getMessage());
        assertEquals(
                "discount must lie in (0, 1), was 1.0",
                assertThrows(IllegalArgumentException.class, () -> Mdp.of(p, new double[][] {{0}, {0}}, 1, 0))
                        .getMessage());
        boolean[][] none = {{false, false}, {true, true}};
        assertTrue(assertThrows(IllegalArgumentException.class, () -> two().best(none))
                .getMessage()
                .startsWith("first allowed action of state 0"));
    }
}
