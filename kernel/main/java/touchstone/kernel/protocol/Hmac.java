package touchstone.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) as Jupyter signs with it, in lower-case hexadecimal. The JDK's {@code Mac} gives the same, but
 * its first use loads every security provider, a tenth of a kernel's start. Not thread-safe.
 */
final class Hmac {
    private static final int BLOCK = 64;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final MessageDigest digest;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];

    Hmac(String key) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
        byte[] secret = key.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(secret.length > BLOCK ? digest.digest(secret) : secret, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            inner[i] = (byte) (block[i] ^ 0x36);
            outer[i] = (byte) (block[i] ^ 0x5c);
        }
    }

    /** The signature of these parts, one after the other. */
    byte[] sign(byte[]... parts) {
        digest.update(inner);
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] first = digest.digest();
        digest.update(outer);
        byte[] code = digest.digest(first);
        var hex = new byte[code.length * 2];
        for (int i = 0; i < code.length; i++) {
            hex[2 * i] = (byte) HEX[(code[i] >> 4) & 15];
            hex[2 * i + 1] = (byte) HEX[code[i] & 15];
        }
        return hex;
    }
}
