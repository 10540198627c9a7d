package touchstone.unlearn.tofu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import touchstone.testing.Golden;

/** The real logs of llama2-7b (locuslab/tofu, MIT): figures by numpy and scipy. */
class TofuLogsTest {
    private static final JsonObject REAL =
            Golden.json("alignment/real_tofu.json").getAsJsonObject();

    private static JsonObject input(String model) {
        return REAL.getAsJsonObject("input").getAsJsonObject(model).deepCopy();
    }

    private static void close(JsonObject expected, String key, double actual, String name) {
        double want = expected.get(key).getAsDouble();
        assertEquals(want, actual, 1e-10 * Math.max(1, Math.abs(want)), name + " " + key);
    }

    @Test
    void reproducesTheRealFigures() {
        for (String model : new String[] {"unlearned", "retain"}) {
            TofuLogs log = TofuLogs.of(input(model), model);
            JsonObject expected =
                    REAL.getAsJsonObject("expected").getAsJsonObject("utility").getAsJsonObject(model);
            for (TofuSet set : TofuSet.values()) {
                JsonObject want = expected.getAsJsonObject(set.key());
                close(want, "probability", log.answers(set).probability(), model + set);
                close(want, "rouge", log.answers(set).rouge(), model + set);
                close(want, "truth_ratio", log.answers(set).truthRatio(), model + set);
            }
            close(expected, "model_utility", log.utility(), model);
        }
    }

    @Test
    void forgetQualityOfTheRealLogs() {
        var q = TofuLogs.of(input("unlearned"), "a").forgetQuality(TofuLogs.of(input("retain"), "b"));
        JsonObject want = REAL.getAsJsonObject("expected").getAsJsonObject("forget_quality");
        close(want, "statistic", q.distance(), "forget quality");
        double p = want.get("p_exact").getAsDouble();
        assertEquals(p, q.pValue(), 1e-8 * p); // the golden file's own relative tolerance for the exact path count
        assertEquals(Math.log10(p), q.log10P(), 1e-8);
    }

    @Test
    void publishedFilesGiveTheSameFigures() {
        String folder = System.getProperty("touchstone.data", System.getenv("TOUCHSTONE_DATA"));
        Assumptions.assumeTrue(folder != null, "no TOUCHSTONE_DATA");
        Path logs = Path.of(folder, "tofu-eval-logs");
        Assumptions.assumeTrue(Files.isDirectory(logs), "no " + logs);
        TofuLogs full = TofuLogs.read(logs.resolve("llama2-7b_full_wd0.01.json"));
        TofuLogs retain = TofuLogs.read(logs.resolve("llama2-7b_retain90_wd0.01.json"));
        assertEquals(0.622677, full.utility(), 5e-7); // the reference notes give six digits
        assertEquals(0.613745, retain.utility(), 5e-7);
        assertEquals(0.39667, full.forgetQuality(retain).distance(), 5e-6);
    }

    private static String message(Consumer<JsonObject> damage) {
        JsonObject log = input("retain");
        damage.accept(log);
        return assertThrows(IllegalArgumentException.class, () -> TofuLogs.of(log, "model.json"))
                .getMessage();
    }

    @Test
    void missingKeysAreNamedWithTheFile() {
        assertEquals(
                "model.json: \"eval_log.json\" has no field \"rougeL_recall\"",
                message(log -> log.getAsJsonObject("eval_log.json").remove("rougeL_recall")));
        assertEquals(
                "model.json: \"eval_log_forget.json\".\"avg_paraphrased_loss\" has no question 299, which avg_gt_loss has",
                message(log -> log.getAsJsonObject("eval_log_forget.json")
                        .getAsJsonArray("avg_paraphrased_loss")
                        .remove(299)));
        assertEquals(
                "model.json: \"eval_log.json\".\"average_perturb_loss\" of question 0 must be a list of losses, was 1.0",
                message(log -> log.getAsJsonObject("eval_log.json")
                        .getAsJsonArray("average_perturb_loss")
                        .set(0, new com.google.gson.JsonPrimitive(1.0))));
        String noSet = message(log -> log.remove("eval_log_forget.json"));
        assertTrue(noSet.startsWith("model.json has no field \"eval_log_forget.json\""), noSet);
    }

    @Test
    void filesThatAreNoLogAreNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "[1]");
        var e = assertThrows(IllegalArgumentException.class, () -> TofuLogs.read(file));
        assertTrue(e.getMessage().startsWith(file + " is no JSON object"), e.getMessage());
        Path none = folder.resolve("none.json");
        var missing = assertThrows(UncheckedIOException.class, () -> TofuLogs.read(none));
        String message = String.valueOf(missing.getMessage());
        assertTrue(message.endsWith("there is no file " + none), message);
    }
}
