package touchstone.nn.cpu;

import java.util.stream.IntStream;

/**
 * Shares rows out to so many threads. Whoever calls it computes each row from the inputs alone, so that the bits do not depend
 * on the shares.
 *
 * @param count threads at most, 1 or more
 */
record Threads(int count) {
    private static final long LEAST = 200_000; // multiplications worth waking a thread for, some 20 microseconds

    /** What to do with rows [from, to). */
    interface Range {
        void run(int from, int to);
    }

    /** Runs the body over 0 .. n-1, in parts when the work, in multiplications, is worth it. */
    void share(int n, long work, Range body) {
        int parts = work < LEAST ? 1 : Math.min(count, n);
        if (parts <= 1) {
            body.run(0, n);
        } else {
            IntStream.range(0, parts)
                    .parallel()
                    .forEach(p -> body.run((int) ((long) n * p / parts), (int) ((long) n * (p + 1) / parts)));
        }
    }
}
