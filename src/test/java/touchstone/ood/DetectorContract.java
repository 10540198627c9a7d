package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import touchstone.metrics.Auroc;
import touchstone.util.Seeds;

/** What every detector must do; a subclass gives an instance. */
abstract class DetectorContract {
    private static final int D = 6;
    private final int[] labels = new int[120];
    private final INDArray train = clouds(120, 0, labels);
    private final INDArray id = clouds(50, 1, new int[50]);
    private final INDArray ood = Nd4j.createFromArray(far(40));

    abstract Detector detector();

    /** Three clouds along three axes. */
    private static INDArray clouds(int n, long seed, int[] labels) {
        RandomGenerator rng = Seeds.rng(seed, "contract");
        var x = new double[n][D];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < D; j++) {
                x[i][j] = 0.5 * rng.nextGaussian() + (j == i % 3 ? 4 : 0);
            }
        }
        return Nd4j.createFromArray(x);
    }

    /** A cloud along an axis of its own. */
    private static double[][] far(int n) {
        RandomGenerator rng = Seeds.rng(2, "contract");
        var x = new double[n][D];
        for (double[] row : x) {
            for (int j = 0; j < D; j++) {
                row[j] = 0.5 * rng.nextGaussian() + (j == 5 ? 6 : 0);
            }
        }
        return x;
    }

    /** A classifier of the three axes: what detectors of logits and heads look at. */
    private static final LinearHead HEAD = LinearHead.of(
            Nd4j.eye(D).castTo(DataType.DOUBLE).get(NDArrayIndex.interval(0, 3), NDArrayIndex.all()),
            Nd4j.zeros(DataType.DOUBLE, 3));

    /** The least AUROC on clouds eight standard deviations apart. */
    double separation() {
        return 0.999;
    }

    private Scorer fit(INDArray features, int[] y) {
        return detector().fit(Batch.of(features).withLabels(y).withHead(HEAD));
    }

    private Scorer fitted() {
        return fit(train, labels);
    }

    @Test
    void oneScoreARowHigherFurtherOut() {
        double[] in = fitted().score(id);
        double[] out = fitted().score(ood);
        assertEquals(50, in.length);
        assertEquals(40, out.length);
        assertTrue(Arrays.stream(in).allMatch(Double::isFinite));
        assertTrue(Auroc.of(in, out) >= separation(), "AUROC was " + Auroc.of(in, out));
    }

    @Test
    void argumentsAreNotChanged() {
        INDArray features = train.dup();
        INDArray batch = id.dup();
        int[] y = labels.clone();
        fit(features, y).score(batch);
        assertEquals(train, features);
        assertEquals(id, batch);
        assertArrayEquals(labels, y);
    }

    @Test
    void theScorerKeepsNothingOfItsArguments() {
        INDArray features = train.dup();
        int[] y = labels.clone();
        Scorer scorer = fit(features, y);
        double[] before = scorer.score(id);
        features.muli(-3);
        Arrays.fill(y, 0);
        assertArrayEquals(before, scorer.score(id), 0);
    }

    @Test
    void aRowsScoreDependsOnTheRowAlone() {
        Scorer scorer = fitted();
        double[] all = scorer.score(id);
        for (int i = 0; i < 50; i += 7) {
            INDArray one = id.get(NDArrayIndex.interval(i, i + 1), NDArrayIndex.all());
            assertEquals(all[i], scorer.score(one)[0], 0);
        }
        double[] view = scorer.score(id.get(NDArrayIndex.interval(0, 2, 50), NDArrayIndex.all()));
        for (int i = 0; i < view.length; i++) {
            assertEquals(all[2 * i], view[i], 0);
        }
    }

    @Test
    void layoutAndDtypeDoNotMatter() {
        double[] expected = fitted().score(id);
        assertArrayEquals(expected, fit(train.dup('f'), labels).score(id.dup('f')), 1e-9);
        double[] narrow = fit(train.castTo(DataType.FLOAT), labels).score(id.castTo(DataType.FLOAT));
        for (int i = 0; i < narrow.length; i++) {
            assertEquals(expected[i], narrow[i], 1e-4 * Math.max(1, expected[i])); // float32 inputs
        }
    }

    @Test
    void sameFitSameBits() {
        assertArrayEquals(fitted().score(ood), fitted().score(ood), 0);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "batch must have the 6 columns of the training features, had 5",
                assertThrows(IllegalArgumentException.class, () -> fitted().score(Nd4j.ones(DataType.DOUBLE, 2, 5)))
                        .getMessage());
        assertEquals(
                "features and labels must be of equal length, were 120 and 3",
                assertThrows(IllegalArgumentException.class, () -> fit(train, new int[3]))
                        .getMessage());
        INDArray nan = id.dup();
        nan.putScalar(3, 2, Double.NaN);
        assertEquals(
                "batch[3][2] must be a finite number, was NaN",
                assertThrows(IllegalArgumentException.class, () -> fitted().score(nan))
                        .getMessage());
        assertEquals(
                "batch must have shape [n, d], had rank 1",
                assertThrows(IllegalArgumentException.class, () -> fitted().score(Nd4j.ones(DataType.DOUBLE, 6)))
                        .getMessage());
    }
}
