package touchstone.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Handwritten digits, 8 x 8 pixels of 0 (paper) to 16 (ink): the test part of UCI's optical digits, 1,797 rows, which ships
 * with the library. Datasheet: {@code datasets/digits.md}. Immutable; a selection shares nothing with its source.
 */
@Reference("alpaydin1998digits")
public final class Digits {
    /** Pixels a side of an image. */
    public static final int SIDE = 8;

    private static final int PIXELS = SIDE * SIDE;
    private final byte[][] rows;
    private final int[] labels;

    /**
     * Two parts of one set.
     *
     * @param train the larger part, as a rule
     * @param test the rest
     */
    public record Split(Digits train, Digits test) {}

    private Digits(byte[][] rows, int[] labels) {
        this.rows = rows;
        this.labels = labels;
    }

    /** All 1,797 digits, in the file's order. */
    public static Digits load() {
        var reader = new Reader();
        Resources.shipped("digits.csv.gz", reader);
        return reader.digits();
    }

    /** Reads a file of the same form: 64 pixels and a label a line, gzip when it ends in {@code .gz}. */
    public static Digits read(Path file) {
        var reader = new Reader();
        Resources.lines(file, reader);
        return reader.digits();
    }

    /** Number of images. */
    public int size() {
        return labels.length;
    }

    /** The pixels, [n, 64], double, 0 to 16, row by row from the top left; a new array at each call. */
    public INDArray pixels() {
        if (rows.length == 0) {
            return Nd4j.empty(DataType.DOUBLE);
        }
        return Nd4j.createFromArray(matrix());
    }

    /** The pixels as plain arrays, [n, 64]; 0 to 16. */
    public double[][] matrix() {
        return Arrays.stream(rows).map(Digits::widen).toArray(double[][]::new);
    }

    /** The digits' values, [n]; 0 to 9. */
    public int[] labels() {
        return labels.clone();
    }

    /** One image, [8, 8]; 0 to 16. */
    public double[][] image(int i) {
        Check.index(i, size(), "image");
        double[] pixels = widen(rows[i]);
        return IntStream.range(0, SIDE)
                .mapToObj(y -> Arrays.copyOfRange(pixels, y * SIDE, (y + 1) * SIDE))
                .toArray(double[][]::new);
    }

    /** The rows at the given places, in that order. */
    public Digits select(int... index) {
        var picked = new byte[index.length][];
        var values = new int[index.length];
        for (int i = 0; i < index.length; i++) {
            Check.index(index[i], size(), "index[" + i + "]");
            picked[i] = rows[index[i]].clone();
            values[i] = labels[index[i]];
        }
        return new Digits(picked, values);
    }

    /** The rows of the given digits. */
    public Digits only(int... digits) {
        check(digits);
        return where(label -> IntStream.of(digits).anyMatch(d -> d == label));
    }

    /** The rows of all but the given digits. */
    public Digits without(int... digits) {
        check(digits);
        return where(label -> IntStream.of(digits).noneMatch(d -> d == label));
    }

    /**
     * A random split, class by class, so that both parts hold every digit in the same shares.
     *
     * @param fraction share of each digit that goes to the training part, in (0, 1); rounded to whole rows
     * @param seed seed of the draw; both parts keep the file's order
     */
    public Split split(double fraction, long seed) {
        Check.insideUnit(fraction, "fraction");
        var train = new ArrayList<Integer>();
        var test = new ArrayList<Integer>();
        for (int digit = 0; digit <= 9; digit++) {
            int value = digit;
            int[] members =
                    IntStream.range(0, size()).filter(i -> labels[i] == value).toArray();
            RandomGenerator rng = Seeds.rng(seed, "digits split", digit);
            int[] order = Seeds.permutation(members.length, rng);
            long cut = Math.round(fraction * members.length);
            for (int i = 0; i < order.length; i++) {
                (i < cut ? train : test).add(members[order[i]]);
            }
        }
        return new Split(sortedSelection(train), sortedSelection(test));
    }

    /** The set as a table: {@code digit}, then {@code p00} to {@code p63}. */
    public Table table() {
        Table table = Table.create("digits", IntColumn.create("digit", labels));
        for (int p = 0; p < PIXELS; p++) {
            var column = new int[size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = rows[i][p];
            }
            table.addColumns(IntColumn.create(p < 10 ? "p0" + p : "p" + p, column));
        }
        return table;
    }

    @Override
    public String toString() {
        return "Digits[" + size() + " images of " + SIDE + " x " + SIDE + "]";
    }

    private Digits where(IntPredicate keep) {
        return select(
                IntStream.range(0, size()).filter(i -> keep.test(labels[i])).toArray());
    }

    private Digits sortedSelection(List<Integer> index) {
        return select(index.stream().mapToInt(i -> i).sorted().toArray());
    }

    private static void check(int[] digits) {
        Check.nonEmpty(digits.length, "digits");
        for (int d : digits) {
            Check.index(d, 10, "a digit");
        }
    }

    private static double[] widen(byte[] row) {
        var wide = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            wide[i] = row[i];
        }
        return wide;
    }

    /** Takes in the file's lines. */
    private static final class Reader implements Resources.LineReader {
        private final List<byte[]> rows = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        @Override
        public void read(String line, int number) throws Resources.BadLineException {
            String[] parts = line.split(",", -1);
            if (parts.length != PIXELS + 1) {
                throw Resources.bad(number, "needs 64 pixels and a digit, has " + parts.length + " columns");
            }
            var row = new byte[PIXELS];
            for (int i = 0; i < PIXELS; i++) {
                row[i] = (byte) whole(parts[i], 16, number, i + 1);
            }
            rows.add(row);
            labels.add(whole(parts[PIXELS], 9, number, PIXELS + 1));
        }

        private static int whole(String text, int most, int line, int column) throws Resources.BadLineException {
            if (!text.matches("\\d{1,2}") || Integer.parseInt(text) > most) {
                String demand = "must be a whole number from 0 to " + most;
                throw Resources.bad(line, "column " + column + " " + demand + ", was '" + text + "'");
            }
            return Integer.parseInt(text);
        }

        Digits digits() {
            return new Digits(
                    rows.toArray(byte[][]::new),
                    labels.stream().mapToInt(i -> i).toArray());
        }
    }
}
