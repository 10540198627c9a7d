package touchstone.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/** The main shell and the subshells beside it (JEP 91): each runs its cells on a thread of its own, all see the same variables. */
final class Subshells {
    private static final int MOST = 64;

    private final Executions main;
    private final Supplier<Executions> factory;
    private final Map<String, Executions> byId = new ConcurrentHashMap<>();

    Subshells(Executions main, Supplier<Executions> factory) {
        this.main = main;
        this.factory = factory;
    }

    /** The shell that a message names in its header; null for one that does not exist. */
    @Nullable
    Executions of(Message message) {
        JsonElement id = message.header().get("subshell_id");
        if (id == null || id.isJsonNull()) {
            return main;
        }
        return id.isJsonPrimitive() ? byId.get(id.getAsString()) : null;
    }

    /** Starts a subshell; called on the control channel's thread alone. */
    JsonObject create(JsonObject request) {
        if (byId.size() >= MOST) {
            throw new IllegalArgumentException(
                    "there are " + MOST + " subshells, which is the most; delete one with delete_subshell_request");
        }
        String id = UUID.randomUUID().toString();
        Executions shell = factory.get();
        shell.start();
        byId.put(id, shell);
        JsonObject reply = Content.ok();
        reply.addProperty("subshell_id", id);
        return reply;
    }

    JsonObject delete(JsonObject request) {
        String id = Content.text(request, "subshell_id");
        Executions shell = byId.remove(id);
        if (shell == null) {
            throw new IllegalArgumentException("there is no subshell " + id);
        }
        shell.stop();
        return Content.ok();
    }

    JsonObject list(JsonObject request) {
        var ids = new JsonArray();
        byId.keySet().forEach(ids::add);
        JsonObject reply = Content.ok();
        reply.add("subshell_id", ids);
        return reply;
    }
}
