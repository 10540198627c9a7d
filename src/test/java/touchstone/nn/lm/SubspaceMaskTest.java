package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

class SubspaceMaskTest {
    private static final LanguageModel BASE = LanguageModel.of(Cpu.doubles(1), Tiny.CONFIG, 1);
    private static final TaskVector TASK = TaskVector.between(BASE, Tiny.move(BASE.copy(), 2));

    private static double[] mask(long seed) {
        return Seeds.rng(seed, "test mask").doubles(TASK.size(), 0.1, 0.9).toArray();
    }

    @Test
    void spreadDividesByTheMeanOfEachParameter() {
        double[] m = mask(3);
        double[] out = TASK.spread(m).values();
        double[] d = TASK.values();
        int at = 0;
        for (Parameter p : BASE.parameters()) {
            double mean = 0;
            for (int i = 0; i < p.value().size(); i++) {
                mean += m[at + i] / p.value().size();
            }
            for (int i = 0; i < p.value().size(); i++) {
                assertEquals(d[at + i] * m[at + i] / mean, out[at + i], 1e-12);
            }
            at += p.value().size();
        }
        var ones = new double[TASK.size()];
        Arrays.fill(ones, 0.5);
        assertArrayEquals(d, TASK.spread(ones).values(), 1e-15);
        assertEquals(0, TASK.spread(new double[TASK.size()]).norm(), 0);
    }

    /** The slopes by the mask against differences of the loss of the masked model, in double. */
    @Test
    void slopesAgreeWithDifferences() {
        double[] m = mask(4);
        Batch batch = Batch.of(Tiny.samples());
        LanguageModel model = TASK.spread(m).applyTo(BASE);
        model.clearGradients();
        model.accumulate(batch, LanguageLoss.crossEntropy());
        var g = new double[TASK.size()];
        int at = 0;
        for (Parameter p : model.parameters()) {
            p.gradient().copyTo(g, at);
            at += p.value().size();
        }
        double[] slopes = SubspaceMask.slopes(TASK, m, g);
        for (int i = 0; i < m.length; i += 37) {
            double h = 1e-5;
            double up = loss(m, i, h, batch);
            double down = loss(m, i, -h, batch);
            assertEquals((up - down) / (2 * h), slopes[i], 1e-8, "mask " + i); // truncation h^2, rounding 1e-16 / h
        }
    }

    private static double loss(double[] m, int i, double by, Batch batch) {
        double[] moved = m.clone();
        moved[i] += by;
        return TASK.spread(moved).applyTo(BASE).loss(batch, LanguageLoss.crossEntropy());
    }

    /** One vector helps what is measured and the other hurts it, on parameters apart: the mask must tell them. */
    @Test
    void theLearnedMaskLowersTheLoss() {
        List<Sample> samples = Tiny.samples();
        Batches batches = step -> Batch.of(samples);
        var how = SubspaceMask.defaults().withSteps(60);
        double[] kept = how.fit(BASE, List.of(TASK), batches, LanguageLoss.crossEntropy());
        double before = TASK.applyTo(BASE).loss(Batch.of(samples), LanguageLoss.crossEntropy());
        double after = TASK.spread(SubspaceMask.binary(kept))
                .applyTo(BASE)
                .loss(Batch.of(samples), LanguageLoss.crossEntropy());
        assertTrue(after < before - 0.1, "loss before " + before + ", after " + after);
        double density = SubspaceMask.density(SubspaceMask.binary(kept));
        double[] random = SubspaceMask.random(TASK.size(), density, 5);
        double blind = TASK.spread(random).applyTo(BASE).loss(Batch.of(samples), LanguageLoss.crossEntropy());
        assertTrue(after < blind - 0.1, "loss of a random mask " + blind + ", of the learned one " + after);
        assertArrayEquals(kept, how.fit(BASE, List.of(TASK), batches, LanguageLoss.crossEntropy()), 0);
    }

    @Test
    void masksAreOfZerosAndOnes() {
        assertArrayEquals(new double[] {0, 0, 1}, SubspaceMask.binary(0.2, 0.5, 0.7), 0);
        double[] random = SubspaceMask.random(10_000, 0.3, 1);
        assertTrue(Arrays.stream(random).allMatch(v -> v == 0 || v == 1));
        assertEquals(0.3, SubspaceMask.density(random), 0.025); // five standard errors
        assertEquals(0, SubspaceMask.density(SubspaceMask.random(10, 0, 1)), 0);
    }

    @Test
    void badInputIsNamed() {
        assertEquals(
                "temperature must be a finite number above 0, was 0.0", message(() -> new SubspaceMask(0, 1, 1, 1)));
        assertEquals("steps must be at least 1, was 0", message(() -> SubspaceMask.defaults()
                .withSteps(0)));
        assertEquals(
                "mask and task vector must be of equal length, were 2 and " + TASK.size(),
                message(() -> TASK.spread(1, 1)));
        assertEquals("vectors must not be empty, had 0 elements", message(() -> SubspaceMask.defaults()
                .fit(BASE, List.of(), step -> Batch.of(Tiny.samples()), LanguageLoss.crossEntropy())));
    }

    private static String message(Runnable bad) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, bad::run).getMessage());
    }
}
