package touchstone.nn.cuda;

/** Rows between the processor's memory and a card, in double, or rounded to float on the way there. */
final class Panels {
    private Panels() {}

    /** What is done with a run of numbers of one row: of the row, from its column on, at a place of the buffer. */
    private interface Run {
        void move(int row, int column, long at, int count);
    }

    /** Cuts numbers {@code from} to {@code from + count - 1} of rows of length d, one behind the other, into runs. */
    private static void runs(long from, int count, int d, int width, Run run) {
        int row = (int) (from / d);
        int column = (int) (from % d);
        for (int done = 0; done < count; row++, column = 0) {
            int n = Math.min(d - column, count - done);
            run.move(row, column, (long) done * width, n);
            done += n;
        }
    }

    /** Copies rows {@code first} to {@code first + count - 1} to the card. */
    static void doubles(Context context, double[][] rows, int first, int count, long address) {
        int d = rows[0].length;
        context.transfers()
                .toCard(
                        address,
                        (long) count * d,
                        Double.BYTES,
                        (to, from, length) -> runs(
                                from,
                                length,
                                d,
                                Double.BYTES,
                                (row, column, at, n) -> to.write(at, rows[first + row], column, n)));
    }

    /** The same, rounded to float. */
    static void floats(Context context, double[][] rows, int first, int count, long address) {
        int d = rows[0].length;
        var line = new float[d];
        context.transfers().toCard(address, (long) count * d, Float.BYTES, (to, from, length) -> {
            runs(from, length, d, Float.BYTES, (row, column, at, n) -> {
                for (int j = 0; j < n; j++) {
                    line[j] = (float) rows[first + row][column + j];
                }
                to.write(at, line, 0, n);
            });
        });
    }

    /** Fetches [count, width] to rows {@code top} and columns {@code left} of a matrix and what follows. */
    static void fetch(Context context, long address, int count, int width, double[][] out, int top, int left) {
        context.transfers()
                .fromCard(
                        address,
                        (long) count * width,
                        Double.BYTES,
                        (in, from, length) -> runs(
                                from,
                                length,
                                width,
                                Double.BYTES,
                                (row, column, at, n) -> in.read(at, out[top + row], left + column, n)));
    }
}
