package touchstone.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The same operations by torch.
 *
 * @param python a program that imports torch
 * @param card whether torch runs on the card
 */
record TorchPeer(Host host, Path python, boolean card) {
    private static final int IMPORT_SECONDS = 120;
    private static final int GRACE = 60;

    /** The python that has torch, if any. */
    static Optional<TorchPeer> find(Host host, @Nullable String named, boolean card) {
        return program(host, named).filter(p -> imports(host, p, card)).map(p -> new TorchPeer(host, p, card));
    }

    private static Optional<Path> program(Host host, @Nullable String named) {
        if (named == null) {
            return Programs.find(host, "python3");
        }
        Path path = Path.of(named);
        return path.getNameCount() > 1 ? Optional.of(path).filter(Files::isExecutable) : Programs.find(host, named);
    }

    private static boolean imports(Host host, Path python, boolean card) {
        String test = "import torch, sys; sys.exit(0 if " + (card ? "torch.cuda.is_available()" : "True") + " else 3)";
        return Programs.run(host, List.of(python.toString(), "-c", test), Map.of(), IMPORT_SECONDS)
                .isFine();
    }

    /** Why torch is not there. */
    static String absent(Host host, @Nullable String named, boolean card) {
        String name = named == null ? "python3" : named;
        return program(host, named)
                .map(p -> p + " has no torch" + (card ? " that can use the card" : "")
                        + "; --python names another python")
                .orElse("there is no " + name + "; --python names one that has torch");
    }

    /** Runs all operations of a report; what torch is called comes first, then an answer for each key. */
    List<JsonObject> answers(BenchReport report, long seed, double seconds) throws IOException {
        Path folder = Files.createTempDirectory("touchstone-torch");
        Path script = folder.resolve("peer.py");
        Path plan = folder.resolve("plan.json");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        try {
            Files.write(script, script());
            Files.writeString(plan, plan(report, seed, seconds) + "\n");
            var builder = new ProcessBuilder(python.toString(), script.toString())
                    .redirectInput(plan.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(host.env());
            Process process = builder.start();
            if (!process.waitFor((long) seconds + GRACE, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return read(Files.readString(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            Folders.delete(folder);
        }
    }

    private JsonObject plan(BenchReport report, long seed, double seconds) {
        var rows = new JsonArray();
        for (JsonObject row : report.rows()) {
            if (row.getAsJsonObject("torch").has("kind")
                    && BenchReport.speed(row, report.ours()).isPresent()) {
                JsonObject wanted = row.getAsJsonObject("torch").deepCopy();
                wanted.add("key", row.get("key"));
                wanted.add("work", row.get("work"));
                rows.add(wanted);
            }
        }
        var plan = new JsonObject();
        plan.addProperty("device", card ? "cuda" : "cpu");
        plan.addProperty("seconds", seconds);
        plan.addProperty("seed", seed);
        plan.add("rows", rows);
        return plan;
    }

    private static List<JsonObject> read(String out, String err) {
        var answers = new ArrayList<JsonObject>();
        try {
            out.lines().forEach(line -> answers.add(JsonParser.parseString(line).getAsJsonObject()));
        } catch (JsonParseException | IllegalStateException e) {
            // the last line of a program that was stopped may be cut
        }
        if (answers.isEmpty()) {
            var failed = new JsonObject();
            failed.addProperty("absent", "failed: " + err.strip().lines().reduce("no message", (a, line) -> line));
            answers.add(failed);
        }
        return answers;
    }

    private static byte[] script() {
        try (InputStream in = TorchPeer.class.getResourceAsStream("bench/peer.py")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks touchstone/cli/bench/peer.py");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
