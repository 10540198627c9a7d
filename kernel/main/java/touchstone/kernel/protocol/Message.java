package touchstone.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * One Jupyter message as it travels: routing identities, the four dictionaries and raw buffers.
 *
 * @param identities routing frames before the delimiter; for IOPub one frame, the topic
 * @param header msg_id, msg_type, username, session, date, version
 * @param parent header of the request that this message answers; empty when there is none
 */
public record Message(
        List<byte[]> identities,
        JsonObject header,
        JsonObject parent,
        JsonObject metadata,
        JsonObject content,
        List<byte[]> buffers) {

    /** The protocol version spoken here. */
    public static final String VERSION = "5.5";

    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    /** A new message of {@code session} with a fresh id and the present time. */
    public static Message of(String type, JsonObject content, JsonObject parent, String session) {
        return new Message(List.of(), header(type, session), parent, new JsonObject(), content, List.of());
    }

    /** A header with a fresh id and the present time (UTC, microseconds). */
    public static JsonObject header(String type, String session) {
        var header = new JsonObject();
        header.addProperty("msg_id", UUID.randomUUID().toString());
        header.addProperty("msg_type", type);
        header.addProperty("username", "kernel");
        header.addProperty("session", session);
        header.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        header.addProperty("version", VERSION);
        return header;
    }

    public Message withIdentities(List<byte[]> newIdentities) {
        return new Message(newIdentities, header, parent, metadata, content, buffers);
    }

    public Message withMetadata(JsonObject newMetadata) {
        return new Message(identities, header, parent, newMetadata, content, buffers);
    }

    public Message withBuffers(List<byte[]> newBuffers) {
        return new Message(identities, header, parent, metadata, content, newBuffers);
    }

    /** The message type, such as {@code execute_request}. */
    public String type() {
        return header.get("msg_type").getAsString();
    }

    /** This message's id. */
    public String id() {
        return header.get("msg_id").getAsString();
    }

    /** The id of the request this message answers, or the empty string. */
    public String parentId() {
        JsonElement id = parent.get("msg_id");
        return id == null || id.isJsonNull() ? "" : id.getAsString();
    }
}
