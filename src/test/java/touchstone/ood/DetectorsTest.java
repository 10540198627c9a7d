package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The contract for every detector that features, labels and a head are enough for; and what the others share. */
class DetectorsTest {
    @TestFactory
    Stream<DynamicContainer> contract() {
        return Detectors.ALL.stream()
                .filter(d ->
                        !d.requires().contains(Input.GRADIENT) && !d.requires().contains(Input.ACTIVATIONS))
                .map(DetectorsTest::contract);
    }

    private static DetectorContract of(Detector detector) {
        return new DetectorContract() {
            @Override
            Detector detector() {
                return detector;
            }

            @Override
            double separation() {
                return SEPARATION.getOrDefault(detector.name(), 0.99);
            }
        };
    }

    /** Where less than 0.99 is right on the contract's clouds, and why. */
    private static final Map<String, Double> SEPARATION = Map.of(
            "Dice", 0.8, // its sparse head drops one of three classes
            "Knn", 0.85, // the 50th neighbour lies in another of the clouds of 40
            "IsolationForest", 0.9, // cuts along one axis at a time
            "NeuronCoverage", 0.85, // 120 rows cover few of 49 bins 50 times
            "OpenMax", 0.7); // logits near 0 have nothing to lose to the unknown class

    private static DynamicContainer contract(Detector detector) {
        DetectorContract c = of(detector);
        return dynamicContainer(
                detector.name(),
                Stream.of(
                        dynamicTest("one score a row, higher further out", c::oneScoreARowHigherFurtherOut),
                        dynamicTest("arguments are not changed", c::argumentsAreNotChanged),
                        dynamicTest("keeps nothing of its arguments", c::theScorerKeepsNothingOfItsArguments),
                        dynamicTest("a row alone", c::aRowsScoreDependsOnTheRowAlone),
                        dynamicTest("layout and dtype", c::layoutAndDtypeDoNotMatter),
                        dynamicTest("same bits", c::sameFitSameBits),
                        dynamicTest("bad arguments", c::badArgumentsAreNamed)));
    }

    private static String refused(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }

    private static INDArray array(double[]... rows) {
        return Nd4j.createFromArray(rows);
    }

    @Test
    void partsMustFit() {
        Batch batch = Batch.of(array(new double[] {1, 2}, new double[] {3, 4}));
        LinearHead wide = LinearHead.of(Nd4j.ones(DataType.DOUBLE, 3, 4), Nd4j.zeros(DataType.DOUBLE, 3));
        LinearHead right = LinearHead.of(Nd4j.ones(DataType.DOUBLE, 3, 2), Nd4j.zeros(DataType.DOUBLE, 3));
        assertEquals("head must have the 2 columns of the features, had 4", refused(() -> batch.withHead(wide)));
        assertEquals("labels[1] must be below the number of logits, 3, was 3", refused(() -> batch.withHead(right)
                .withLabels(0, 3)));
        assertEquals("labels[0] must be at least 0, was -1", refused(() -> batch.withLabels(-1, 0)));
        assertEquals(
                "head must have the 2 classes of the logits, had 3",
                refused(() -> batch.withLogits(Nd4j.ones(DataType.DOUBLE, 2, 2)).withHead(right)));
        assertEquals(
                "Energy needs LOGITS (Batch.withLogits or withHead), the batch had [FEATURES]",
                refused(() -> Energy.defaults().fit(batch)));
        assertEquals(
                "weights and bias must be of equal length, were 3 and 2",
                refused(() -> LinearHead.of(Nd4j.ones(DataType.DOUBLE, 3, 2), Nd4j.zeros(DataType.DOUBLE, 2))));
        assertEquals(
                Set.of(Input.FEATURES, Input.HEAD, Input.LOGITS),
                batch.withHead(right).has());
        assertEquals(
                array(new double[] {3, 3, 3}, new double[] {7, 7, 7}),
                batch.withHead(right).logits());
    }

    @Test
    void logitsAloneAreEnoughWhereNothingElseIsRequired() {
        Batch logits = Batch.ofLogits(array(new double[] {2, 0}, new double[] {0, 0}));
        assertArrayEquals(
                new double[] {-1 / (1 + Math.exp(-2)), -0.5},
                MaxSoftmax.defaults().fit(logits).score(logits),
                1e-15);
        assertArrayEquals(
                new double[] {-Math.log(Math.exp(2) + 1), -Math.log(2)},
                Energy.defaults().fit(logits).score(logits),
                1e-15);
        assertEquals(
                "batch must have the 2 classes of the training logits, had 3",
                refused(() -> Energy.defaults().fit(logits).score(Batch.ofLogits(Nd4j.ones(DataType.DOUBLE, 1, 3)))));
    }

    @Test
    void whatOverflowsIsRefused() {
        Batch huge = Batch.of(array(new double[] {1e200, 1}, new double[] {-1e200, 1}, new double[] {3, 2}));
        assertEquals(
                "features must have a finite variance, that of column 0 was Infinity",
                refused(() -> Mahalanobis.defaults().fit(huge.withLabels(0, 0, 0))));
        Batch logits = Batch.ofLogits(array(new double[] {1e308, -1e308}));
        assertEquals(-1e308, Energy.defaults().fit(logits).score(logits)[0], 0);
    }

    @Test
    void optionsAndClassesAreChecked() {
        assertEquals("percentile must lie in [0, 100), was 100.0", refused(() -> new ReAct(100)));
        assertEquals("low must be at most high, 10.0, was 20.0", refused(() -> new VRA(20, 10)));
        assertEquals("temperature must be a finite number above 0, was NaN", refused(() -> new Energy(Double.NaN)));
        Batch batch = Batch.of(array(new double[] {5, 1}, new double[] {4, 0}))
                .withLabels(0, 0)
                .withHead(LinearHead.of(Nd4j.eye(2), Nd4j.zeros(DataType.DOUBLE, 2)));
        assertEquals("rightly classified rows of class 1 must be at least 1, was 0", refused(() -> SHE.defaults()
                .fit(batch)));
        assertEquals("k must be at most the number of training rows, was 100 of 2", refused(() -> NNGuide.defaults()
                .fit(batch)));
        assertEquals(
                "dim must be below the number of feature columns, 2, was 2",
                refused(() -> ViM.defaults().withDim(2).fit(batch)));
        assertEquals(
                "components must be at most the rows of each class, was 3, class 0 had 2",
                refused(() -> ClassGaussianMixture.defaults().withComponents(3).fit(batch)));
    }

    @Test
    void oneRowAClassIsScored() {
        Batch train = Batch.of(
                        array(new double[] {0, 0}, new double[] {2, 1}, new double[] {1, 2}, new double[] {9, 9}))
                .withLabels(0, 0, 0, 1);
        double[] scores = Mahalanobis.defaults().fit(train).score(array(new double[] {9, 9}));
        assertArrayEquals(new double[] {0}, scores, 1e-12);
    }

    /** Standardising does not change a Mahalanobis distance: one class, normalised, is the same. */
    @Test
    void ssdIsMahalanobisOfOneClass() {
        INDArray x = DetectorGoldens.csv("synth/train_features");
        INDArray test = DetectorGoldens.csv("synth/ood_features");
        double[] expected =
                Mahalanobis.defaults().withNormalise(true).fit(x, new int[200]).score(test);
        double[] scores = Ssd.defaults().fit(Batch.of(x)).score(test);
        for (int i = 0; i < scores.length; i++) {
            assertEquals(expected[i], scores[i], 1e-8 * expected[i]); // two eigenvalue problems
        }
    }

    /** c(m) is 2 H(m - 1) - 2 (m - 1) / m; one row is as long a path as the depth it lies at. */
    @Test
    void isolationPaths() {
        assertEquals(0, IsolationForest.meanPath(1));
        assertEquals(1, IsolationForest.meanPath(2));
        double harmonic = 0;
        for (int j = 1; j < 256; j++) {
            harmonic += 1.0 / j;
        }
        assertEquals(2 * harmonic - 2 * 255 / 256.0, IsolationForest.meanPath(256), 0.01); // H by its logarithm
        INDArray two = array(new double[] {0}, new double[] {1});
        assertArrayEquals(
                new double[] {0.5, 0.5},
                new IsolationForest(7, 2, 1).fit(Batch.of(two)).score(two),
                1e-15);
    }

    @Test
    void ensemblesKeepTheOrderOnWhichAllAgree() {
        Batch train = DetectorGoldens.synthTrain();
        Batch test = DetectorGoldens.synth("ood");
        for (Ensemble.Combine combine : Ensemble.Combine.values()) {
            var twice = new Ensemble(List.of(Energy.defaults(), MaxLogit.defaults()), combine, 0.5, 3);
            double[] both = twice.fit(train).score(test);
            double[] energy = Energy.defaults().fit(train).score(test);
            double[] logit = MaxLogit.defaults().fit(train).score(test);
            for (int i = 0; i < both.length; i++) {
                for (int j = 0; j < both.length; j++) {
                    assertTrue(!(energy[i] > energy[j] && logit[i] > logit[j]) || both[i] >= both[j]);
                }
            }
        }
        assertEquals("number of detectors must be at least 2, was 1", refused(() -> Ensemble.of(Energy.defaults())));
    }
}
