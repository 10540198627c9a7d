package touchstone.kernel.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacTest {
    private static String sign(String key, byte[]... parts) {
        return new String(new Hmac(key).sign(parts), StandardCharsets.US_ASCII);
    }

    /** RFC 4231, test case 2. */
    @Test
    void signsAsTheStandardSays() {
        byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", sign("Jefe", data));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 36, 63, 64, 65, 200})
    void agreesWithTheJdkForKeysOfAnyLength(int length) throws Exception {
        String key = "k".repeat(length);
        var data = new byte[1000];
        new Random(length).nextBytes(data);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(data);
        String expected = HexFormat.of().formatHex(mac.doFinal(new byte[] {7}));
        var hmac = new Hmac(key);
        hmac.sign(new byte[] {1, 2, 3});
        assertEquals(expected, new String(hmac.sign(data, new byte[0], new byte[] {7}), StandardCharsets.US_ASCII));
    }
}
