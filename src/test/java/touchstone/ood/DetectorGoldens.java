package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.metrics.Auroc;
import touchstone.metrics.AveragePrecision;
import touchstone.metrics.FprAtTpr;
import touchstone.testing.Golden;

/** Compares detectors with the reference scores of golden/ood, which are keyed by name and parameters. */
final class DetectorGoldens {
    private DetectorGoldens() {}

    static INDArray csv(String path) {
        return Nd4j.createFromArray(Golden.csv("ood/" + path + ".csv"));
    }

    static LinearHead head(String folder) {
        return LinearHead.of(csv(folder + "/W"), csv(folder + "/b"));
    }

    static Batch train(String folder) {
        return Batch.of(csv(folder + "/train_features"))
                .withLabels(Golden.labels("ood/" + folder + "/train_labels.csv"));
    }

    /** The generated training rows, with the logits of the file, as the reference has them. */
    static Batch synthTrain() {
        return train("synth").withLogits(csv("synth/train_logits")).withHead(head("synth"));
    }

    static Batch synth(String side) {
        return Batch.of(csv("synth/" + side + "_features")).withLogits(csv("synth/" + side + "_logits"));
    }

    static Iterable<JsonElement> entries() {
        return Golden.json("ood/synth/detectors.json").getAsJsonArray();
    }

    /** The detector that an entry of the generated set means; none where the entry has a test of its own. */
    static Optional<Detector> detector(String name, JsonObject params) {
        return Optional.ofNullable(
                switch (name) {
                    case "MSP", "MSP_T" -> new MaxSoftmax(number(params, "T"));
                    case "MaxLogit" -> MaxLogit.defaults();
                    case "Energy", "Energy_T" -> new Energy(number(params, "T"));
                    case "Entropy" -> Entropy.defaults();
                    case "GEN" -> new GeneralizedEntropy(number(params, "gamma"), (int) number(params, "M"));
                    case "KLMatching" -> KLMatching.defaults();
                    case "Mahalanobis" -> Mahalanobis.defaults();
                    case "RelativeMahalanobis" -> RelativeMahalanobis.defaults();
                    case "Mahalanobis++" -> Mahalanobis.defaults().withNormalise(true);
                    case "RelativeMahalanobis++" ->
                        RelativeMahalanobis.defaults().withNormalise(true);
                    case "KNN" -> new Knn((int) number(params, "k"), true);
                    case "KNN_raw" -> new Knn((int) number(params, "k"), false);
                    case "ViM" -> ViM.defaults().withDim((int) number(params, "dim"));
                    case "Residual" -> Residual.defaults().withDim((int) number(params, "dim"));
                    case "ReAct" -> new ReAct(number(params, "percentile"));
                    case "VRA" -> new VRA(number(params, "percentile_low"), number(params, "percentile_high"));
                    case "ASH-P" -> new Ash(Ash.Variant.PRUNE, number(params, "percentile"));
                    case "ASH-B" -> new Ash(Ash.Variant.BINARISE, number(params, "percentile"));
                    case "ASH-S" -> new Ash(Ash.Variant.SCALE, number(params, "percentile"));
                    case "SCALE" -> new Scale(number(params, "percentile"));
                    case "DICE" -> new Dice(number(params, "percentile"));
                    case "GradNorm" -> GradNorm.defaults();
                    case "SHE" -> SHE.defaults();
                    case "fDBD" -> new FDBD(params.get("distance_as_normalizer").getAsBoolean());
                    case "NCI" -> new NCI(number(params, "alpha"));
                    case "NNGuide" -> new NNGuide((int) number(params, "K"));
                    case "Relation" -> new Relation(number(params, "pow"), number(params, "threshold"));
                    default -> null;
                });
    }

    private static double number(JsonObject params, String name) {
        return params.get(name).getAsDouble();
    }

    /** Demands that a scorer gives the reference scores of both sides, within a relative tolerance. */
    static void assertAgrees(Scorer scorer, JsonObject scores, double tolerance) {
        for (String side : new String[] {"id", "ood"}) {
            double[] expected = Golden.numbers(scores.get(side));
            double[] actual = scorer.score(synth(side));
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(
                        expected[i], actual[i], tolerance * Math.max(1, Math.abs(expected[i])), side + " row " + i);
            }
        }
    }

    /** Demands the figures of merit of the reference scores. */
    static void merits(Scorer scorer, JsonObject scores) {
        double[] id = scorer.score(synth("id"));
        double[] ood = scorer.score(synth("ood"));
        assertEquals(
                Golden.number(scores.get("auroc")), Auroc.of(id, ood), 1e-9); // a share of pairs: exact but for ties
        assertEquals(Golden.number(scores.get("fpr95_id_positive")), FprAtTpr.idPositive(id, ood, 0.95), 1e-9);
        assertEquals(Golden.number(scores.get("fpr95_ood_positive")), FprAtTpr.oodPositive(id, ood, 0.95), 1e-9);
    }

    /** The figures of merit on real digits, ID 0-4; logits are the head's. */
    static void digits(Detector detector, String name) {
        LinearHead head = head("digits");
        Scorer scorer = detector.fit(train("digits").withHead(head));
        merits(
                scorer.score(Batch.of(csv("digits/id_features")).withHead(head)),
                scorer.score(Batch.of(csv("digits/ood_features")).withHead(head)),
                name);
    }

    /** The same on raw pixels. */
    static void assertPixelScores(Detector detector, String name) {
        Scorer scorer = detector.fit(csv("digits/train_pixels"), Golden.labels("ood/digits/train_labels.csv"));
        merits(scorer.score(csv("digits/id_pixels")), scorer.score(csv("digits/ood_pixels")), name);
    }

    private static void merits(double[] id, double[] ood, String name) {
        JsonObject r = StreamSupport.stream(
                        Golden.json("ood/digits/reference.json")
                                .getAsJsonObject()
                                .getAsJsonArray("results")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(e -> e.get("detector").getAsString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reference for " + name));
        assertEquals(Golden.number(r.get("auroc")), Auroc.of(id, ood), 1e-5); // float32 features: a few pairs
        assertEquals(
                Golden.number(r.get("fpr95_id_positive")),
                FprAtTpr.idPositive(id, ood, 0.95),
                1.5 / ood.length); // one example to either side
        assertEquals(Golden.number(r.get("fpr95_ood_positive")), FprAtTpr.oodPositive(id, ood, 0.95), 1.5 / id.length);
        assertEquals(Golden.number(r.get("aupr_out_average_precision")), AveragePrecision.oodPositive(id, ood), 1e-5);
    }
}
