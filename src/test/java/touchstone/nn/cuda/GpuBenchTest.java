package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import touchstone.nn.bench.BenchOptions;
import touchstone.nn.bench.BenchSizes;
import touchstone.nn.bench.GpuBench;

/** The benchmark on the stub driver: what it says, not how fast a stub is. */
class GpuBenchTest {
    private static final BenchOptions TINY = BenchOptions.of(5).withSizes(BenchSizes.tiny());

    @AfterEach
    void noFaults() {
        Stub.calls().stub_reset();
    }

    private static List<JsonObject> told(BenchOptions options) {
        var lines = new ArrayList<JsonObject>();
        new GpuBench(options, line -> lines.add(JsonParser.parseString(line).getAsJsonObject()))
                .measure(p -> new CudaMeter(Stub.backend(CudaOptions.defaults().withPrecision(p))));
        return lines;
    }

    private static List<JsonObject> rows(List<JsonObject> lines) {
        return lines.stream().filter(l -> type(l).equals("row")).toList();
    }

    private static String type(JsonObject line) {
        return line.get("type").getAsString();
    }

    private static String verdict(JsonObject row, String machine) {
        return row.getAsJsonObject(machine).get("verdict").getAsString();
    }

    private static boolean multiplies(JsonObject row) {
        return !row.get("key").getAsString().startsWith("copy");
    }

    @Test
    void everyOperationIsRightAndTimedAndHasACeiling() {
        List<JsonObject> lines = told(TINY);
        assertEquals("machine", type(lines.get(0)));
        assertEquals(
                "Stub card 0", lines.get(0).getAsJsonObject("card").get("name").getAsString());
        Set<String> keys = new HashSet<>();
        for (JsonObject row : rows(lines)) {
            JsonObject card = row.getAsJsonObject("gpu");
            assertEquals("OK", card.get("verdict").getAsString(), row::toString);
            assertTrue(card.get("speed").getAsDouble() > 0, row::toString);
            assertTrue(card.get("best").getAsDouble() >= card.get("speed").getAsDouble(), row::toString);
            assertTrue(card.get("error").getAsDouble() <= row.get("bound").getAsDouble(), row::toString);
            assertTrue(row.getAsJsonObject("torch").has("kind"), row::toString);
            assertTrue(keys.add(row.get("key").getAsString()), row::toString);
            if (row.has("cpu")) {
                assertEquals("OK", verdict(row, "cpu"), row::toString);
            }
        }
        assertTrue(keys.contains("product/tf32/24") && keys.contains("copy/within"), keys.toString());
        Set<String> capped = new HashSet<>();
        for (JsonElement e : lines.get(lines.size() - 1).getAsJsonArray("speeds")) {
            assertTrue(e.getAsJsonObject().get("speed").getAsDouble() > 0, e.toString());
            capped.add(e.getAsJsonObject().get("key").getAsString());
        }
        assertEquals(keys, capped);
        assertEquals(0, Stub.calls().stub_torn());
    }

    /** A tenth off is beyond every bound, so that nothing with a product in it may pass; copies may. */
    @Test
    void aCardThatComputesWronglyIsToldSoAndNotTimed() {
        Stub.calls().stub_set("product_off", 100_000);
        for (JsonObject row : rows(told(TINY))) {
            JsonObject card = row.getAsJsonObject("gpu");
            assertEquals(multiplies(row) ? "WRONG" : "OK", card.get("verdict").getAsString(), row::toString);
            assertEquals(multiplies(row), card.get("speed").getAsDouble() == 0, row::toString);
            if (row.has("cpu")) {
                assertEquals("OK", verdict(row, "cpu"), row::toString);
            }
        }
    }

    @Test
    void whenTheTimeIsOverTheRestIsLeftOut() {
        for (JsonObject row : rows(told(TINY.withMinutes(1e-9)))) {
            assertEquals("SKIPPED", verdict(row, "gpu"), row::toString);
        }
    }

    @Test
    void aKernelThatFailsIsNamedInItsRowAndTheTableIsFinished() {
        Stub.calls().stub_set("launch_fails_after", 0);
        List<JsonObject> lines = told(TINY);
        JsonObject product = rows(lines).stream()
                .filter(GpuBenchTest::multiplies)
                .findFirst()
                .orElseThrow();
        assertEquals("FAILED", verdict(product, "gpu"));
        String note = product.getAsJsonObject("gpu").get("note").getAsString();
        assertTrue(note.contains("CUDA_ERROR_LAUNCH_FAILED"), note);
        assertEquals("ceilings", type(lines.get(lines.size() - 1)));
    }

    @Test
    void theProcessorAloneNeedsNoCard() {
        var lines = new ArrayList<String>();
        GpuBench.run(Map.of("cpu", "true", "sizes", "tiny", "seed", "3", "minutes", "1"), lines::add);
        for (String line : lines) {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            assertFalse(row.has("gpu"), line);
            assertTrue(!type(row).equals("row") || verdict(row, "cpu").equals("OK"), line);
        }
        assertTrue(lines.size() > 5, lines.toString());
    }

    @Test
    void whereNoCardCanBeUsedOneSentenceSaysWhy() {
        var lines = new ArrayList<String>();
        GpuBench.run(Map.of("sizes", "tiny", "minutes", "0.01"), lines::add);
        JsonObject first = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        boolean fit = Cuda.findings().fit();
        assertEquals(fit ? "machine" : "refused", type(first));
        assertEquals(fit, lines.size() > 1);
        if (!fit) {
            assertEquals(Cuda.findings().problems().get(0), first.get("why").getAsString());
        }
    }
}
