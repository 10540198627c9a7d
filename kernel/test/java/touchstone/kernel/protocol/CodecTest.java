package touchstone.kernel.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private final Codec codec = new Codec("secret-key");

    private static Message message() {
        var content = new JsonObject();
        content.addProperty("code", "String s = \"h\u00e9llo \u4e16 \ud83d\ude00 <&>\";");
        return Message.of("execute_request", content, new JsonObject(), "s1")
                .withIdentities(List.of(new byte[] {0, 1, 2}));
    }

    @Test
    void whatIsEncodedDecodesToTheSame() throws Exception {
        Message sent = message().withBuffers(List.of(new byte[] {9, 8}));
        Message received = codec.decode(codec.encode(sent));
        assertEquals(sent.header(), received.header());
        assertEquals(sent.content(), received.content());
        assertArrayEquals(new byte[] {0, 1, 2}, received.identities().get(0));
        assertArrayEquals(new byte[] {9, 8}, received.buffers().get(0));
    }

    @Test
    void signatureIsHmacSha256OfTheFourParts() {
        // printf '%s' '{}{}{}{}' | openssl dgst -sha256 -hmac key
        List<byte[]> frames = new Codec("key")
                .encode(new Message(
                        List.of(), new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject(), List.of()));
        assertEquals(
                "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3",
                new String(frames.get(1), StandardCharsets.US_ASCII));
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        List<byte[]> frames = new Codec("other").encode(message());
        var refused = assertThrows(BadMessageException.class, () -> codec.decode(frames));
        assertEquals("message with a wrong signature", refused.getMessage());
    }

    @Test
    void everyFlippedBitOfASignedPartIsRefused() {
        List<byte[]> frames = codec.encode(message());
        for (int part = 3; part <= 6; part++) {
            List<byte[]> tampered = new ArrayList<>(frames);
            byte[] bytes = frames.get(part).clone();
            bytes[bytes.length / 2] ^= 1;
            tampered.set(part, bytes);
            assertThrows(BadMessageException.class, () -> codec.decode(tampered));
        }
    }

    @Test
    void truncatedMessagesAreRefused() {
        List<byte[]> frames = codec.encode(message());
        for (int n = 0; n < frames.size(); n++) {
            List<byte[]> cut = frames.subList(0, n);
            assertThrows(BadMessageException.class, () -> codec.decode(cut));
        }
    }

    @Test
    void partsThatAreNoObjectsAreRefused() throws Exception {
        var unsigned = new Codec("");
        for (String bad : List.of("[1]", "3", "{", "\"x\"", "", "nul", "[".repeat(100_000))) {
            List<byte[]> frames = new ArrayList<>(unsigned.encode(message()));
            frames.set(6, bad.getBytes(StandardCharsets.UTF_8));
            assertThrows(BadMessageException.class, () -> unsigned.decode(frames), bad);
        }
        List<byte[]> frames = new ArrayList<>(unsigned.encode(message()));
        frames.set(6, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        var refused = assertThrows(BadMessageException.class, () -> unsigned.decode(frames));
        assertTrue(refused.getMessage().contains("content"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" and \\ back",
                "line\nbreak\r\ttab",
                "\u0000\u0001\u001f\u007f",
                "h\u00e9llo \u4e16\u754c \ud83d\ude00 \u2028",
                "{\"a\":[1]}"
            })
    void textsSurviveTheWay(String text) throws Exception {
        var content = new JsonObject();
        content.addProperty(text, text);
        var list = new JsonArray();
        list.add(text);
        list.add(1.5);
        list.add(true);
        list.add(JsonNull.INSTANCE);
        list.add(new JsonArray());
        list.add(new JsonObject());
        content.add("list", list);
        var codec = new Codec("key");
        Message back = codec.decode(codec.encode(Message.of("stream", content, new JsonObject(), "session")));
        assertEquals(content, back.content());
        // a second opinion on the text itself
        assertEquals(
                Codec.json(content),
                new String(JsonBytes.of(content), StandardCharsets.UTF_8).replace("\u2028", "\\u2028"));
    }
}
