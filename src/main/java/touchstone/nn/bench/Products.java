package touchstone.nn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/**
 * {@code C = A B} of square matrices of standard normal numbers.
 *
 * @param n rows and columns of each
 */
record Products(int n, Precision precision) implements Operation {
    private static final long CACHE = 128L << 20; // bytes, more than the caches of today's cards
    private static final int SETS = 16;
    private static final int SAMPLE = 128;
    private static final double TERA = 1e12;

    @Override
    public Label label() {
        double flops = 2.0 * n * n * n;
        return new Label(
                "product/" + precision.title() + "/" + n,
                "matrix product",
                n + " x " + n + " x " + n,
                precision,
                "TFLOP/s",
                flops / TERA,
                flops,
                3.0 * n * n * Float.BYTES);
    }

    @Override
    public double bound() {
        return precision.bound();
    }

    /**
     * By a random vector v: {@code C v} against {@code A (B v)} in float64; with v normal the ratio is that of the matrices. On the
     * processor the first rows of A do.
     */
    @Override
    public double error(Machine machine, long seed) {
        Backend backend = machine.backend(precision);
        int rows = machine instanceof CardMachine ? n : Math.min(n, SAMPLE);
        Tensor a = Inputs.normal(backend, rows, n, seed);
        Tensor b = Inputs.normal(backend, n, n, seed + 1);
        Tensor c = Inputs.poisoned(backend, rows, n);
        backend.ab(a, b, c);
        double[] v = Inputs.rows(1, n, seed + 2)[0];
        double apart = Inputs.apart(times(c, v), times(a, times(b, v)));
        machine.free(a, b, c);
        return apart;
    }

    private static double[] times(Tensor x, double[] v) {
        var row = new double[x.columns()];
        var out = new double[x.rows()];
        for (int i = 0; i < out.length; i++) {
            x.block(i, 1, 0, row.length).copyTo(row, 0);
            for (int j = 0; j < row.length; j++) {
                out[i] += row[j] * v[j];
            }
        }
        return out;
    }

    @Override
    public int rows() {
        return n;
    }

    /** Several sets of matrices take turns, where one set would stay in the cache. */
    @Override
    public Trial prepare(Machine machine, int rows, long seed) {
        Backend backend = machine.backend(precision);
        long bytes = 3L * n * n * Float.BYTES;
        int sets = (int) Math.max(1, Math.min(SETS, CACHE / bytes));
        List<Tensor> all = new ArrayList<>();
        for (int s = 0; s < sets; s++) {
            all.add(Inputs.normal(backend, rows, n, seed + 2L * s));
            all.add(Inputs.normal(backend, n, n, seed + 2L * s + 1));
            all.add(backend.zeros(rows, n));
        }
        return Trials.of(
                rows / (double) n,
                turn -> {
                    int at = 3 * (turn % sets);
                    backend.ab(all.get(at), all.get(at + 1), all.get(at + 2));
                },
                () -> machine.free(all.toArray(Tensor[]::new)));
    }

    @Override
    public Map<String, Object> peer() {
        return Map.of("kind", "product", "n", n, "precision", precision.title());
    }
}
