package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Launches kernels on the emulator by the rule in their source: each on several grids and with threads in several orders, which
 * all must give the same bits and leave what is around the matrices alone.
 */
final class Device {
    private static final int[] GRIDS = {1, 3, 70};
    private static final int[] ORDERS = {0, 1, 17};
    private static final int NARROW = 1024; // columns up to which a team is a warp

    private Device() {}

    /**
     * A shape of a launch.
     *
     * @param order of the threads, as the emulator numbers them
     */
    private record Shape(int grid, int x, int y, int order) {}

    /** Runs a kernel on Cells, Integer or Long sizes and Float scalars. */
    static void launch(String kernel, Object... arguments) {
        KernelSource source = KernelSource.of(kernel);
        check(source, arguments);
        List<Cells> cells = Arrays.stream(arguments)
                .filter(a -> a instanceof Cells)
                .map(Cells.class::cast)
                .toList();
        List<byte[]> before = cells.stream().map(Cells::bytes).toList();
        var first = new ArrayList<byte[]>();
        for (Shape shape : shapes(source, arguments)) {
            restore(cells, before);
            assertEquals(0, run(kernel, shape, arguments), kernel + " on " + shape);
            cells.forEach(c -> c.checkGuards(kernel + " on " + shape));
            for (int i = 0; i < cells.size(); i++) {
                byte[] after = cells.get(i).bytes();
                if (!source.parameters().get(position(cells.get(i), arguments)).written() && alone(cells, i)) {
                    assertArrayEquals(before.get(i), after, kernel + " changed an input");
                }
                if (first.size() == i) {
                    first.add(after);
                } else {
                    assertArrayEquals(first.get(i), after, kernel + " gave other bits on " + shape);
                }
            }
        }
    }

    private static int position(Cells cells, Object[] arguments) {
        return IntStream.range(0, arguments.length)
                .filter(i -> arguments[i] == cells)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a matrix is given once: an input may be the output too. */
    private static boolean alone(List<Cells> cells, int i) {
        return cells.stream().filter(c -> c == cells.get(i)).count() == 1;
    }

    private static void restore(List<Cells> cells, List<byte[]> before) {
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).restore(before.get(i));
        }
    }

    private static void check(KernelSource source, Object[] arguments) {
        assertEquals(source.parameters().size(), arguments.length, "arguments of " + source.name());
        for (int i = 0; i < arguments.length; i++) {
            KernelSource.Parameter p = source.parameters().get(i);
            boolean fits = p.pointer()
                    ? arguments[i] instanceof Cells
                    : p.type().equals("float")
                            ? arguments[i] instanceof Float
                            : arguments[i] instanceof Integer || arguments[i] instanceof Long;
            assertEquals(true, fits, source.name() + ", " + p.name() + ": " + arguments[i]);
        }
    }

    private static List<Shape> shapes(KernelSource source, Object[] arguments) {
        String rule = source.launch();
        var out = new ArrayList<Shape>();
        for (int i = 0; i < GRIDS.length; i++) {
            int grid = GRIDS[i];
            int order = ORDERS[i];
            out.add(
                    switch (rule) {
                        case "grid-stride 1d" -> new Shape(grid, new int[] {32, 256, 96}[i], 1, order);
                        case "team per row" -> {
                            boolean narrow = columns(source, arguments) <= NARROW;
                            yield new Shape(grid, narrow ? 32 : 256, narrow ? 8 : 1, order);
                        }
                        case "block per tile, 32 x 8 threads" -> new Shape(grid, 32, 8, order);
                        case "one block, 256 threads" -> new Shape(1, 256, 1, order);
                        case "one block, 64 threads" -> new Shape(1, 64, 1, order);
                        case "block per row, 256 threads",
                                "block per image, 256 threads",
                                "block per part, 256 threads" -> new Shape(grid, 256, 1, order);
                        default -> throw new AssertionError(source.name() + " has an unknown launch rule: " + rule);
                    });
        }
        return out;
    }

    private static long columns(KernelSource source, Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (source.parameters().get(i).name().equals("columns")) {
                return ((Number) arguments[i]).longValue();
            }
        }
        throw new AssertionError(source.name() + " has no columns");
    }

    private static int run(String kernel, Shape shape, Object[] arguments) {
        try (Memory values = new Memory(8L * arguments.length);
                Memory places = new Memory((long) Native.POINTER_SIZE * arguments.length)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof Cells cells) {
                    values.setPointer(8L * i, cells.start());
                } else if (arguments[i] instanceof Float value) {
                    values.setFloat(8L * i, value);
                } else {
                    values.setLong(8L * i, ((Number) arguments[i]).longValue());
                }
                places.setPointer((long) Native.POINTER_SIZE * i, values.share(8L * i));
            }
            Emulator.calls().ts_emulator_order(shape.order);
            return Emulator.calls().ts_emulate(kernel, shape.grid, 1, 1, shape.x, shape.y, 1, 0, places);
        }
    }
}
