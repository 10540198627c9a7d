package touchstone.ood.conformal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import touchstone.stats.Interval;
import touchstone.util.Seeds;

class CoverageLawTest {
    /** n = 19, alpha = 0.05: k = 19, Beta(19, 1), whose distribution function is r^19. */
    @Test
    void betaByHand() {
        var law = new CoverageLaw(19, 0.05);
        assertEquals(0.95, law.mean(), 1e-15);
        Interval i = law.interval(0.9);
        assertEquals(Math.pow(0.05, 1 / 19.0), i.lower(), 1e-10);
        assertEquals(Math.pow(0.95, 1 / 19.0), i.upper(), 1e-10);
        assertEquals(1 - Math.pow(0.9, 19), law.chanceOfAtLeast(0.9), 1e-12);
    }

    /** Beta(1, 1) of n = 1 and alpha = 1/2 makes every count of covered rows equally likely. */
    @Test
    void betaBinomialByHand() {
        var law = new CoverageLaw(1, 0.5);
        for (int c = 0; c <= 9; c++) {
            assertEquals(0.1, law.chanceOf(c, 9), 1e-12);
        }
        Interval i = law.interval(9, 0.79); // tails of 0.105 each hold one count of ten
        assertEquals(1 / 9.0, i.lower(), 1e-15);
        assertEquals(8 / 9.0, i.upper(), 1e-15);
    }

    @Test
    void massesSumToOne() {
        var law = new CoverageLaw(100, 0.1);
        double sum = IntStream.rangeClosed(0, 500)
                .mapToDouble(c -> law.chanceOf(c, 500))
                .sum();
        assertEquals(1, sum, 1e-10); // log-gamma of 600 to 1e-13 relative, 500 terms
    }

    @Test
    void tooFewRowsCoverAll() {
        var law = new CoverageLaw(5, 0.1);
        assertEquals(1, law.mean());
        assertEquals(1, law.interval(0.95).lower());
        assertEquals(1, law.interval(20, 0.95).lower());
        assertEquals(1, law.chanceOfAtLeast(1));
    }

    /** 3,000 draws of 40 scores and 60 tests: the share covered lies in the 90 % interval as often as said or more. */
    @Test
    void intervalsHoldAsOftenAsSaid() {
        int draws = 3000;
        var law = new CoverageLaw(40, 0.2);
        Interval expected = law.interval(60, 0.9);
        int held = 0;
        for (int r = 0; r < draws; r++) {
            RandomGenerator rng = Seeds.rng(1, "law", r);
            double q = ConformalQuantile.of(rng.doubles(40).toArray(), 0.2);
            double share = rng.doubles(60).filter(s -> s <= q).count() / 60.0;
            held += expected.contains(share) ? 1 : 0;
        }
        assertTrue(new BinomialDistribution(null, draws, 0.9).cumulativeProbability(held) > 0.001, "held " + held);
    }

    @Test
    void reportByHand() {
        var sets = new PredictionSets(new boolean[][] {{true, false}, {true, true}, {false, false}, {false, true}});
        CoverageReport report = CoverageReport.of(sets, new int[] {0, 0, 0, 1}, new CoverageLaw(9, 0.1));
        assertEquals(3, report.covered());
        assertEquals(0.75, report.coverage());
        assertEquals(1, report.meanSize());
        assertEquals(java.util.List.of(1, 2, 1), report.sizes());
        assertEquals(2, report.classes().size());
        assertEquals(2 / 3.0, report.classes().get(0).coverage().estimate(), 1e-15);
        assertEquals(1, report.classes().get(0).meanSize());
        assertEquals(0.9, report.expected().estimate(), 1e-15);
        assertTrue(report.asExpected());
        assertTrue(report.toString().startsWith("covered 3 of 4 (0.7500), expected 0.9000 ["), report.toString());
        var none = new PredictionSets(new boolean[200][2]);
        assertFalse(
                CoverageReport.of(none, new int[200], new CoverageLaw(99, 0.1)).asExpected());
    }
}
