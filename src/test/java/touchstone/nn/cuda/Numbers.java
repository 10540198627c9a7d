package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.util.Seeds;

/** Inputs and comparisons of the kernels' tests. */
final class Numbers {
    static final Backend CPU = Cpu.floats(1);
    static final Backend DOUBLES = Cpu.doubles(1);
    static final int GAP = 3; // cells between rows, where a matrix has a stride

    private Numbers() {}

    /** One, primes, a row longer than a warp takes, none, more rows than a side of a grid may have. */
    static Stream<int[]> shapes() {
        return Stream.of(new int[][] {{1, 1}, {1, 7}, {7, 1}, {13, 31}, {101, 67}, {3, 1031}, {0, 5}, {65_537, 2}});
    }

    /** The same without the many rows: a team of threads for each takes the emulator seconds. */
    static Stream<int[]> fewRows() {
        return shapes().filter(s -> s[0] < 65_537);
    }

    /** Normal numbers of the float backend. */
    static Tensor normal(int rows, int columns, String name) {
        RandomGenerator rng = Seeds.rng(11, name, rows);
        Tensor out = CPU.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.set(i, j, rng.nextGaussian());
            }
        }
        return out;
    }

    /** The same numbers in the double backend. */
    static Tensor doubles(Tensor x) {
        Tensor out = DOUBLES.zeros(x.rows(), x.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                out.set(i, j, x.get(i, j));
            }
        }
        return out;
    }

    /** Whole numbers in [0, size). */
    static Tensor ids(int rows, int columns, int size) {
        RandomGenerator rng = Seeds.rng(12, "ids");
        Tensor out = CPU.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out.set(i, j, rng.nextInt(size));
            }
        }
        return out;
    }

    /** Demands the very bits, any NaN for a NaN. */
    static void assertBits(Tensor expected, Cells found) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                float want = (float) expected.get(i, j);
                if (Float.floatToIntBits(want) != Float.floatToIntBits(found.get(i, j))) {
                    assertEquals(want, found.get(i, j), "element " + i + ", " + j);
                }
            }
        }
    }

    /** Demands numbers within {@code relative * |expected| + absolute}, and NaN or infinities where they are expected. */
    static void assertNear(Tensor expected, Cells found, double relative, double absolute) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double want = expected.get(i, j);
                double bound = Double.isFinite(want) ? relative * Math.abs(want) + absolute : 0;
                assertEquals(want, found.get(i, j), bound, "element " + i + ", " + j);
            }
        }
    }
}
