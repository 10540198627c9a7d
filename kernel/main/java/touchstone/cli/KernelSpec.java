package touchstone.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One kernelspec of Touchstone's in a Jupyter data folder. A kernelspec is ours when its metadata holds
 * {@code touchstone}; nothing else is ever replaced or removed without being asked for.
 *
 * @param data the Jupyter data folder, such as {@code ~/.local/share/jupyter}
 * @param name the kernel's name, such as {@code java}
 */
record KernelSpec(Path data, String name) {
    enum State {
        ABSENT,
        CURRENT,
        STALE,
        FOREIGN
    }

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    Path folder() {
        return data.resolve("kernels").resolve(name);
    }

    private Path json() {
        return folder().resolve("kernel.json");
    }

    /** Whether it is there, is ours, and says what {@code wanted} says. */
    State state(JsonObject wanted) {
        if (!Files.exists(folder())) {
            return State.ABSENT;
        }
        Optional<JsonObject> found = read();
        if (found.isEmpty() || !isOurs(found.get())) {
            return State.FOREIGN;
        }
        return found.get().equals(wanted) ? State.CURRENT : State.STALE;
    }

    /** Whose it is, for a message: the display name and the program it starts. */
    String owner() {
        Optional<JsonObject> found = read();
        if (found.isEmpty()) {
            return "an unreadable kernel.json";
        }
        JsonElement display = found.get().get("display_name");
        String title = display == null ? "no display name" : display.getAsString();
        return "\"" + title + "\" (" + program().orElse("no program") + ")";
    }

    /** The first word of its command. */
    Optional<String> program() {
        return read().map(spec -> spec.get("argv"))
                .filter(argv -> argv instanceof JsonArray array && !array.isEmpty())
                .map(argv -> argv.getAsJsonArray().get(0).getAsString());
    }

    /** Writes the whole folder beside its place, then moves it there: it is never half-written. */
    void write(JsonObject spec, Distribution distribution) throws IOException {
        Files.createDirectories(folder().getParent());
        Path fresh = Files.createTempDirectory(data, "touchstone-");
        try {
            for (String logo : new String[] {"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"}) {
                Files.copy(distribution.kernelspec().resolve(logo), fresh.resolve(logo));
            }
            Files.writeString(fresh.resolve("kernel.json"), GSON.toJson(spec) + "\n");
            Folders.makeReadable(fresh);
            Folders.replace(folder(), fresh);
        } finally {
            Folders.delete(fresh);
        }
    }

    /** Moves what is there out of Jupyter's sight and returns where it is now. */
    Path setAside() throws IOException {
        Path kept = Files.createTempDirectory(Files.createDirectories(data.resolve("replaced-kernels")), "touchstone-")
                .resolve(name);
        return Files.move(folder(), kept);
    }

    /** Removes it; it vanishes from Jupyter in one step. */
    void remove() throws IOException {
        Path gone = Files.createTempDirectory(data, "touchstone-");
        Files.move(folder(), gone.resolve(name));
        Folders.delete(gone);
    }

    /** What kernel.json shall say for a distribution and a JDK: absolute paths, one JVM. */
    static JsonObject wanted(Distribution distribution, Path javaHome) {
        JsonObject spec;
        try {
            spec = JsonParser.parseString(
                            Files.readString(distribution.kernelspec().resolve("kernel.json")))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw UserError.environment("the distribution in " + distribution.home()
                    + " lacks kernelspec/kernel.json; build again with ./mvnw -Dquick package");
        }
        spec.getAsJsonArray("argv")
                .set(
                        0,
                        JsonParser.parseString(
                                GSON.toJson(distribution.kernelCommand().toString())));
        spec.getAsJsonObject("env").addProperty("TOUCHSTONE_JAVA_HOME", javaHome.toString());
        spec.getAsJsonObject("metadata").getAsJsonObject("touchstone").addProperty("version", Main.version());
        return spec;
    }

    private Optional<JsonObject> read() {
        try {
            return Optional.of(JsonParser.parseString(Files.readString(json())).getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(JsonObject spec) {
        return spec.get("metadata") instanceof JsonObject metadata && metadata.has("touchstone");
    }
}
