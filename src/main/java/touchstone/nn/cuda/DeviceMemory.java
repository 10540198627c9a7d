package touchstone.nn.cuda;

import com.sun.jna.ptr.LongByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of the card's memory, kept for use again by size class; whoever takes one gives it back. A block that is given back while
 * kernels still use it may be taken at once, for everything runs in one stream, in order.
 */
final class DeviceMemory {
    private static final long LEAST = 512; // bytes of the smallest class
    private static final int STEPS = 8; // classes from one power of two to the next
    private static final int WAITS = 10; // times that a full pool waits for the collector
    private static final long WAIT_NS = 20_000_000;

    private final Context context;
    private final long cap;
    private final TreeMap<Long, Deque<Block>> idle = new TreeMap<>();
    private final Set<Block> lent = new HashSet<>();
    private long held;
    private long used;
    private long returned;

    DeviceMemory(Context context, long cap) {
        this.context = context;
        this.cap = cap;
    }

    /** Bytes that may be held: the cap, or all that the card has. */
    long limit() {
        return Math.min(cap, context.device().memory());
    }

    /** A block of so many bytes or a few more; its content is whatever was left there. */
    record Block(long address, long bytes) {}

    /** Bytes a request is rounded up to: eighths between powers of two, so that at most an eighth is wasted. */
    static long sizeClass(long bytes) {
        if (bytes <= LEAST) {
            return LEAST;
        }
        long step = Math.max(LEAST, Long.highestOneBit(bytes - 1) / STEPS);
        return (bytes + step - 1) / step * step;
    }

    synchronized Block take(long bytes) {
        long size = sizeClass(bytes);
        Block block = reuse(size);
        for (int attempt = 0; block == null && attempt <= WAITS + 1; attempt++) {
            block = held + size <= cap ? allocate(size) : null;
            if (block == null) {
                makeRoom(attempt);
                block = reuse(size);
            }
        }
        if (block == null) {
            throw exhausted(bytes);
        }
        used += size;
        lent.add(block);
        return block;
    }

    private @Nullable Block reuse(long size) {
        Deque<Block> found = idle.get(size);
        return found == null ? null : found.pollLast();
    }

    private @Nullable Block allocate(long size) {
        var out = new LongByReference();
        int code = context.driver().attempt("cuMemAlloc_v2", out, size);
        if (code == Driver.OUT_OF_MEMORY) {
            return null;
        }
        if (code != 0) {
            throw context.driver().failure("cuMemAlloc", code);
        }
        held += size;
        return new Block(out.getValue(), size);
    }

    /** First the idle blocks of other sizes go back to the driver; then the collector is asked for tensors nobody holds. */
    private void makeRoom(int attempt) {
        if (attempt > 0) {
            if (attempt == 1) {
                System.gc();
            }
            pause();
        }
        trim();
    }

    /** Waits for a block to be given back, by a cleaner or another thread, for a while. */
    private void pause() {
        long before = returned;
        long end = System.nanoTime() + WAIT_NS;
        try {
            for (long left = WAIT_NS; returned == before && left > 0; left = end - System.nanoTime()) {
                wait(1 + left / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the idle blocks back to the driver. */
    synchronized void trim() {
        if (idle.isEmpty()) {
            return;
        }
        context.synchronize();
        for (Iterator<Deque<Block>> it = idle.values().iterator(); it.hasNext(); it.remove()) {
            for (Block block : it.next()) {
                context.driver().call("cuMemFree_v2", block.address);
                held -= block.bytes;
            }
        }
    }

    /** Calls nothing of the driver, so that a cleaner's thread may do it. */
    synchronized void giveBack(Block block) {
        if (!lent.remove(block)) {
            return; // the card's use has ended meanwhile
        }
        used -= block.bytes;
        returned++;
        idle.computeIfAbsent(block.bytes, size -> new ArrayDeque<>()).addLast(block);
        notifyAll();
    }

    /** Gives all blocks back to the driver, those in use too. */
    synchronized void close() {
        for (Block block : List.copyOf(lent)) {
            giveBack(block);
        }
        trim();
    }

    /** Bytes that the driver lent. */
    synchronized long held() {
        return held;
    }

    /** Bytes of them in use. */
    synchronized long used() {
        return used;
    }

    private CudaException exhausted(long asked) {
        long[] memory = context.freeAndTotal();
        String limit = cap == Long.MAX_VALUE ? "" : ", " + megabytes(cap) + " allowed by TOUCHSTONE_CUDA_MEMORY";
        return new CudaException(
                Driver.OUT_OF_MEMORY,
                "the card's memory is full: asked for " + megabytes(asked) + ", " + megabytes(used) + " in use here, "
                        + megabytes(memory[0]) + " free of " + megabytes(memory[1]) + limit
                        + "; use smaller batches or a smaller model, let go of tensors, or end other programs on the card");
    }

    /** Such as {@code 12.5 MB}, of 2^20 bytes; less than a tenth of that as bytes. */
    static String megabytes(long bytes) {
        double mega = bytes / (double) (1 << 20);
        return mega < 0.1 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", mega);
    }
}
