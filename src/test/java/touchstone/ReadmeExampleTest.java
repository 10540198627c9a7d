package touchstone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import touchstone.claims.ClaimResult;
import touchstone.claims.Claims;
import touchstone.data.Digits;
import touchstone.metrics.Auroc;
import touchstone.ood.Knn;
import touchstone.stats.DeLong;

/** The ten lines of the README, so that they stay true. */
class ReadmeExampleTest {
    @Test
    void heldOutDigitsAreFarFromTheKnownOnes() {
        var digits = Digits.load();
        var known = digits.only(0, 1, 2, 3, 4).split(0.7, 1);
        var scorer = Knn.defaults()
                .withK(5)
                .fit(known.train().pixels(), known.train().labels());
        double[] id = scorer.score(known.test().pixels());
        double[] ood = scorer.score(digits.only(5, 6, 7, 8, 9).pixels());
        double auroc = Auroc.of(id, ood);
        var claims = Claims.forPaper("start");
        ClaimResult claim = claims.check("held-out digits lie further out (AUROC)", DeLong.interval(id, ood, 0.95))
                .greaterThan(0.9);
        var table = claims.show();

        assertEquals(auroc, claim.measured(), 1e-12);
        assertTrue(auroc > 0.5 && auroc <= 1, "AUROC was " + auroc);
        assertEquals(1, table.results().size());
    }
}
