package touchstone.kernel;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An endless row of messages that no sound client sends, made from requests that one does. The same seed gives the
 * same row but for the ids. None of them is a rightly signed request to end the kernel.
 */
final class Mutations {
    enum Channel {
        SHELL,
        CONTROL,
        STDIN
    }

    record Shot(Channel channel, List<byte[]> frames) {}

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> UNKNOWN_TYPES = List.of(
            "", "x", "no_such_request", "execute_reply", "\u0000", "_request", "SHUTDOWN_REQUEST", "kernel info");

    private final RandomGenerator random;
    private final SampleRequests requests;
    private final Mac mac;
    private Shot last = new Shot(Channel.SHELL, List.of(new byte[0]));

    Mutations(RandomGenerator random, String key) throws GeneralSecurityException {
        this.random = random;
        requests = new SampleRequests(random);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    Shot next() {
        int dice = random.nextInt(1000);
        if (dice < 30) {
            return last; // a replay
        }
        Channel channel = channel();
        List<byte[]> frames;
        if (dice < 230) {
            frames = flipped(signed(parts(requests.any(channel))));
        } else if (dice < 330) {
            frames = signed(flipped(parts(requests.harmless(channel))));
        } else if (dice < 450) {
            frames = cut(signed(parts(requests.harmless(channel))));
        } else if (dice < 750) {
            frames = signed(illTyped(parts(requests.harmless(channel))));
        } else if (dice < 880) {
            frames = signed(replacedPart(parts(requests.harmless(channel))));
        } else if (dice < 940) {
            frames = forged(parts(requests.any(channel)));
        } else if (dice < 990) {
            frames = signed(parts(new SampleRequests.Sample(unknownType(), new JsonObject())));
        } else if (dice < 991) {
            frames = oversized(parts(requests.harmless(channel)));
        } else {
            frames = addressed(signed(parts(requests.harmless(channel))));
        }
        last = new Shot(channel, frames);
        return last;
    }

    private Channel channel() {
        int dice = random.nextInt(10);
        return dice < 6 ? Channel.SHELL : dice < 8 ? Channel.CONTROL : Channel.STDIN;
    }

    /** Header, parent, metadata and content of a sound request. */
    private List<byte[]> parts(SampleRequests.Sample sample) {
        String header = "{\"msg_id\":\"" + UUID.randomUUID() + "\",\"msg_type\":\""
                + sample.type().replace("\u0000", "\\u0000")
                + "\",\"session\":\"fuzz\",\"username\":\"u\",\"date\":\"2026-01-01T00:00:00Z\",\"version\":\"5.5\"}";
        return List.of(
                utf8(header), utf8("{}"), utf8("{}"), utf8(sample.content().toString()));
    }

    private List<byte[]> signed(List<byte[]> parts) {
        return framed(HexFormat.of().formatHex(digest(parts)), parts);
    }

    /** Signed with nothing, with another key's digest, or with a part of the right one. */
    private List<byte[]> forged(List<byte[]> parts) {
        String right = HexFormat.of().formatHex(digest(parts));
        return framed(
                switch (random.nextInt(5)) {
                    case 0 -> "";
                    case 1 -> "0".repeat(64);
                    case 2 -> right.substring(0, 63);
                    case 3 -> right + "00";
                    default -> right.toUpperCase(java.util.Locale.ROOT) + " ";
                },
                parts);
    }

    private byte[] digest(List<byte[]> parts) {
        parts.forEach(mac::update);
        return mac.doFinal();
    }

    private static List<byte[]> framed(String signature, List<byte[]> parts) {
        var frames = new ArrayList<byte[]>();
        frames.add(DELIMITER);
        frames.add(utf8(signature));
        frames.addAll(parts);
        return frames;
    }

    /** One to eight bits of one frame turned over, or that frame cut short. */
    private List<byte[]> flipped(List<byte[]> frames) {
        var result = new ArrayList<>(frames);
        int at = random.nextInt(frames.size());
        byte[] frame = frames.get(at).clone();
        if (frame.length == 0 || random.nextInt(8) == 0) {
            frame = Arrays.copyOf(frame, frame.length == 0 ? 1 : random.nextInt(frame.length));
        } else {
            int first = random.nextInt(frame.length * 8);
            for (int i = random.nextInt(8); i >= 0; i--) { // eight bits in a row at most, so that none turns back
                int bit = (first + i) % (frame.length * 8);
                frame[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
        result.set(at, frame);
        return result;
    }

    /** Frames left out, doubled, emptied, added or in another order. */
    private List<byte[]> cut(List<byte[]> frames) {
        var result = new ArrayList<>(frames);
        int at = random.nextInt(result.size());
        switch (random.nextInt(6)) {
            case 0 -> result.subList(at, result.size()).clear();
            case 1 -> result.remove(at);
            case 2 -> result.add(at, result.get(at));
            case 3 -> result.set(at, new byte[0]);
            case 4 -> {
                for (int i = random.nextInt(200); i >= 0; i--) {
                    result.add(bytes(random.nextInt(20)));
                }
            }
            default -> java.util.Collections.swap(result, at, random.nextInt(result.size()));
        }
        if (result.isEmpty()) {
            result.add(new byte[0]);
        }
        return result;
    }

    /** A field of header or content that is of another type, far too large, or broken text. */
    private List<byte[]> illTyped(List<byte[]> parts) {
        var result = new ArrayList<>(parts);
        int at = random.nextInt(4) == 0 ? 0 : 3;
        result.set(at, requests.withBadField(parts.get(at)));
        return result;
    }

    private List<byte[]> replacedPart(List<byte[]> parts) {
        var result = new ArrayList<>(parts);
        result.set(random.nextInt(4), random.nextInt(3) == 0 ? bytes(random.nextInt(100)) : utf8(requests.badValue()));
        return result;
    }

    private List<byte[]> oversized(List<byte[]> parts) {
        var frames = new ArrayList<>(random.nextBoolean() ? signed(parts) : parts);
        byte[] large = new byte[(1 + random.nextInt(8)) << 20];
        Arrays.fill(large, (byte) "x[{\u0000".charAt(random.nextInt(4)));
        frames.set(random.nextInt(frames.size()), large);
        return frames;
    }

    /** With identities of its own before the delimiter. */
    private List<byte[]> addressed(List<byte[]> frames) {
        var result = new ArrayList<byte[]>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            result.add(bytes(random.nextInt(300)));
        }
        result.addAll(frames);
        return result;
    }

    private String unknownType() {
        return random.nextInt(20) == 0
                ? "y".repeat(random.nextInt(100_000))
                : UNKNOWN_TYPES.get(random.nextInt(UNKNOWN_TYPES.size()));
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
