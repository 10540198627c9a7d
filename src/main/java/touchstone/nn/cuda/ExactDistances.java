package touchstone.nn.cuda;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.nn.cuda.Kernels.Grid;

/** The k-th least of all squared distances of a query, taken in double on the card with the bits of the plain loop. */
final class ExactDistances {
    private static final int QUERIES = 256;
    private static final int ROWS = 1 << 13;

    private final Context context;
    private final double[][] rows;
    private final int k;
    private final int d;

    ExactDistances(Context context, double[][] rows, int k) {
        this.context = context;
        this.rows = rows;
        this.k = k;
        d = rows[0].length;
    }

    double[] kth(double[][] queries) {
        var out = new double[queries.length];
        long row = (long) d * Double.BYTES;
        try (Bank bank = new Bank(
                context,
                rows.length,
                row,
                ROWS,
                (first, count, at) -> Panels.doubles(context, rows, first, count, at))) {
            int high = context.fitting(8, Math.max(row, (long) bank.height() * Double.BYTES), QUERIES);
            for (int top = 0; top < queries.length; top += high) {
                tile(bank, queries, top, Math.min(high, queries.length - top), out);
            }
        }
        return out;
    }

    private void tile(Bank bank, double[][] queries, int top, int m, double[] out) {
        Least[] least = IntStream.range(0, m).mapToObj(i -> new Least(k)).toArray(Least[]::new);
        var distances = new double[m][bank.height()];
        try (Scratch x = context.scratch((long) m * d * Double.BYTES);
                Scratch found = context.scratch((long) m * bank.height() * Double.BYTES)) {
            Panels.doubles(context, queries, top, m, x.address());
            bank.each((first, count, address) -> {
                Grid grid = Grid.tiles(count, (m + 7L) / 8);
                Object[] arguments = {x.address(), address, found.address(), (long) m, (long) count, (long) d};
                context.kernels().launch("algebra", "ts_squared_distances", grid, arguments);
                Panels.fetch(context, found.address(), m, count, distances, 0, 0);
                IntStream.range(0, m).parallel().forEach(i -> least[i].add(distances[i], count));
            });
        }
        for (int i = 0; i < m; i++) {
            out[top + i] = least[i].last();
        }
    }

    /** The k least of what is added; NaN counts as infinity. */
    private static final class Least {
        private final int k;
        private final double[] values;
        private int size;
        private double bar = Double.POSITIVE_INFINITY;

        Least(int k) {
            this.k = k;
            values = new double[2 * k + 64];
        }

        void add(double[] numbers, int count) {
            for (int j = 0; j < count; j++) {
                if (numbers[j] < bar) {
                    if (size == values.length) {
                        cut();
                    }
                    values[size++] = numbers[j];
                }
            }
        }

        private void cut() {
            Arrays.sort(values, 0, size);
            size = Math.min(size, k);
            bar = values[k - 1];
        }

        double last() {
            Arrays.sort(values, 0, size);
            return size < k ? Double.POSITIVE_INFINITY : values[k - 1];
        }
    }
}
