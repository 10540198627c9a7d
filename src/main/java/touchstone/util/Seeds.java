package touchstone.util;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Independent streams of random numbers from one seed. A stream is named by what it is for (the label) and by the item
 * it serves (the index), never by a thread, so that one core and sixteen draw the same numbers.
 *
 * <p>The seed, the 64-bit FNV-1a hash of the label and the index are mixed with the finaliser of SplitMix64 into the 256
 * bits of state of an xoshiro256++ generator: two streams start at unrelated places of a cycle of 2^256 - 1.
 */
@Reference({"steele2014splitmix", "blackman2021scrambled"})
public final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** The generator of one item of one purpose. Equal arguments give equal streams on every machine. */
    public static RandomGenerator rng(long seed, String label, long index) {
        long a = mix(seed + GOLDEN);
        long b = mix(a ^ hash(label));
        long c = mix(b + GOLDEN * (index + 1));
        long c1 = c + GOLDEN;
        long c2 = c1 + GOLDEN;
        long c3 = c2 + GOLDEN;
        return new Xoshiro256(mix(c1), mix(c2), mix(c3), mix(b ^ mix(c3 + GOLDEN)));
    }

    /** The generator of a purpose that has no items: {@code rng(seed, label, 0)}. */
    public static RandomGenerator rng(long seed, String label) {
        return rng(seed, label, 0);
    }

    /** A random order of 0 .. n-1, by Fisher and Yates; [n]. */
    public static int[] permutation(int n, RandomGenerator rng) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = rng.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** A 64-bit hash of text (FNV-1a over UTF-8, finalised); the same in every release, unlike {@code hashCode}. */
    public static long hash(String text) {
        long h = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return mix(h);
    }

    /** The finaliser of SplitMix64 (variant 13 of Stafford): a bijection of 64 bits. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
