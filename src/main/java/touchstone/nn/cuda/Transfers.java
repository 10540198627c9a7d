package touchstone.nn.cuda;

import com.sun.jna.Pointer;

/**
 * Copies between the processor's memory and the card's, through two pinned buffers: while one is on its way, the other is filled or
 * emptied. A copy to the card returns when its last part is on its way, one from the card when all is there.
 */
final class Transfers {
    private static final int PART = 1 << 20; // numbers a buffer; 4 MB, at which a bus is at full speed
    private static final int BUFFERS = 2;

    private final Context context;
    private final Pointer[] buffers = new Pointer[BUFFERS];
    private final Stream.Event[] done = new Stream.Event[BUFFERS];
    private int next;

    Transfers(Context context) {
        this.context = context;
        for (int b = 0; b < BUFFERS; b++) {
            buffers[b] = context.driver().handle("cuMemHostAlloc", (long) PART * Float.BYTES, 0);
            done[b] = new Stream.Event(context.driver());
        }
    }

    private int turn() {
        next = (next + 1) % BUFFERS;
        return next;
    }

    private static int length(int n, int from) {
        return Math.min(PART, n - from);
    }

    synchronized void toCard(float[] numbers, long address) {
        context.enter();
        for (int from = 0; from < numbers.length; from += PART) {
            int b = turn();
            done[b].await();
            buffers[b].write(0, numbers, from, length(numbers.length, from));
            send(b, address + (long) from * Float.BYTES, length(numbers.length, from));
        }
    }

    synchronized void toCard(int[] numbers, long address) {
        context.enter();
        for (int from = 0; from < numbers.length; from += PART) {
            int b = turn();
            done[b].await();
            buffers[b].write(0, numbers, from, length(numbers.length, from));
            send(b, address + (long) from * Integer.BYTES, length(numbers.length, from));
        }
    }

    private void send(int b, long address, int words) {
        long bytes = (long) words * Float.BYTES;
        context.driver()
                .call(
                        "cuMemcpyHtoDAsync_v2",
                        address,
                        buffers[b],
                        bytes,
                        context.stream().handle());
        done[b].record(context.stream());
    }

    private void fetch(int b, long address, int words) {
        done[b].await(); // a copy to the card may still be reading it
        long bytes = (long) words * Float.BYTES;
        context.driver()
                .call(
                        "cuMemcpyDtoHAsync_v2",
                        buffers[b],
                        address,
                        bytes,
                        context.stream().handle());
        done[b].record(context.stream());
    }

    synchronized void fromCard(long address, float[] numbers) {
        context.enter();
        int n = numbers.length;
        if (n > 0) {
            fetch(0, address, length(n, 0));
        }
        for (int from = 0, b = 0; from < n; from += PART, b = 1 - b) {
            if (n - from > PART) {
                fetch(1 - b, address + (long) (from + PART) * Float.BYTES, length(n, from + PART));
            }
            done[b].await();
            buffers[b].read(0, numbers, from, length(n, from));
        }
    }

    /** A number in double. */
    synchronized double number(long address) {
        context.enter();
        fetch(0, address, Double.BYTES / Float.BYTES);
        done[0].await();
        return buffers[0].getDouble(0);
    }

    void close() {
        for (int b = 0; b < BUFFERS; b++) {
            done[b].close();
            context.driver().call("cuMemFreeHost", buffers[b]);
        }
    }
}
