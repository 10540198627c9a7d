package touchstone.kernel.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells a message that was sent before by its signature. Ids do not serve: a front end that has copied its session, as
 * jupyter_client's manager does, uses the same id for different messages. The last 32,768 messages are remembered, in some
 * 2 MB; an older one would be taken again. Thread-safe.
 */
final class Replays {
    private static final int REMEMBERED = 32_768;
    private static final int DIGITS = 16;

    private final Set<Long> seen = new LinkedHashSet<>();

    /** Notes a signature, in hexadecimal; whether it was seen before. An unsigned message never was. */
    synchronized boolean isReplay(byte[] signature) {
        if (signature.length < DIGITS) {
            return false;
        }
        String start = new String(signature, 0, DIGITS, StandardCharsets.US_ASCII);
        if (!seen.add(new BigInteger(start, 16).longValue())) {
            return true;
        }
        if (seen.size() > REMEMBERED) {
            var oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
        return false;
    }

    /** How many messages are remembered. */
    synchronized int size() {
        return seen.size();
    }
}
