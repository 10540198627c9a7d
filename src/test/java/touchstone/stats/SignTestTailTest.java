package touchstone.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SignTestTailTest {
    /** 196 of 252 differences above 0. Python: 2 * sum(math.comb(252, i) for i in range(196, 253)) / 2**252. */
    @Test
    void aTinyPValueIsNotZero() {
        var x = new double[252];
        var y = new double[252];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < 196 ? 1 : -1;
        }
        double p = PairedTest.sign(x, y).pValue();
        assertEquals(2.178305955006782e-19, p, 1e-12 * 2.2e-19 * 1000); // nine digits: the beta integral's accuracy
        assertEquals(p, PairedTest.sign(y, x).pValue(), 0);
    }
}
