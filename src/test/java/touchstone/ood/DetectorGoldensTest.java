package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.metrics.Auroc;
import touchstone.testing.Golden;

/** Scores of other programs: pytorch-ood, OpenOOD, scikit-learn and closed forms in float64, see golden/ood/versions.json. */
class DetectorGoldensTest {
    /** Detectors whose golden values are not in the common list: each has a test of its own. */
    private static final Set<Class<? extends Detector>> OWN =
            Set.of(OpenMax.class, ClassGaussianMixture.class, NeuronCoverage.class, Odin.class, Gram.class);
    /** Detectors without golden values: closed forms and laws instead, in a test of their own. */
    private static final Set<Class<? extends Detector>> LAWS =
            Set.of(ChristoffelGuard.class, Ssd.class, IsolationForest.class, Ensemble.class, DeepSvdd.class);

    @TestFactory
    Stream<DynamicTest> generatedFeatures() {
        Batch train = DetectorGoldens.synthTrain();
        var tests = new ArrayList<DynamicTest>();
        for (JsonElement element : DetectorGoldens.entries()) {
            JsonObject entry = element.getAsJsonObject();
            String name = entry.get("name").getAsString();
            JsonObject params = entry.getAsJsonObject("params");
            DetectorGoldens.detector(name, params)
                    .ifPresent(d -> tests.add(dynamicTest(name + params, () -> {
                        Scorer scorer = d.fit(train);
                        JsonObject reference = entry.getAsJsonObject("reference");
                        DetectorGoldens.assertAgrees(scorer, reference, 1e-9); // double
                        DetectorGoldens.merits(scorer, reference);
                    })));
        }
        assertEquals(39, tests.size());
        return tests.stream();
    }

    @Test
    void everyDetectorHasGoldenValuesOrIsNamedHere() {
        var covered = new TreeSet<String>();
        for (JsonElement element : DetectorGoldens.entries()) {
            JsonObject entry = element.getAsJsonObject();
            DetectorGoldens.detector(entry.get("name").getAsString(), entry.getAsJsonObject("params"))
                    .ifPresent(d -> covered.add(d.name()));
        }
        OWN.forEach(c -> covered.add(c.getSimpleName()));
        LAWS.forEach(c -> covered.add(c.getSimpleName()));
        var listed = new TreeSet<String>();
        Detectors.ALL.forEach(d -> listed.add(d.name()));
        assertEquals(covered, listed);
    }

    @TestFactory
    Stream<DynamicTest> digits() {
        Map<String, Detector> table = Map.ofEntries(
                Map.entry("MSP", MaxSoftmax.defaults()),
                Map.entry("MaxLogit", MaxLogit.defaults()),
                Map.entry("Energy", Energy.defaults()),
                Map.entry("Entropy", Entropy.defaults()),
                Map.entry("GEN(0.1,M=C)", GeneralizedEntropy.defaults()),
                Map.entry("KLMatching(train)", KLMatching.defaults()),
                Map.entry("Mahalanobis", Mahalanobis.defaults()),
                Map.entry("RelativeMahalanobis", RelativeMahalanobis.defaults()),
                Map.entry("Mahalanobis++", Mahalanobis.defaults().withNormalise(true)),
                Map.entry("KNN(k=5,norm)", new Knn(5, true)),
                Map.entry("KNN(k=1,raw)", new Knn(1, false)),
                Map.entry("ViM(dim=8)", ViM.defaults().withDim(8)),
                Map.entry("Residual", Residual.defaults().withDim(8)),
                Map.entry("ReAct(p=90)", new ReAct(90)),
                Map.entry("ReAct(p=99)", new ReAct(99)),
                Map.entry("ASH-S(65)", new Ash(Ash.Variant.SCALE, 65)),
                Map.entry("SCALE(65)", new Scale(65)),
                Map.entry("DICE(70)", new Dice(70)),
                Map.entry("GradNorm", GradNorm.defaults()),
                Map.entry("SHE", SHE.defaults()),
                Map.entry("fDBD", FDBD.defaults()),
                Map.entry("NCI(0.001)", new NCI(0.001)),
                Map.entry("NNGuide(K=10)", new NNGuide(10)));
        return table.entrySet().stream()
                .map(e -> dynamicTest(e.getKey(), () -> DetectorGoldens.digits(e.getValue(), e.getKey())));
    }

    @Test
    void digitsPixels() {
        DetectorGoldens.assertPixelScores(new Knn(5, false), "KNN pixels(k=5,raw)");
    }

    @Test
    void mixturesOfGivenParameters() {
        JsonObject fixed = Golden.json("ood/synth/gmm_fixed.json").getAsJsonObject();
        List<GaussianMixture> mixtures = new ArrayList<>();
        for (JsonElement c : fixed.getAsJsonArray("classes")) {
            mixtures.add(mixture(c.getAsJsonObject()));
        }
        int[] counts = ScatterMatrix.counts(DetectorGoldens.synthTrain().labels(), mixtures.size());
        double[] priors = Vectors.each(counts.length, k -> counts[k] / 200.0);
        for (JsonElement element : DetectorGoldens.entries()) {
            JsonObject entry = element.getAsJsonObject();
            var aggregate =
                    switch (entry.get("name").getAsString()) {
                        case "ClassGMM_logdensity" -> ClassGaussianMixture.Aggregate.LOG_DENSITY;
                        case "HVCM_min_mahalanobis" -> ClassGaussianMixture.Aggregate.MIN_MAHALANOBIS;
                        default -> null;
                    };
            if (aggregate != null) {
                Scorer scorer = ClassDensities.of(new int[] {0, 1, 2, 3}, priors, mixtures)
                        .scorer(aggregate);
                DetectorGoldens.assertAgrees(scorer, entry.getAsJsonObject("reference"), 1e-9); // double
                DetectorGoldens.merits(scorer, entry.getAsJsonObject("reference"));
            }
        }
    }

    private static GaussianMixture mixture(JsonObject c) {
        double[] weights = Golden.numbers(c.get("weights"));
        var covariances = new double[weights.length][][];
        for (int k = 0; k < weights.length; k++) {
            covariances[k] = Golden.matrix(c.getAsJsonArray("covariances").get(k));
        }
        return GaussianMixture.of(weights, Golden.matrix(c.get("means")), covariances);
    }

    /** Five steps of scikit-learn's expectation maximisation from a given start, for each kind of covariance. */
    @TestFactory
    Stream<DynamicTest> expectationMaximisation() {
        var tests = new ArrayList<DynamicTest>();
        for (JsonElement element : Golden.json("ood/synth/gmm_em.json").getAsJsonArray()) {
            JsonObject em = element.getAsJsonObject();
            String kind = em.get("covariance_type").getAsString();
            tests.add(dynamicTest(kind, () -> afterFiveSteps(em, Covariance.valueOf(kind.toUpperCase(Locale.ROOT)))));
        }
        assertEquals(Covariance.values().length, tests.size());
        return tests.stream();
    }

    private static void afterFiveSteps(JsonObject em, Covariance kind) {
        double[][] x = Golden.csv("ood/synth/train_features.csv");
        double[][] unit = diagonal(Vectors.each(16, j -> 1));
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0},
                new double[][] {x[0], x[1], x[2]},
                new double[][][] {unit, unit, unit});
        for (int step = 0; step < 5; step++) {
            mixture = mixture.step(x, em.get("reg_covar").getAsDouble(), kind);
        }
        assertArrayEquals(Golden.numbers(em.get("weights")), mixture.weights(), 1e-9);
        for (int k = 0; k < 3; k++) {
            assertArrayEquals(Golden.matrix(em.get("means"))[k], mixture.mean(k), 1e-7);
            double[][] s =
                    switch (kind) {
                        case FULL ->
                            Golden.matrix(em.getAsJsonArray("covariances").get(k));
                        case TIED -> Golden.matrix(em.get("covariances"));
                        case DIAG -> diagonal(Golden.matrix(em.get("covariances"))[k]);
                    };
            for (int j = 0; j < 16; j++) {
                assertArrayEquals(s[j], mixture.covariance(k)[j], 1e-7);
            }
        }
        GaussianMixture fitted = mixture;
        double mean = Vectors.sum(Vectors.each(x.length, i -> fitted.logDensity(x[i]))) / x.length;
        assertEquals(em.get("mean_loglik").getAsDouble(), mean, 1e-8);
    }

    private static double[][] diagonal(double[] values) {
        var matrix = new double[values.length][values.length];
        for (int j = 0; j < values.length; j++) {
            matrix[j][j] = values[j];
        }
        return matrix;
    }

    /** Means and covariances of scikit-learn and closed forms, in float64. */
    @Test
    void mahalanobisFit() {
        JsonObject fit = Golden.json("ood/synth/mahalanobis_fit.json").getAsJsonObject();
        Batch train = DetectorGoldens.synthTrain();
        double[][] x = train.featureRows();
        double[][] means = ScatterMatrix.means(x, train.labels(), 4);
        double[][] shared = ScatterMatrix.pooled(x, train.labels(), means, 0);
        double[][] whitening = ScatterMatrix.whitening(shared);
        double[][] all = {Vectors.mean(x)};
        assertClose(fit.get("class_means"), means);
        assertClose(fit.get("shared_covariance_1_over_N"), shared);
        assertClose(fit.get("precision"), gram(whitening));
        assertArrayEquals(Golden.numbers(fit.get("background_mean")), all[0], 1e-12);
        assertClose(fit.get("background_covariance_1_over_N"), ScatterMatrix.pooled(x, new int[x.length], all, 0));
    }

    /** {@code W^T W}. */
    private static double[][] gram(double[][] w) {
        var out = new double[w[0].length][w[0].length];
        for (double[] row : w) {
            for (int a = 0; a < out.length; a++) {
                for (int b = 0; b < out.length; b++) {
                    out[a][b] += row[a] * row[b];
                }
            }
        }
        return out;
    }

    private static void assertClose(JsonElement expected, double[][] actual) {
        double[][] rows = Golden.matrix(expected);
        assertEquals(rows.length, actual.length);
        for (int a = 0; a < rows.length; a++) {
            for (int b = 0; b < rows[a].length; b++) {
                assertEquals(rows[a][b], actual[a][b], 1e-9 * Math.max(1, Math.abs(rows[a][b]))); // double
            }
        }
    }

    @Test
    void neuronCoverage() {
        JsonObject nac = Golden.json("ood/synth/nac.json").getAsJsonObject();
        var detector = new NeuronCoverage(50, 10, 20);
        assertArrayEquals(Golden.numbers(nac.get("thresholds")), detector.edges(), 1e-7); // float32
        Scorer scorer = detector.fit(DetectorGoldens.synthTrain());
        DetectorGoldens.assertAgrees(scorer, nac, 1e-6); // float32 means of counts
        assertEquals(
                nac.get("auroc").getAsDouble(),
                Auroc.of(scorer.score(DetectorGoldens.synth("id")), scorer.score(DetectorGoldens.synth("ood"))),
                1 / 3600.0); // one pair of 60 x 60: float32 means tell equal coverages apart
    }

    /** OpenOOD's scores: like ours it fits the rightly classified rows alone. */
    @Test
    void openMax() {
        for (JsonElement element : DetectorGoldens.entries()) {
            JsonObject entry = element.getAsJsonObject();
            if (entry.get("name").getAsString().equals("OpenMax")) {
                Scorer scorer = new OpenMax(15, 3).fit(DetectorGoldens.synthTrain());
                JsonObject libraries = entry.getAsJsonObject("libraries");
                DetectorGoldens.assertAgrees(
                        scorer, libraries.getAsJsonObject("OpenOOD"), 1e-4); // its Weibull fit iterates
            }
        }
    }

    @Test
    void vimOriginAndItsCut() {
        JsonObject fit = Golden.json("ood/synth/vim_fit.json").getAsJsonObject();
        ResidualSpace space = ResidualSpace.fit(DetectorGoldens.synthTrain(), 8, 1e-6);
        assertArrayEquals(Golden.numbers(fit.get("u")), space.origin(), 1e-9);
        double[][] projector = Golden.matrix(fit.get("projector"));
        double[][] x = DetectorGoldens.synthTrain().featureRows();
        double lengths = 0;
        double[] norms = space.norms(x);
        for (int i = 0; i < x.length; i++) {
            double[] centred = Vectors.minus(x[i], space.origin());
            double length = Vectors.norm(ScatterMatrix.apply(projector, centred));
            assertEquals(length, norms[i], 1e-9 * Math.max(1, length)); // a projector keeps lengths
            lengths += length;
        }
        double logits = 0;
        for (double[] z : DetectorGoldens.synthTrain().logitRows()) {
            logits += Vectors.max(z);
        }
        assertEquals(fit.get("alpha").getAsDouble(), logits / lengths, 1e-9);
        JsonObject deficient =
                Golden.json("ood/synth/vim_rank_deficient_W.json").getAsJsonObject();
        LinearHead head = LinearHead.of(
                Nd4j.createFromArray(Golden.matrix(deficient.get("W"))),
                Nd4j.createFromArray(Golden.numbers(deficient.get("b"))));
        Batch train = Batch.of(DetectorGoldens.csv("synth/train_features")).withHead(head);
        assertArrayEquals(
                Golden.numbers(deficient.get("u_rcond_1e_6")),
                ResidualSpace.fit(train, 8, 1e-6).origin(),
                1e-6); // float32 weights whose least singular value is rounding
    }

    @Test
    void gram() {
        JsonObject g = Golden.json("ood/gram/gram.json").getAsJsonObject();
        int[] labels = Golden.integers(g.get("train_labels"));
        var trainLogits = new double[labels.length][3];
        for (int i = 0; i < labels.length; i++) {
            trainLogits[i][labels[i]] = 5;
        }
        Batch train = Batch.ofLogits(Nd4j.createFromArray(trainLogits))
                .withLabels(labels)
                .withActivations(Nd4j.createFromArray(maps(g.get("train_maps_N_C_HW"))));
        Scorer scorer = new Gram(5, 1 / 6.0).fit(train);
        int[] predicted = Golden.integers(g.get("test_predicted_class"));
        double[] most = Golden.numbers(g.get("test_max_softmax"));
        var logits = new double[predicted.length][3];
        for (int i = 0; i < logits.length; i++) {
            for (int c = 0; c < 3; c++) {
                logits[i][c] = Math.log(c == predicted[i] ? most[i] : (1 - most[i]) / 2);
            }
        }
        Batch test = Batch.ofLogits(Nd4j.createFromArray(logits))
                .withActivations(Nd4j.createFromArray(maps(g.get("test_maps"))));
        double[] expected = Golden.numbers(g.get("outlier_score"));
        double[] actual = scorer.score(test);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-6 * Math.max(1, expected[i])); // float32 in the library
        }
        Batch columns = Batch.ofLogits(test.logits().dup('f'))
                .withActivations(Nd4j.createFromArray(maps(g.get("test_maps"))).dup('f'));
        assertArrayEquals(actual, scorer.score(columns), 0); // the layout of maps does not matter
    }

    private static double[][][] maps(JsonElement rows) {
        var out = new double[rows.getAsJsonArray().size()][][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Golden.matrix(rows.getAsJsonArray().get(i));
        }
        return out;
    }
}
