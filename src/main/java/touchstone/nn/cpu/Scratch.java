package touchstone.nn.cpu;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Native memory for the length of one product. Each thread keeps a stack of such blocks, so that the next product of a like size
 * allocates nothing, and a product begun within another, as a thread of a pool may do while it waits, gets blocks of its own.
 */
final class Scratch implements AutoCloseable {
    private static final long KEPT = 32 << 20; // bytes; a larger block is freed at once
    private static final ThreadLocal<Stack> MINE = ThreadLocal.withInitial(Stack::new);

    private long capacity;
    private BytePointer bytes = new BytePointer();
    private FloatPointer floats = new FloatPointer();
    private DoublePointer doubles = new DoublePointer();

    private Scratch() {}

    /** A block of so many floats, of no certain content. */
    static Scratch floats(long count) {
        return MINE.get().next(count * Float.BYTES);
    }

    /** A block of so many doubles, of no certain content. */
    static Scratch doubles(long count) {
        return MINE.get().next(count * Double.BYTES);
    }

    FloatPointer floats() {
        return floats;
    }

    DoublePointer doubles() {
        return doubles;
    }

    @Override
    public void close() {
        MINE.get().depth--;
        if (capacity > KEPT) {
            bytes.close();
            capacity = 0;
        }
    }

    private void demand(long size) {
        if (size > capacity) {
            bytes.close();
            bytes = new BytePointer(size);
            floats = new FloatPointer(bytes);
            doubles = new DoublePointer(bytes);
            capacity = size;
        }
    }

    /** The blocks of one thread; those below {@code depth} are in use. */
    private static final class Stack {
        private final List<Scratch> blocks = new ArrayList<>();
        private int depth;

        Scratch next(long size) {
            if (depth == blocks.size()) {
                blocks.add(new Scratch());
            }
            Scratch block = blocks.get(depth);
            block.demand(Math.max(size, 1));
            depth++;
            return block;
        }
    }
}
