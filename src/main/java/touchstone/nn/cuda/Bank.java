package touchstone.nn.cuda;

import java.lang.ref.Cleaner;
import java.util.Optional;

/**
 * Rows that are used again and again: on the card as a whole where they fit into a quarter of the memory that may be held and leave
 * half of it free, else brought there slab by slab at each use.
 */
final class Bank implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int SHARE = 4;

    /** How rows get to the card: {@code first} to {@code first + count - 1}, to an address. */
    @FunctionalInterface
    interface Source {
        void put(int first, int count, long address);
    }

    /** What is done with a slab of rows at an address. */
    @FunctionalInterface
    interface Slab {
        void with(int first, int count, long address);
    }

    private final Context context;
    private final Source source;
    private final int rows;
    private final long row;
    private final int height;
    private final long whole; // address of all rows, 0 where they are brought slab by slab
    private final Cleaner.Cleanable held;

    /**
     * Takes memory for all rows and brings them there, if there is room.
     *
     * @param rows 1 or more
     * @param row bytes of each
     * @param most rows of a slab
     */
    Bank(Context context, int rows, long row, int most, Source source) {
        this.context = context;
        this.source = source;
        this.rows = rows;
        this.row = row;
        height = context.fitting(SHARE, row, Math.min(rows, most));
        boolean fits = context.fitting(SHARE, row, rows) == rows;
        Optional<Scratch> all = fits ? whole(context, rows * row) : Optional.empty();
        whole = all.map(Scratch::address).orElse(0L);
        held = CLEANER.register(this, () -> all.ifPresent(Scratch::close));
        if (whole != 0) {
            source.put(0, rows, whole);
        }
    }

    /** Room for all; none where it would leave less than half free, which costs time alone: the slabs are the same. */
    private static Optional<Scratch> whole(Context context, long bytes) {
        DeviceMemory memory = context.memory();
        if (memory.used() + bytes > memory.limit() / 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(context.scratch(bytes));
        } catch (CudaException e) {
            if (e.code() == Driver.OUT_OF_MEMORY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Rows of a slab at most. */
    int height() {
        return height;
    }

    /** Goes over all slabs in order. */
    void each(Slab slab) {
        if (whole != 0) {
            for (int first = 0; first < rows; first += height) {
                slab.with(first, Math.min(height, rows - first), whole + first * row);
            }
            return;
        }
        try (Scratch room = context.scratch(height * row)) {
            for (int first = 0; first < rows; first += height) {
                int count = Math.min(height, rows - first);
                source.put(first, count, room.address());
                slab.with(first, count, room.address());
            }
        }
    }

    /** Gives the memory back at once. */
    @Override
    public void close() {
        held.clean();
    }
}
