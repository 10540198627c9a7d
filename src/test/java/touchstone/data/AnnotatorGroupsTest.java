package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import touchstone.util.Logistic;

class AnnotatorGroupsTest {
    /** One group, one pair: the first answer wins as often as the logistic function says. */
    @Test
    void peopleChooseByBradleyTerry() {
        AnnotatorGroups world = AnnotatorGroups.of(1).withPairs(AnnotatorGroups.Pairs.TABLE, 1);
        double p = Logistic.sigmoid(world.rewards()[0][0]);
        double won = 0;
        for (double[] d : world.people("a", 100, 100).differences()) {
            won += d[0] > 0 ? 1 : 0;
        }
        assertEquals(p, won / 10_000, 4 * Math.sqrt(p * (1 - p) / 10_000)); // four standard errors
    }

    @Test
    void contextsTellTheGroup() {
        AnnotatorGroups world = AnnotatorGroups.of(3).withPull(2);
        AnnotatorGroups.Sample s = world.people("a", 4000, 1);
        var excess = new double[3];
        for (int a = 0; a < 4000; a++) {
            double[] shares = world.shares(s.contexts()[a]);
            for (int k = 0; k < 3; k++) {
                excess[k] += ((s.groups()[a] == k ? 1 : 0) - shares[k]) / 4000;
            }
        }
        assertArrayEquals(new double[3], excess, 4 * 0.5 / Math.sqrt(4000)); // four standard errors at most
        assertArrayEquals(new double[] {0.5, 0.5}, AnnotatorGroups.of(2).shares(new double[4]), 1e-15);
    }

    @Test
    void roundsKeepThePeople() {
        AnnotatorGroups world = AnnotatorGroups.of(3);
        assertArrayEquals(
                world.people("a", 0, 50, 2).groups(),
                world.people("a", 1, 50, 7).groups());
        assertEquals(
                1,
                world.people("a", 50, 2).shares(3)[0]
                        + world.people("a", 50, 2).shares(3)[1]
                        + world.people("a", 50, 2).shares(3)[2],
                1e-12);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "people must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> AnnotatorGroups.of(2)
                                .people("a", 0, 1))
                        .getMessage());
    }
}
