package touchstone.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class WideningWaveTest {
    /** Of 4,000 draws 70 % lie below the true quantile of 0.7, in each half of x; both tails 0.0005. */
    @Test
    void quantilesAreTrue() {
        WideningWave wave = WideningWave.draw(4000, 1);
        for (int half = 0; half < 2; half++) {
            int rows = 0;
            int below = 0;
            for (int i = 0; i < 4000; i++) {
                double x = wave.x()[i];
                if ((x < 2) == (half == 0)) {
                    rows++;
                    below += wave.y()[i] < WideningWave.quantile(x, 0.7) ? 1 : 0;
                }
            }
            var law = new BinomialDistribution(null, rows, 0.7);
            assertTrue(law.cumulativeProbability(below) > 0.0005, below + " of " + rows);
            assertTrue(1 - law.cumulativeProbability(below - 1) > 0.0005, below + " of " + rows);
        }
    }

    @Test
    void equalSeedsGiveEqualDraws() {
        WideningWave a = WideningWave.draw(5, 2);
        assertArrayEquals(a.y(), WideningWave.draw(5, 2).y());
        assertEquals(a.x()[3], a.rows()[3][0]);
        assertEquals(Math.sin(2), WideningWave.quantile(1, 0.5), 1e-12);
    }
}
