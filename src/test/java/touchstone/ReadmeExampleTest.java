package touchstone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import touchstone.claims.ClaimResult;
import touchstone.claims.Claims;
import touchstone.claims.ClaimsTable;
import touchstone.claims.Verdict;
import touchstone.data.Digits;
import touchstone.kernel.engine.Engine;
import touchstone.kernel.engine.Outcome;
import touchstone.metrics.Auroc;
import touchstone.ood.Knn;
import touchstone.stats.DeLong;

/** The ten lines of the README, so that they stay true. */
class ReadmeExampleTest {
    /** The README's own text, run as a cell. */
    @Test
    void theReadmesCellRuns() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("touchstone.root"), "README.md"));
        String section = readme.substring(readme.indexOf("## In a few lines"), readme.indexOf("## Layout"));
        String cell = section.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        try (var engine = new Engine(System.getProperty("java.class.path"), List.of())) {
            Outcome outcome = engine.evaluate(cell, cell, "README");
            assertNull(outcome.error(), String.valueOf(outcome.error()));
            ClaimsTable table = assertInstanceOf(ClaimsTable.class, outcome.value());
            assertEquals(1, table.count(Verdict.SUPPORTED), table.toString());
        }
    }

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
