package touchstone.extension;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.linear.RealMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import touchstone.kernel.display.MimeBundle;

/** Arrays and matrices: shape, type and a few values, never all of many. */
final class Matrices {
    private static final int ROWS = 12;
    private static final int COLUMNS = 10;
    private static final String GAP = "…";

    private Matrices() {}

    static void render(INDArray array, MimeBundle bundle) {
        String shape = Arrays.toString(array.shape());
        String title = "INDArray " + array.dataType().name().toLowerCase(Locale.ROOT) + " " + shape;
        if (array.isEmpty() || array.isS()) {
            bundle.put(MimeBundle.TEXT, title);
        } else if (array.rank() == 2) {
            grid(title, array.rows(), array.columns(), (i, j) -> array.getDouble(i, j), bundle);
        } else {
            int most = ROWS * COLUMNS / 4;
            Elision values = Elision.of((int) Math.min(array.length(), Integer.MAX_VALUE), most);
            IntFunction<String> value = i -> number(array.getDouble((long) i));
            bundle.put(
                    MimeBundle.TEXT,
                    title + "\n" + values.map(value, GAP).stream().collect(Collectors.joining(", ")));
        }
    }

    static void render(RealMatrix matrix, MimeBundle bundle) {
        int rows = matrix.getRowDimension();
        int columns = matrix.getColumnDimension();
        String title = "RealMatrix [" + rows + ", " + columns + "]";
        grid(title, rows, columns, matrix::getEntry, bundle);
    }

    @FunctionalInterface
    private interface Entry {
        double at(int i, int j);
    }

    private static void grid(String title, int rows, int columns, Entry entry, MimeBundle bundle) {
        Elision down = Elision.of(rows, ROWS);
        Elision across = Elision.of(columns, COLUMNS);
        List<String> gap = across.map(j -> GAP, GAP);
        List<List<String>> cells = down.map(i -> across.map(j -> number(entry.at(i, j)), GAP), gap);
        bundle.put(MimeBundle.TEXT, title + "\n" + Html.text(List.of(), cells));
        bundle.put(MimeBundle.HTML, Html.note(title) + Html.table(List.of(), cells, true));
    }

    /** Five significant digits, plain where short. */
    static String number(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : String.valueOf(x);
        }
        double size = Math.abs(x);
        if (size < 1e-4 || size >= 1e7) {
            return String.format(Locale.ROOT, "%.4e", x);
        }
        return new BigDecimal(x).round(new MathContext(5)).stripTrailingZeros().toPlainString();
    }
}
