package touchstone.nn.cuda;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that tensors are blocks of: on the card, in the processor's memory, or in both. Whichever side lacks the newest numbers
 * gets all of them when it is next asked for, so that losses may read and write elements one by one between two kernels. Zeros cost
 * nothing until a side is asked for.
 */
final class Store {
    private static final Cleaner CLEANER = Cleaner.create();

    private static final float[] NONE = {};
    private static final int KEPT =
            1 << 20; // numbers up to which an old copy keeps its array: losses come back at each step

    private final Context context;
    private final int size;
    private float[] host = NONE;
    private long address;
    private volatile boolean onHost; // several threads may read at once
    private boolean onCard;
    private Cleaner.@Nullable Cleanable held;

    Store(Context context, int size) {
        this.context = context;
        this.size = size;
    }

    Context context() {
        return context;
    }

    /** The numbers to read; not to be changed. */
    float[] read() {
        return onHost ? host : fetch();
    }

    /** The numbers to change; the card's are old from here on. */
    float[] write() {
        float[] numbers = read();
        onCard = false;
        return numbers;
    }

    private synchronized float[] fetch() {
        if (host.length != size) {
            host = new float[size];
        }
        if (onCard) {
            context.transfers().fromCard(address, host);
        }
        onHost = true;
        return host;
    }

    /** Address on the card of the numbers to read. */
    synchronized long toRead() {
        if (!onCard) {
            allocate();
            if (onHost) {
                context.transfers().toCard(host, address);
            } else if (size > 0) {
                context.zero(address, size);
            }
            onCard = true;
        }
        return address;
    }

    /** Address on the card of numbers to change; the processor's are old from here on. */
    synchronized long toWrite() {
        toRead();
        onHost = false;
        if (size > KEPT) {
            host = NONE;
        }
        return address;
    }

    private void allocate() {
        if (held == null) {
            context.enter();
            DeviceMemory memory = context.memory();
            DeviceMemory.Block block = memory.take((long) size * Float.BYTES);
            held = CLEANER.register(this, () -> memory.giveBack(block));
            address = block.address();
        }
    }

    /** Gives the card's memory back at once, the numbers with it: zeros from here on. */
    synchronized void free() {
        if (held != null) {
            held.clean();
            held = null;
        }
        host = NONE;
        onHost = false;
        onCard = false;
    }
}
