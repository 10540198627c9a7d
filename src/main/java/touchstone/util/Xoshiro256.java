package touchstone.util;

import java.util.random.RandomGenerator;

/** The generator xoshiro256++ of Blackman and Vigna: 256 bits of state, period 2^256 - 1. Not safe for sharing. */
@Reference("blackman2021scrambled")
final class Xoshiro256 implements RandomGenerator {
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** The state must not be all zero. */
    Xoshiro256(long s0, long s1, long s2, long s3) {
        if ((s0 | s1 | s2 | s3) == 0) {
            throw new IllegalArgumentException("the state must hold a bit that is not 0, all 256 were 0");
        }
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    /** A generator that goes on from a state. */
    static Xoshiro256 at(long[] state) {
        Check.sameLength(state.length, "state", 4, "xoshiro256++");
        return new Xoshiro256(state[0], state[1], state[2], state[3]);
    }

    /** The state, [4]. */
    long[] state() {
        return new long[] {s0, s1, s2, s3};
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }
}
