package touchstone.nn.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Our kernels: the PTX in the jar, compiled by the driver for its card when a theme is first used, and launched by name. */
final class Kernels {
    private static final int LOG = 8192; // bytes of the compiler's messages
    private static final int[] LOG_OPTIONS = {3, 4, 5, 6
    }; // CU_JIT_INFO_LOG_BUFFER, its size, CU_JIT_ERROR_LOG_BUFFER, its size
    private static final int MOST = 32; // arguments of a kernel
    private static final int WORD = 8;

    private static final ThreadLocal<Memory> ARGUMENTS = ThreadLocal.withInitial(Kernels::block);

    private final Context context;
    private final Map<String, Pointer> modules = new ConcurrentHashMap<>();
    private final Map<String, Pointer> functions = new ConcurrentHashMap<>();

    Kernels(Context context) {
        this.context = context;
    }

    /** Room for values and, behind them, their addresses, which never change. */
    private static Memory block() {
        var block = new Memory(2L * MOST * WORD);
        for (int i = 0; i < MOST; i++) {
            block.setPointer((long) (MOST + i) * WORD, block.share((long) i * WORD));
        }
        return block;
    }

    /**
     * Launches a kernel.
     *
     * @param theme the PTX file that it is in
     * @param arguments addresses and sizes as Long, scalars as Float, in the kernel's order
     */
    void launch(String theme, String name, Grid grid, Object... arguments) {
        if (grid.blocks() == 0) {
            return;
        }
        context.enter();
        Pointer function = functions.computeIfAbsent(name, n -> function(theme, n));
        Memory block = ARGUMENTS.get();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Float scalar) {
                block.setFloat((long) i * WORD, scalar);
            } else {
                block.setLong((long) i * WORD, (Long) arguments[i]);
            }
        }
        Driver driver = context.driver();
        Pointer addresses = block.share((long) MOST * WORD);
        Pointer stream = context.stream().handle();
        int code = driver.attempt(
                "cuLaunchKernel",
                function,
                grid.blocks(),
                1,
                1,
                grid.x(),
                grid.y(),
                1,
                0,
                stream,
                addresses,
                Pointer.NULL);
        if (code != 0) {
            throw driver.failure("cuLaunchKernel of " + name, code);
        }
    }

    private Pointer function(String theme, String name) {
        Pointer module = modules.computeIfAbsent(theme, t -> load(t, Ptx.text(t)));
        return context.driver().handle("cuModuleGetFunction", module, name);
    }

    private Pointer load(String theme, String ptx) {
        var out = new PointerByReference();
        try (var log = new Memory(LOG);
                var errors = new Memory(LOG);
                var options = new Memory((long) LOG_OPTIONS.length * Integer.BYTES);
                var values = new Memory((long) LOG_OPTIONS.length * WORD);
                var image = new Memory(ptx.length() + 1L)) {
            log.clear();
            errors.clear();
            options.write(0, LOG_OPTIONS, 0, LOG_OPTIONS.length);
            values.setPointer(0, log);
            values.setLong(WORD, LOG);
            values.setPointer(2L * WORD, errors);
            values.setLong(3L * WORD, LOG);
            image.setString(0, ptx, "US-ASCII");
            int code = context.driver().attempt("cuModuleLoadDataEx", out, image, LOG_OPTIONS.length, options, values);
            if (code != 0) {
                throw context.driver()
                        .failure(
                                "cuModuleLoadDataEx of " + theme + ".ptx ["
                                        + errors.getString(0).strip() + "]",
                                code);
            }
        }
        return out.getValue();
    }

    void close() {
        modules.values().forEach(module -> context.driver().call("cuModuleUnload", module));
    }

    /**
     * Blocks, and the threads of each.
     *
     * @param blocks 0 where there is nothing to do
     */
    record Grid(int blocks, int x, int y) {
        private static final int THREADS = 256;
        private static final int WARP = 32;
        private static final int NARROW = 1024; // columns up to which a warp takes a row
        private static final long MOST = 1 << 16; // blocks; kernels walk on from there

        private static Grid of(long blocks, int x, int y) {
            return new Grid((int) Math.min(MOST, blocks), x, y);
        }

        /** A thread an element. */
        static Grid over(long n) {
            return of((n + THREADS - 1) / THREADS, THREADS, 1);
        }

        /** A warp a row where rows are short, else a block. */
        static Grid team(long rows, long columns) {
            int height = THREADS / WARP;
            return columns <= NARROW ? of((rows + height - 1) / height, WARP, height) : of(rows, THREADS, 1);
        }

        /** A block of 256 a piece. */
        static Grid blocks(long pieces) {
            return of(pieces, THREADS, 1);
        }

        /** A block for each tile of 32 columns of each part. */
        static Grid tiles(long columns, long parts) {
            return of((columns + WARP - 1) / WARP * parts, WARP, THREADS / WARP);
        }
    }
}
