package touchstone.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/** What the kernel says of itself. */
final class KernelInfo {
    private KernelInfo() {}

    /** The version in the jar's manifest, or {@code development} when run from classes. */
    static String version() {
        return Optional.ofNullable(KernelInfo.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static JsonObject reply() {
        JsonObject reply = Content.ok();
        reply.addProperty("protocol_version", Message.VERSION);
        reply.addProperty("implementation", "touchstone");
        reply.addProperty("implementation_version", version());
        var language = new JsonObject();
        language.addProperty("name", "java");
        language.addProperty("version", Runtime.version().toString());
        language.addProperty("mimetype", "text/x-java-source");
        language.addProperty("file_extension", ".jshell");
        language.addProperty("pygments_lexer", "java");
        language.addProperty("codemirror_mode", "text/x-java");
        language.addProperty("nbconvert_exporter", "script");
        reply.add("language_info", language);
        reply.addProperty(
                "banner", "Touchstone " + version() + ", Java " + Runtime.version() + ". %lsmagic lists the magics.");
        reply.addProperty("debugger", false);
        reply.add("help_links", new JsonArray());
        var features = new JsonArray();
        features.add("kernel subshells");
        reply.add("supported_features", features);
        return reply;
    }
}
