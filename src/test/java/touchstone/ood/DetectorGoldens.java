package touchstone.ood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.metrics.Auroc;
import touchstone.metrics.AveragePrecision;
import touchstone.metrics.FprAtTpr;
import touchstone.testing.Golden;

/** Compares detectors with the reference scores of golden/ood. */
final class DetectorGoldens {
    private DetectorGoldens() {}

    private static Scorer fit(Detector detector, String folder, String features) {
        return detector.fit(
                Nd4j.createFromArray(Golden.csv("ood/" + folder + "/train_" + features + ".csv")),
                Golden.labels("ood/" + folder + "/train_labels.csv"));
    }

    private static double[] score(Scorer scorer, String path) {
        return scorer.score(Nd4j.createFromArray(Golden.csv("ood/" + path + ".csv")));
    }

    /** All scores of the generated features, for the entry with the given name and k (0 for any). */
    static void synth(Detector detector, String name, int k) {
        Scorer scorer = fit(detector, "synth", "features");
        int compared = 0;
        for (JsonElement e : Golden.json("ood/synth/detectors.json").getAsJsonArray()) {
            JsonObject c = e.getAsJsonObject();
            JsonElement its = c.getAsJsonObject("params").get("k");
            boolean sameK = k == 0 || (its != null && its.getAsInt() == k);
            if (c.get("name").getAsString().equals(name) && sameK) {
                JsonObject reference = c.getAsJsonObject("reference");
                for (String side : new String[] {"id", "ood"}) {
                    double[] expected = Golden.numbers(reference.get(side));
                    double[] scores = score(scorer, "synth/" + side + "_features");
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(expected[i], scores[i], 1e-9 * Math.max(1, Math.abs(expected[i]))); // double
                        compared++;
                    }
                }
            }
        }
        assertEquals(120, compared);
    }

    /** The figures of merit on real digits, ID 0-4. */
    static void digits(Detector detector, String features, String name) {
        Scorer scorer = fit(detector, "digits", features);
        double[] id = score(scorer, "digits/id_" + features);
        double[] ood = score(scorer, "digits/ood_" + features);
        for (JsonElement e :
                Golden.json("ood/digits/reference.json").getAsJsonObject().getAsJsonArray("results")) {
            JsonObject r = e.getAsJsonObject();
            if (r.get("detector").getAsString().equals(name)) {
                assertEquals(Golden.number(r.get("auroc")), Auroc.of(id, ood), 1e-5); // float32 features: a few pairs
                assertEquals(
                        Golden.number(r.get("fpr95_id_positive")),
                        FprAtTpr.idPositive(id, ood, 0.95),
                        1.5 / ood.length); // one example to either side
                assertEquals(
                        Golden.number(r.get("fpr95_ood_positive")),
                        FprAtTpr.oodPositive(id, ood, 0.95),
                        1.5 / id.length);
                assertEquals(
                        Golden.number(r.get("aupr_out_average_precision")),
                        AveragePrecision.oodPositive(id, ood),
                        1e-5);
                return;
            }
        }
        throw new AssertionError("no reference for " + name);
    }
}
