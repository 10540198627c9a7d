package touchstone.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns messages into ZeroMQ frames and back: {@code identities..., <IDS|MSG>, signature, header, parent, metadata,
 * content, buffers...}. The signature is HMAC-SHA256 over the four JSON frames, in lower-case hex; an empty key means
 * an empty signature. Safe for use by many threads.
 */
public final class Codec {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private final ThreadLocal<Hmac> hmacs;
    private final boolean signed;

    public Codec(String key) {
        signed = !key.isEmpty();
        hmacs = ThreadLocal.withInitial(() -> new Hmac(key));
    }

    /** JSON text as it goes on the wire. */
    public static String json(JsonElement element) {
        return GSON.toJson(element);
    }

    /** The frames of a message, signed. */
    public List<byte[]> encode(Message message) {
        var frames = new ArrayList<byte[]>(message.identities().size() + 6);
        frames.addAll(message.identities());
        frames.add(DELIMITER);
        byte[] header = JsonBytes.of(message.header());
        byte[] parent = JsonBytes.of(message.parent());
        byte[] metadata = JsonBytes.of(message.metadata());
        byte[] content = JsonBytes.of(message.content());
        frames.add(sign(header, parent, metadata, content));
        frames.addAll(List.of(header, parent, metadata, content));
        frames.addAll(message.buffers());
        return frames;
    }

    /**
     * The message in these frames.
     *
     * @throws BadMessageException if the frames are too few, the signature is wrong, or a part is not a JSON object
     */
    public Message decode(List<byte[]> frames) throws BadMessageException {
        int delimiter = delimiter(frames);
        if (frames.size() < delimiter + 6) {
            throw new BadMessageException("message of " + frames.size() + " frames lacks the delimiter or a part");
        }
        byte[] header = frames.get(delimiter + 2);
        byte[] parent = frames.get(delimiter + 3);
        byte[] metadata = frames.get(delimiter + 4);
        byte[] content = frames.get(delimiter + 5);
        if (signed && !MessageDigest.isEqual(sign(header, parent, metadata, content), frames.get(delimiter + 1))) {
            throw new BadMessageException("message with a wrong signature");
        }
        var message = new Message(
                frames.subList(0, delimiter),
                object(header, "header"),
                object(parent, "parent_header"),
                object(metadata, "metadata"),
                object(content, "content"),
                frames.subList(delimiter + 6, frames.size()));
        requireText(message.header(), "msg_id");
        requireText(message.header(), "msg_type");
        return message;
    }

    /** The signature of frames that {@link #decode} takes; empty for an unsigned message. */
    static byte[] signature(List<byte[]> frames) {
        return frames.get(delimiter(frames) + 1);
    }

    private static int delimiter(List<byte[]> frames) {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        return delimiter;
    }

    private byte[] sign(byte[]... parts) {
        return signed ? hmacs.get().sign(parts) : new byte[0];
    }

    private static JsonObject object(byte[] frame, String part) throws BadMessageException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(frame))
                    .toString();
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
            throw new BadMessageException(part + " is no JSON object");
        } catch (CharacterCodingException | JsonParseException | StackOverflowError e) {
            throw new BadMessageException(part + " is no JSON in UTF-8", e);
        }
    }

    private static void requireText(JsonObject header, String name) throws BadMessageException {
        JsonElement value = header.get(name);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw new BadMessageException("header lacks a text " + name);
        }
    }
}
