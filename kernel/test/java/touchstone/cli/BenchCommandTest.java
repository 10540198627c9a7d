package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import touchstone.cli.Scratch.Ended;

/** {@code touchstone bench gpu} on a Java that tells what a card of 100 TFLOP/s would have been measured to do. */
class BenchCommandTest extends CliFixture {
    private static final String MACHINE =
            """
            {"type":"machine","seed":4,"processors":2,"java":"17","os":"Linux amd64",\
            "card":{"name":"Card X","major":9,"minor":0}}
            """;
    private static final String PRODUCT =
            """
            {"type":"row","key":"p","operation":"matrix product","size":"8","precision":"fp32","unit":"TFLOP/s","work":1,\
            "bound":1e-5,"cpu":{"verdict":"OK","speed":0.5,"error":1e-7,"share":0.25,"note":""},\
            "gpu":{"verdict":"OK","speed":90,"error":2e-7,"share":1,"note":""},"torch":{"kind":"product","n":8}}
            """;
    private static final String WRONG =
            """
            {"type":"row","key":"w","operation":"k nearest","size":"9","precision":"tf32","unit":"queries/s","work":1,\
            "bound":1e-3,"gpu":{"verdict":"WRONG","speed":0,"error":"NaN","share":0,"note":"off by NaN, allowed is 0.001"},\
            "torch":{"kind":"search"}}
            """;
    private static final String CEILINGS = "{\"type\":\"ceilings\",\"speeds\":[{\"key\":\"p\",\"speed\":100}]}\n";

    private Path answers = Path.of("");

    @BeforeEach
    void answer() {
        answers = temp.resolve("answers");
    }

    private void javaSays(String lines) throws IOException {
        Files.writeString(answers, lines);
        Scratch.script(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$@\" >" + temp + "/asked\ncat " + answers + "\n");
    }

    /** A python that imports torch, and runs scripts to this effect. */
    private void pythonSays(String commands) throws IOException {
        Scratch.script(
                programs.resolve("python3"), "#!/bin/sh\nif [ \"$1\" = -c ]; then exit 0; fi\n" + commands + "\n");
    }

    private static List<String> cells(Ended ended, String operation) {
        String line = ended.lines().stream()
                .filter(l -> l.startsWith(operation))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ended.toString()));
        return List.of(line.strip().split("\\s{2,}", -1));
    }

    @Test
    void oneTableOfProcessorCardAndTorch() throws IOException {
        javaSays(MACHINE + PRODUCT + CEILINGS);
        pythonSays("cat >" + temp + "/plan\necho '{\"torch\":\"2.9\",\"device\":\"Card X\"}'\n"
                + "echo '{\"key\":\"p\",\"speed\":75}'");
        Path json = temp.resolve("found.json");
        Ended ended = touchstone("bench", "gpu", "--seed", "4", "--json", json.toString());
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith("card: Card X, compute capability 9.0\nprocessor: 2 threads"), ended.out());
        assertTrue(ended.out().contains("torch: 2.9 on Card X\nseed: 4;"), ended.out());
        assertEquals(
                List.of(
                        "matrix product",
                        "8",
                        "fp32",
                        "TFLOP/s",
                        "~0.500",
                        "90.0",
                        "100",
                        "0.900",
                        "75.0",
                        "1.20",
                        "1e-07",
                        "2e-07",
                        "1e-05"),
                cells(ended, "matrix product"));
        assertTrue(ended.out().contains("~ (cpu): timed on 25.0 % of the work and scaled: matrix product, 8\n"));
        JsonObject row = JsonParser.parseString(Files.readString(json))
                .getAsJsonObject()
                .getAsJsonArray("rows")
                .get(0)
                .getAsJsonObject();
        assertEquals(1.2, row.get("ratio").getAsDouble(), 1e-12);
        assertEquals(100, row.get("ceiling").getAsDouble());
        JsonObject plan =
                JsonParser.parseString(Files.readString(temp.resolve("plan"))).getAsJsonObject();
        assertEquals("cuda", plan.get("device").getAsString());
        assertEquals(
                8, plan.getAsJsonArray("rows").get(0).getAsJsonObject().get("n").getAsInt());
        assertTrue(Files.readString(temp.resolve("asked")).contains("seed=4 minutes=5.6 sizes=full cpu=false"));
    }

    @Test
    void whatIsWrongIsSaidSoAndMakesTheExitCodeOne() throws IOException {
        javaSays(MACHINE + WRONG + CEILINGS);
        Ended ended = touchstone("bench", "gpu", "--quick");
        assertEquals(1, ended.exitCode(), ended.err());
        List<String> cells = cells(ended, "k nearest");
        assertEquals("WRONG", cells.get(5));
        assertEquals("NaN", cells.get(11));
        assertTrue(
                ended.out().contains("WRONG (gpu): k nearest, 9, tf32: off by NaN, allowed is 0.001\n"), ended.out());
        assertTrue(ended.out().contains("torch: there is no python3; --python names one that has torch"), ended.out());
        assertTrue(Files.readString(temp.resolve("asked")).contains("minutes=8.0 sizes=quick"));
    }

    @Test
    void withoutACardOneSentenceSaysWhyAndWhatElseThereIs() throws IOException {
        javaSays("{\"type\":\"refused\",\"why\":\"the driver is missing\"}\n");
        Ended ended = touchstone("bench", "gpu", "--seed", "1");
        assertEquals(4, ended.exitCode());
        assertEquals("", ended.out());
        assertEquals(
                "touchstone: the driver is missing; ./touchstone bench gpu --cpu measures the processor alone",
                ended.err().strip().lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void theProcessorAloneIsComparedWithTorchOnlyWhereAPythonIsNamed() throws IOException {
        javaSays(MACHINE + PRODUCT + CEILINGS);
        pythonSays("echo '{\"torch\":\"2.9\",\"device\":\"cpu\"}'\necho '{\"key\":\"p\",\"note\":\"no such thing\"}'");
        assertTrue(touchstone("bench", "gpu", "--cpu").out().contains("torch: not run; --python PROGRAM"));
        Ended ended = touchstone("bench", "gpu", "--cpu", "--python", "python3");
        assertTrue(ended.out().contains("torch: 2.9 on cpu\n"), ended.out());
        assertEquals("failed", cells(ended, "matrix product").get(8));
        assertTrue(ended.out().contains("torch: matrix product, 8: no such thing\n"), ended.out());
    }

    @Test
    void torchThatFailsLeavesItsColumnEmpty() throws IOException {
        javaSays(MACHINE + PRODUCT + CEILINGS);
        pythonSays("echo 'RuntimeError: no kernel image' >&2; exit 1");
        Ended ended = touchstone("bench", "gpu");
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().contains("torch: failed: RuntimeError: no kernel image\n"), ended.out());
        assertEquals("-", cells(ended, "matrix product").get(8));
    }

    @Test
    void aProgramThatDiesIsToldInOneSentence() throws IOException {
        Scratch.script(jdk.resolve("bin/java"), "#!/bin/sh\necho 'Error: no such class' >&2\nexit 3\n");
        Ended ended = touchstone("bench", "gpu");
        assertEquals(4, ended.exitCode());
        assertTrue(
                ended.err().contains("touchstone: the measuring program ended with code 3: Error: no such class"),
                ended.err());
        assertFalse(ended.err().contains("\tat "));
    }

    @Test
    void optionsAreChecked() {
        assertTrue(touchstone("bench", "gpu", "--minutes", "0").err().contains("--minutes must lie in [0.1, 600]"));
        assertEquals(2, touchstone("bench", "gpu", "--minutes", "NaN").exitCode());
        Ended ended = touchstone(
                "bench", "gpu", "--json", temp.resolve("no/such.json").toString());
        assertTrue(ended.err().contains("--json: there is no folder " + temp.resolve("no")), ended.err());
        assertTrue(touchstone("bench").out().contains("gpu"));
    }
}
