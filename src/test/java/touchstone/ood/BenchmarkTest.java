package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.metrics.Auroc;
import touchstone.util.Seeds;

class BenchmarkTest {
    private static final List<Detector> FOUR =
            List.of(Mahalanobis.defaults(), Knn.defaults().withK(3), MaxSoftmax.defaults(), Odin.defaults());

    /** Clouds on the axes 0, 1, 2 of a space of four dimensions, in turns. */
    private static Batch clouds(int n, long seed, double shift) {
        RandomGenerator rng = Seeds.rng(seed, "benchmark");
        var x = new double[n][];
        var y = new int[n];
        for (int i = 0; i < n; i++) {
            x[i] = rng.doubles(4, -1, 1).toArray();
            y[i] = i % 3;
            x[i][i % 3] += 3;
            x[i][3] += shift;
        }
        double[][] w = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
        return Batch.of(Nd4j.createFromArray(x))
                .withLabels(y)
                .withHead(LinearHead.of(Nd4j.createFromArray(w), Nd4j.createFromArray(0.0, 0, 0)));
    }

    private static Trial trial(long seed) {
        return Trial.of(clouds(90, seed, 0), clouds(60, seed + 100, 0), "far", clouds(50, seed + 200, 4))
                .with("near", clouds(50, seed + 300, 1));
    }

    @Test
    void aTableOfDetectorsKindsAndSeeds() {
        List<Trial> trials = List.of(trial(1), trial(2), trial(3));
        BenchmarkTable table = new Benchmark(FOUR).run(trials);
        assertEquals(List.of("Mahalanobis", "Knn", "MaxSoftmax"), table.detectors());
        assertTrue(table.leftOut().get("Odin").startsWith("Odin needs GRADIENT"));
        Scorer scorer = FOUR.get(1).fit(trials.get(1).train());
        double expected = Auroc.of(
                scorer.score(trials.get(1).id()),
                scorer.score(trials.get(1).ood().get("near")));
        assertEquals(expected, table.auroc("Knn", "near")[1], 0);
        assertEquals(1, table.interval("Knn", "far").estimate(), 1e-12); // clouds four apart, of half width 1
        assertEquals(6, table.ranks().rows());
        assertEquals(6, table.toTable().rowCount());
        assertEquals(
                List.of("detector", "kind", "AUROC", "AUROC sd", "FPR@95", "average precision"),
                table.toTable().columnNames());
        assertTrue(
                table.toMarkdown().contains("| Knn | far | 1.0000 | 0.0000 | 0.0000 | 1.0000 |"), table.toMarkdown());
        assertTrue(table.toMarkdown().contains("Left out: Odin (Odin needs GRADIENT"));
    }

    @Test
    void trialsMustAgree() {
        Trial other = Trial.of(clouds(9, 1, 0), clouds(9, 2, 0), "else", clouds(9, 3, 4));
        assertEquals(
                "trials[1] must have the kinds of the first, [far, near], had [else]",
                assertThrows(IllegalArgumentException.class, () -> new Benchmark(FOUR).run(List.of(trial(1), other)))
                        .getMessage());
        assertEquals(
                "detectors must have different names, had [Energy, Energy]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Benchmark(List.of(Energy.defaults(), Energy.defaults())))
                        .getMessage());
    }

    /** A class left out lies on an axis of its own, which softmax of the other axes' logits cannot see and distance can. */
    @Test
    void theAdvisorNeedsNoOutsideData() {
        DetectorAdvisor.Advice advice = new DetectorAdvisor(FOUR).advise(clouds(120, 1, 0), clouds(120, 2, 0));
        assertEquals(1, advice.expected().estimate(), 0.01);
        assertTrue(advice.choice() instanceof Mahalanobis || advice.choice() instanceof Knn, advice.toString());
        assertEquals(3, advice.table().trials());
        assertTrue(advice.table().leftOut().containsKey("Odin"));
    }

    @Test
    void aBatchWithoutAClass() {
        Batch batch = clouds(6, 1, 0).select(0, 2, 3).withoutClass(1);
        assertArrayEquals(new int[] {0, 1, 0}, batch.labels());
        assertEquals(2, batch.head().classes());
        double[][] z = batch.logits().toDoubleMatrix();
        double[][] f = batch.features().toDoubleMatrix();
        assertArrayEquals(new double[] {f[1][0], f[1][2]}, z[1], 0);
    }

    @Test
    void theAdvisorDemandsClasses() {
        Batch two = clouds(30, 1, 0).withLabels(new int[30]);
        assertEquals(
                "number of classes must be at least 3, was 1",
                assertThrows(IllegalArgumentException.class, () -> DetectorAdvisor.defaults()
                                .advise(two, two))
                        .getMessage());
    }
}
