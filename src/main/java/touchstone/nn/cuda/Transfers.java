package touchstone.nn.cuda;

import com.sun.jna.Pointer;

/**
 * Copies between the processor's memory and the card's, through two pinned buffers: while one is on its way, the other is filled or
 * emptied. A copy to the card returns when its last part is on its way, one from the card when all is there.
 */
final class Transfers {
    private static final int PART = 4 << 20; // bytes a buffer, at which a bus is at full speed
    private static final int BUFFERS = 2;

    private final Context context;
    private final Pointer[] buffers = new Pointer[BUFFERS];
    private final Stream.Event[] done = new Stream.Event[BUFFERS];
    private int next;

    Transfers(Context context) {
        this.context = context;
        for (int b = 0; b < BUFFERS; b++) {
            buffers[b] = context.driver().handle("cuMemHostAlloc", (long) PART, 0);
            done[b] = new Stream.Event(context.driver());
        }
    }

    /** Fills or empties a pinned buffer. */
    @FunctionalInterface
    interface Part {
        /** Moves numbers {@code from} to {@code from + count - 1} of all. */
        void move(Pointer buffer, long from, int count);
    }

    /** Numbers of so many bytes to the card. */
    synchronized void toCard(long address, long numbers, int width, Part filler) {
        context.enter();
        int part = PART / width;
        for (long from = 0; from < numbers; from += part) {
            next = (next + 1) % BUFFERS;
            done[next].await();
            int count = (int) Math.min(part, numbers - from);
            filler.move(buffers[next], from, count);
            send(next, address + from * width, (long) count * width);
        }
    }

    /** Numbers of so many bytes from the card. */
    synchronized void fromCard(long address, long numbers, int width, Part emptier) {
        context.enter();
        int part = PART / width;
        if (numbers > 0) {
            fetch(0, address, Math.min(part, numbers) * width);
        }
        int b = 0;
        for (long from = 0; from < numbers; from += part, b = 1 - b) {
            long after = Math.min(part, numbers - from - part);
            if (after > 0) {
                fetch(1 - b, address + (from + part) * width, after * width);
            }
            done[b].await();
            emptier.move(buffers[b], from, (int) Math.min(part, numbers - from));
        }
    }

    private void send(int b, long address, long bytes) {
        context.driver()
                .call(
                        "cuMemcpyHtoDAsync_v2",
                        address,
                        buffers[b],
                        bytes,
                        context.stream().handle());
        done[b].record(context.stream());
    }

    private void fetch(int b, long address, long bytes) {
        done[b].await(); // a copy to the card may still be reading it
        context.driver()
                .call(
                        "cuMemcpyDtoHAsync_v2",
                        buffers[b],
                        address,
                        bytes,
                        context.stream().handle());
        done[b].record(context.stream());
    }

    void toCard(float[] numbers, long address) {
        toCard(address, numbers.length, Float.BYTES, (to, from, count) -> to.write(0, numbers, (int) from, count));
    }

    void toCard(int[] numbers, long address) {
        toCard(address, numbers.length, Integer.BYTES, (to, from, count) -> to.write(0, numbers, (int) from, count));
    }

    void toCard(double[] numbers, int count, long address) {
        toCard(address, count, Double.BYTES, (to, from, length) -> to.write(0, numbers, (int) from, length));
    }

    void fromCard(long address, float[] numbers) {
        fromCard(address, numbers.length, Float.BYTES, (at, from, count) -> at.read(0, numbers, (int) from, count));
    }

    void fromCard(long address, int[] numbers) {
        fromCard(address, numbers.length, Integer.BYTES, (at, from, count) -> at.read(0, numbers, (int) from, count));
    }

    void fromCard(long address, double[] numbers) {
        fromCard(address, numbers.length, Double.BYTES, (at, from, count) -> at.read(0, numbers, (int) from, count));
    }

    /** A number in double. */
    double number(long address) {
        var out = new double[1];
        fromCard(address, out);
        return out[0];
    }

    void close() {
        for (int b = 0; b < BUFFERS; b++) {
            done[b].close();
            context.driver().call("cuMemFreeHost", buffers[b]);
        }
    }
}
